"""One judged answer on the page: the words it rests on, what was good, what to add, the levels."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.domain.coaching import shown_range
from core.domain.content import Content
from core.domain.delivery_score import delivery_told
from core.domain.evaluation import Coverage, Evaluation, Remark
from core.domain.interview import BUILT_IN, Attempt, EvaluationStatus, Turn
from ui import session
from ui.compared import best_html, changes_html, side_by_side_html
from ui.criteria import criteria_html, key_points_html
from ui.second_look import draw_first_judgement, second_look_html
from ui.self_rating import rating_html
from ui.story import story_html, story_of, story_title
from ui.texts import highlighted, mark_number, paragraph, plain

_BUILT_IN_JUDGES = (
    "The built-in interviewer compares your words with the key points of a good answer and looks at how "
    "it is told. It does not know whether a statement is true. The range says how far a person's "
    "judgement may lie from it."
)


def who_judges(evaluators: Sequence[str]) -> str:
    """How far these evaluators can be trusted, for people; each named as in `Evaluation.evaluator`."""
    models = [plain(name) for name in dict.fromkeys(evaluators) if name != BUILT_IN]
    said = [_BUILT_IN_JUDGES] if BUILT_IN in evaluators else []
    if models:
        said.append(
            f"Judged by {', '.join(models)}: every level rests on words that were found in your answer. A "
            "model can be wrong about facts, and its range is an assumption, not measured."
        )
    return " ".join(said)


def draw_feedback(content: Content, turn: Turn) -> None:
    """The newest attempt with its judgement, or why there is none; earlier attempts folded."""
    attempt = turn.latest
    if attempt is None:
        st.caption("Skipped." if turn.is_skipped else "Not answered.")
        return
    evaluation = attempt.evaluation
    said = highlighted(attempt.answer, evaluation.evidence if evaluation else ())
    if turn.question.is_scored and evaluation and evaluation.overall:
        _draw_evaluation(content, turn, attempt, evaluation, said)
    else:
        st.html(said)
        _draw_unjudged(turn, attempt)
    _draw_earlier(turn)
    if evaluation is not None and turn.question.is_scored:
        hint = "You used the hint. " if turn.is_hint_used else ""
        st.caption(hint + who_judges([evaluation.evaluator]))


def _draw_unjudged(turn: Turn, attempt: Attempt) -> None:
    if not turn.question.is_scored:
        st.caption("Not scored.")
    elif attempt.status is EvaluationStatus.PENDING:
        st.info("Not judged yet. The result appears here.", icon=":material/hourglass_top:")
    elif attempt.status is EvaluationStatus.FAILED:
        st.warning(attempt.failure, icon=":material/report:")
    else:
        feedback = attempt.evaluation.feedback if attempt.evaluation else ""
        st.info(feedback or "This answer has no score.", icon=":material/info:")


def _draw_evaluation(
    content: Content, turn: Turn, attempt: Attempt, evaluation: Evaluation, said: str
) -> None:
    """What was `said` with what is thought of it, in one element: each costs every run its share."""
    rubric = content.rubrics[turn.question.kind]
    st.html(
        said
        + _score_html(attempt)
        + _delivery_html(evaluation)
        + rating_html(attempt)
        + second_look_html(attempt)
        + (changes_html(turn.attempts[-2], attempt) if len(turn.attempts) > 1 else "")
        + best_html(turn)
        + _warnings_html(evaluation)
        + paragraph(evaluation.feedback, "answer-text")
        + _remarks_html("What was good", evaluation.strengths)
        + _remarks_html("What to add", evaluation.improvements)
        + criteria_html(rubric, content.advice, evaluation)
    )
    _draw_key_points(evaluation)
    _draw_story(turn, attempt)
    if evaluation.better_answer:
        with st.expander("Your answer, made fuller", icon=":material/edit_note:"):
            st.html(
                '<p class="quiet">Your own sentences. Fill the brackets in with facts of yours.</p>'
                + paragraph(evaluation.better_answer, "answer-text")
            )
    if turn.question.reference_answer:
        with st.expander("One way to answer it", icon=":material/menu_book:"):
            st.html(paragraph(turn.question.reference_answer, "answer-text"))
    draw_first_judgement(attempt)


def _score_html(attempt: Attempt) -> str:
    found = shown_range(attempt)
    if found is None or attempt.evaluation is None:
        return ""
    is_spread = found != attempt.evaluation.overall
    what = "two looks" if is_spread else "range"
    return (
        f'<div class="big-score" role="status">{found.score:.0f} <small>of 100, {what} '
        f"{found.low:.0f}–{found.high:.0f}</small></div>"
    )


def _delivery_html(evaluation: Evaluation) -> str:
    """What delivery did to the score, empty where it does not count."""
    told = delivery_told(evaluation)
    return f'<p class="quiet">{escape(told)}</p>' if told else ""


def _warnings_html(evaluation: Evaluation) -> str:
    """Sentences that are to be read before the judgement."""
    return "".join(f'<p role="note">{escape(sentence)}</p>' for sentence in evaluation.warnings)


def _remarks_html(title: str, remarks: tuple[Remark, ...]) -> str:
    if not remarks:
        return ""
    items = "".join(f"<li>{escape(r.text)}{_mark(r.evidence_index)}</li>" for r in remarks)
    return f"<h2>{title}</h2><ul>{items}</ul>"


def _mark(index: int | None) -> str:
    """Names the mark in the answer that a remark is about."""
    return "" if index is None else f" {mark_number(index)}"


def _draw_key_points(evaluation: Evaluation) -> None:
    if not evaluation.key_points:
        return
    covered = sum(finding.coverage is Coverage.COVERED for finding in evaluation.key_points)
    with st.expander(
        f"Key points: {covered} of {len(evaluation.key_points)} covered",
        icon=":material/checklist:",
    ):
        st.html(key_points_html(evaluation))


def _draw_story(turn: Turn, attempt: Attempt) -> None:
    source = (turn.question.kind, attempt.answer)
    key = f"story_{turn.position}"
    view = session.made_once(key, source, lambda: story_of(turn.question, attempt.answer))
    if view is None:
        return
    with st.expander(story_title(view), icon=":material/auto_stories:"):
        st.html(story_html(attempt.answer, view))


def _draw_earlier(turn: Turn) -> None:
    """The attempt before beside the newest, and older ones by themselves."""
    if len(turn.attempts) < 2:
        return
    earlier, newest = turn.attempts[-2:]
    label = f"Attempts {earlier.number} and {newest.number} side by side"
    with st.expander(label, icon=":material/compare:"):
        st.html(side_by_side_html(earlier, newest))
    for attempt in turn.attempts[:-2]:
        score = f"{attempt.overall:.0f} of 100" if attempt.overall is not None else "no score"
        with st.expander(f"Attempt {attempt.number}: {score}", icon=":material/history:"):
            st.html(highlighted(attempt.answer, ()))
