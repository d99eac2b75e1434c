"""One judged answer on the page: the words it rests on, what was good, what to add, the levels."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.coaching import shown_range
from core.domain.content import Content
from core.domain.delivery_score import delivery_told
from core.domain.evaluation import Coverage, Evaluation, Remark
from core.domain.interviewer_choice import BUILT_IN
from core.domain.turn import Turn
from ui import session
from ui.compared import best_html, changes_html, side_by_side_html
from ui.criteria import criteria_html, key_points_html, rubrics_html
from ui.folding import Fold, folds_html
from ui.second_look import first_judgement, second_look_html
from ui.self_rating import rating_html
from ui.story import story_html, story_of, story_title
from ui.texts import highlighted, mark_number, paragraph

_BUILT_IN_JUDGES = (
    "The built-in interviewer compares your words with the key points of a good answer and looks at how "
    "it is told. It does not know whether a statement is true. The range says how far a person's "
    "judgement may lie from it."
)


def who_judges(evaluators: Sequence[str]) -> str:
    """How far these evaluators can be trusted, in plain text; each named as in `Evaluation.evaluator`."""
    models = [name for name in dict.fromkeys(evaluators) if name != BUILT_IN]
    said = [_BUILT_IN_JUDGES] if BUILT_IN in evaluators else []
    if models:
        said.append(
            f"Judged by {', '.join(models)}: every level rests on words that were found in your answer or, a "
            "low one, on a key point that it leaves out. A model can be wrong about facts, and its range is "
            "an assumption, not measured."
        )
    return " ".join(said)


def draw_feedback(content: Content, turn: Turn, *, with_rubric: bool = False) -> None:
    """The newest attempt with its judgement, or why there is none; what is long is folded.

    In as few elements as can be: each costs every run its share.
    """
    attempt = turn.latest
    if attempt is None:
        st.caption("Skipped." if turn.is_skipped else "Not answered.")
        return
    evaluation = attempt.evaluation
    shown = '<h2 class="spoken">Your answer</h2>'
    shown += highlighted(attempt.answer, evaluation.evidence if evaluation else ())
    if turn.question.is_scored and evaluation and evaluation.overall:
        shown += _evaluation_html(content, turn, attempt, evaluation)
        folds = _judgement_folds(turn, attempt, evaluation)
    else:
        st.html(shown)
        _draw_unjudged(turn, attempt)
        shown, folds = "", []
    folds += _attempt_folds(turn)
    if with_rubric:
        rubric = content.rubrics[turn.question.kind]
        folds.append(Fold("How answers are judged", rubrics_html([rubric])))
    shown += folds_html(folds) + _judges_html(turn, evaluation)
    if shown:
        st.html(shown)


def _judges_html(turn: Turn, evaluation: Evaluation | None) -> str:
    if evaluation is None or not turn.question.is_scored:
        return ""
    hint = "You used the hint. " if turn.is_hint_used else ""
    return f'<p class="quiet">{hint}{escape(who_judges([evaluation.evaluator]))}</p>'


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


def _evaluation_html(content: Content, turn: Turn, attempt: Attempt, evaluation: Evaluation) -> str:
    """What is thought of the answer."""
    rubric = content.rubrics[turn.question.kind]
    return (
        _score_html(attempt)
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


def _judgement_folds(turn: Turn, attempt: Attempt, evaluation: Evaluation) -> list[Fold]:
    """What stands behind the judgement, and how the answer could have been."""
    folds = [_key_points(evaluation), _story(turn, attempt)]
    if evaluation.better_answer:
        told = "Your own sentences. Fill the brackets in with facts of yours."
        fuller = paragraph(evaluation.better_answer, "answer-text")
        folds.append(Fold("Your answer, made fuller", f'<p class="quiet">{told}</p>{fuller}'))
    if turn.question.reference_answer:
        answer = paragraph(turn.question.reference_answer, "answer-text")
        folds.append(Fold("One way to answer it", answer))
    return [fold for fold in (*folds, first_judgement(attempt)) if fold]


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


def _key_points(evaluation: Evaluation) -> Fold | None:
    if not evaluation.key_points:
        return None
    covered = sum(finding.coverage is Coverage.COVERED for finding in evaluation.key_points)
    title = f"Key points: {covered} of {len(evaluation.key_points)} covered"
    return Fold(title, key_points_html(evaluation))


def _story(turn: Turn, attempt: Attempt) -> Fold | None:
    source = (turn.question.kind, attempt.answer)
    key = f"story_{turn.position}"
    view = session.made_once(key, source, lambda: story_of(turn.question, attempt.answer))
    return Fold(story_title(view), story_html(attempt.answer, view)) if view else None


def _attempt_folds(turn: Turn) -> list[Fold]:
    """The attempt before beside the newest, and older ones by themselves."""
    if len(turn.attempts) < 2:
        return []
    earlier, newest = turn.attempts[-2:]
    title = f"Attempts {earlier.number} and {newest.number} side by side"
    return [
        Fold(title, side_by_side_html(earlier, newest)),
        *(_older_attempt(attempt) for attempt in turn.attempts[:-2]),
    ]


def _older_attempt(attempt: Attempt) -> Fold:
    score = f"{attempt.overall:.0f} of 100" if attempt.overall is not None else "no score"
    return Fold(f"Attempt {attempt.number}: {score}", highlighted(attempt.answer, ()))
