"""A told answer as a story, as HTML: its parts, what is missing, who acts, which figures it has."""

from html import escape

from core.domain.profile import Span
from core.domain.question import Kind, Question, Signal
from core.evaluation.star import StarView, star_of
from ui.texts import counted

STORY_KINDS = frozenset({Kind.BEHAVIORAL, Kind.SITUATIONAL})
_PARTS = {
    Signal.SITUATION: ("Situation", "where and when it was"),
    Signal.TASK: ("Task", "what you had to achieve, and what was at stake"),
    Signal.ACTION: ("Action", "what you did, step by step"),
    Signal.RESULT: ("Result", "what came of it, with a number if there is one"),
}


def story_of(question: Question, answer: str) -> StarView | None:
    """The view of an answer to a question that asks for a story; None for any other."""
    if question.kind not in STORY_KINDS:
        return None
    return star_of(answer, is_imagined=question.kind is Kind.SITUATIONAL)


def story_title(view: StarView) -> str:
    """What is missing, in a few words."""
    names = [_PARTS[part][0].lower() for part in view.missing]
    return (
        f"As a story: no {' and no '.join(names)} found"
        if names
        else "As a story: every part is told"
    )


def story_html(answer: str, view: StarView) -> str:
    """The parts with their sentences, then the counts."""
    parts = "".join(_part_html(answer, part, spans) for part, spans in view.parts.items())
    numbers = ", ".join(escape(_words(answer, span)) for span in view.numbers)
    given = f"Numbers you give: {numbers}." if numbers else "You give no number."
    return (
        f'<dl class="story">{parts}</dl><p>You say “I” {_times(view.i_count)} and “we” '
        f"{_times(view.we_count)}. {given}</p>"
        '<p class="quiet">Told from how your sentences are put; a part in unusual words may be missed.</p>'
    )


def _part_html(answer: str, part: Signal, spans: tuple[Span, ...]) -> str:
    title, meaning = _PARTS[part]
    told = "<br>".join(escape(_words(answer, span)) for span in spans)
    sign = "✓" if spans else "○"
    missing = f'<span class="quiet">Not found. Say {meaning}.</span>'
    return f'<dt><span aria-hidden="true">{sign}</span> {title}</dt><dd>{told or missing}</dd>'


def _words(answer: str, span: Span) -> str:
    return answer[span.start : span.end]


def _times(count: int) -> str:
    return "once" if count == 1 else counted(count, "time") if count else "never"
