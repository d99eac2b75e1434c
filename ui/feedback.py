"""One judged answer on the page: the words it rests on, what was good, what to add, the levels."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.domain.content import Content
from core.domain.evaluation import Coverage, CriterionJudgement, Evaluation, KeyPointFinding, Remark
from core.domain.interview import BUILT_IN, Attempt, EvaluationStatus, Turn
from core.domain.rubric import HIGHEST_LEVEL, Rubric
from ui.texts import highlighted, level_rows, paragraph, plain

_BUILT_IN_JUDGES = (
    "The built-in interviewer compares your words with the key points of a good answer and looks at how "
    "it is told. It does not know whether a statement is true. The range says how far a person's "
    "judgement may lie from it."
)
_MARKS = {
    Coverage.COVERED: (":material/check_circle:", "made"),
    Coverage.PARTLY: (":material/contrast:", "partly made"),
    Coverage.MISSING: (":material/radio_button_unchecked:", "missing"),
}


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
    st.html(highlighted(attempt.answer, evaluation.evidence if evaluation else ()))
    if not turn.question.is_scored:
        st.caption("Not scored.")
    elif evaluation is None or evaluation.overall is None:
        _draw_unjudged(attempt)
    else:
        _draw_evaluation(content, turn, evaluation)
    _draw_earlier(turn)


def _draw_unjudged(attempt: Attempt) -> None:
    if attempt.status is EvaluationStatus.PENDING:
        st.info("Not judged yet. The result appears here.", icon=":material/hourglass_top:")
    elif attempt.status is EvaluationStatus.FAILED:
        st.warning(attempt.failure, icon=":material/report:")
    else:
        feedback = attempt.evaluation.feedback if attempt.evaluation else ""
        st.info(feedback or "This answer has no score.", icon=":material/info:")


def _draw_evaluation(content: Content, turn: Turn, evaluation: Evaluation) -> None:
    for warning in evaluation.warnings:
        st.warning(plain(warning), icon=":material/info:")
    overall = evaluation.overall
    if overall is not None:
        st.html(
            f'<div class="big-score" role="status">{overall.score:.0f} <small>of 100, range '
            f"{overall.low:.0f}–{overall.high:.0f}</small></div>"
        )
    st.html(
        paragraph(evaluation.feedback, "answer-text")
        + _remarks_html("What was good", evaluation.strengths, evaluation)
        + _remarks_html("What to add", evaluation.improvements, evaluation)
    )
    _draw_criteria(content.rubrics[turn.question.kind], evaluation)
    _draw_key_points(evaluation)
    if evaluation.better_answer:
        with st.expander("Your answer, made fuller", icon=":material/edit_note:"):
            st.caption("Your own sentences. Fill the brackets in with facts of yours.")
            st.html(paragraph(evaluation.better_answer, "answer-text"))
    if turn.question.reference_answer:
        with st.expander("One way to answer it", icon=":material/menu_book:"):
            st.html(paragraph(turn.question.reference_answer, "answer-text"))
    if turn.is_hint_used:
        st.caption("You used the hint.")
    st.caption(who_judges([evaluation.evaluator]))


def _remarks_html(title: str, remarks: tuple[Remark, ...], evaluation: Evaluation) -> str:
    if not remarks:
        return ""
    items = "".join(
        f"<li>{escape(remark.text)}{_reference(remark.evidence_index, evaluation)}</li>"
        for remark in remarks
    )
    return f"<h2>{title}</h2><ul>{items}</ul>"


def _reference(index: int | None, evaluation: Evaluation) -> str:
    """The number of the mark in the answer that a remark is about, with the words for screen readers."""
    if index is None:
        return ""
    return (
        f' <sup title="“{escape(evaluation.evidence[index].quote, quote=True)}”">{index + 1}</sup>'
    )


def _draw_criteria(rubric: Rubric, evaluation: Evaluation) -> None:
    rows = level_rows([(j.criterion, j.level) for j in evaluation.criteria])
    st.html(f"<h2>Five criteria</h2>{rows}")
    with st.expander("Why these levels, and what the next one takes", icon=":material/stairs:"):
        st.html("".join(_judgement_html(rubric, j) for j in evaluation.criteria))


def _judgement_html(rubric: Rubric, judgement: CriterionJudgement) -> str:
    numbers = ", ".join(str(index + 1) for index in judgement.evidence_indexes)
    reason = judgement.reason + (f" (marks {numbers})" if numbers else "")
    parts = [f"<h3>{judgement.criterion.capitalize()}</h3>", paragraph(reason, "answer-text")]
    if judgement.level is not None:
        here = rubric.descriptor(judgement.criterion, judgement.level)
        parts.append(paragraph(f"About here: {here}", "quiet"))
        steps = rubric.descriptors[judgement.criterion]
        following = next((s for s in sorted(steps) if s > judgement.level), HIGHEST_LEVEL)
        if judgement.level < HIGHEST_LEVEL - 0.5:
            parts.append(paragraph(f"Level {following}: {steps[following]}", "quiet"))
    return "".join(parts)


def _draw_key_points(evaluation: Evaluation) -> None:
    if not evaluation.key_points:
        return
    made = sum(finding.coverage is Coverage.COVERED for finding in evaluation.key_points)
    with st.expander(
        f"Key points: {made} of {len(evaluation.key_points)} made", icon=":material/checklist:"
    ):
        st.markdown("\n\n".join(_key_point_line(f) for f in evaluation.key_points))


def _key_point_line(finding: KeyPointFinding) -> str:
    icon, word = _MARKS[finding.coverage]
    index = finding.evidence_index
    where = f" (mark {index + 1})" if index is not None else ""
    return f"{icon} **{word}**{where}: {plain(finding.text)}"


def _draw_earlier(turn: Turn) -> None:
    for attempt in turn.attempts[:-1]:
        overall = attempt.evaluation.overall if attempt.evaluation else None
        score = f"{overall.score:.0f} of 100" if overall else "no score"
        with st.expander(f"Attempt {attempt.number}: {score}", icon=":material/history:"):
            st.html(highlighted(attempt.answer, ()))
