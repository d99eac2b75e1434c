"""Which question comes next, and why. A pure rule that a candidate can be shown.

1. Follow up: when the last answer missed a key point that the question has a follow-up for, and fewer
   than `MAX_FOLLOW_UPS` follow-ups were put on it, probe that key point.
2. Else take the next competency of the plan's agenda, at the difficulty nearest to the target: one
   step up after a score of `STRONG` or more, one step down after one below `WEAK`, else the same.
   Skipping steps down as well.
"""

from dataclasses import dataclass, replace

from core.domain.evaluation import Coverage, Evaluation
from core.domain.interview import Interview, Slot, Turn
from core.domain.question import KeyPoint, Origin, Question, Seniority

STRONG = 70.0
WEAK = 40.0
MAX_FOLLOW_UPS = 2
MIN_SCORE_FOR_FOLLOW_UP = 20.0
"""Below this there is nothing in the answer to build a follow-up on."""

_START_DIFFICULTY = {
    Seniority.INTERN: 1,
    Seniority.JUNIOR: 2,
    Seniority.MID: 3,
    Seniority.SENIOR: 3,
    Seniority.STAFF: 4,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The next question and the reason in words for the candidate."""

    question: Question
    reason: str


def starting_difficulty(seniority: Seniority) -> int:
    """The difficulty an interview of this seniority opens with, 1–5."""
    return _START_DIFFICULTY[seniority]


def choose_next(interview: Interview) -> Choice | None:
    """The next question; the closing one after the last, None when that was asked too."""
    if interview.current.question.origin is Origin.CLOSING:
        return None
    if len(interview.scored_turns) >= interview.setup.length:
        return _closing(interview)
    return _follow_up(interview) or _from_plan(interview) or _closing(interview)


def next_difficulty(turns: tuple[Turn, ...], start: int) -> int:
    """The target difficulty (1–5) after these turns, beginning at `start`."""
    target = start
    for turn in turns:
        if turn.question.origin not in (Origin.OPENER, Origin.FOLLOW_UP):
            target = min(5, max(1, turn.question.difficulty + _step(turn)))
    return target


def _step(turn: Turn) -> int:
    if turn.is_skipped:
        return -1
    if turn.overall is None:
        return 0
    return (turn.overall >= STRONG) - (turn.overall < WEAK)


def _closing(interview: Interview) -> Choice:
    return Choice(
        interview.plan.closing, "The planned questions are asked; interviews close with yours."
    )


def _follow_up(interview: Interview) -> Choice | None:
    turn = interview.current
    evaluation = turn.evaluation
    if evaluation is None or (turn.overall or 0.0) < MIN_SCORE_FOR_FOLLOW_UP:
        return None
    root = _root_of(interview, turn)
    if root.question.origin is Origin.OPENER:
        return None
    asked = [t for t in interview.turns if t.question.parent_id == root.question.id]
    if len(asked) >= MAX_FOLLOW_UPS:
        return None
    probed = {key_point.id for t in asked for key_point in t.question.key_points}
    return _probe(root.question, evaluation, probed)


def _root_of(interview: Interview, turn: Turn) -> Turn:
    parent_id = turn.question.parent_id
    return next((t for t in interview.turns if t.question.id == parent_id), turn)


def _probe(question: Question, evaluation: Evaluation, probed: set[str]) -> Choice | None:
    missed = {finding.key_point_id for finding in evaluation.missing}
    partly = {f.key_point_id for f in evaluation.key_points if f.coverage is Coverage.PARTLY}
    by_id = {key_point.id: key_point for key_point in question.key_points}
    for wanted in (missed, partly):
        for follow_up in question.follow_ups:
            if follow_up.probes in wanted - probed:
                return _as_follow_up(question, by_id[follow_up.probes], follow_up.text)
    return None


def _as_follow_up(question: Question, key_point: KeyPoint, text: str) -> Choice:
    follow_up = replace(
        question,
        id=f"{question.id}/{key_point.id}",
        text=text,
        origin=Origin.FOLLOW_UP,
        intent=f"Probe: {key_point.text}",
        rephrased="",
        hint="",
        key_points=(key_point,),
        reference_answer="",
        follow_ups=(),
        parent_id=question.id,
    )
    return Choice(follow_up, f"Your last answer left this open, so it is probed: {key_point.text}")


def _from_plan(interview: Interview) -> Choice | None:
    asked_ids = {turn.question.id for turn in interview.turns}
    left = [q for q in interview.plan.questions if q.id not in asked_ids]
    if not left:
        return None
    target = next_difficulty(interview.turns, starting_difficulty(interview.setup.seniority))
    fitting = _fitting(left, _next_slot(interview))
    question = min(fitting, key=lambda q: abs(q.difficulty - target))
    return Choice(question, _plan_reason(interview, question, target))


def _next_slot(interview: Interview) -> Slot:
    agenda = interview.plan.agenda
    done = sum(turn.question.origin in (Origin.BANK, Origin.RESUME) for turn in interview.turns)
    return agenda[done % len(agenda)]


def _fitting(left: list[Question], slot: Slot) -> list[Question]:
    """The questions for a slot; without any, those of its competency, else all that are left."""
    of_competency = [q for q in left if q.competency == slot.competency]
    exact = [q for q in of_competency if (q.origin is Origin.RESUME) == slot.is_about_resume]
    return exact or of_competency or left


def _plan_reason(interview: Interview, question: Question, target: int) -> str:
    source = "about your resume" if question.origin is Origin.RESUME else "from the question bank"
    return (
        f"{_because(interview.current)} The next competency of the plan is taken up, "
        f"with a question {source} at difficulty {question.difficulty} (aimed at {target})."
    )


def _because(turn: Turn) -> str:
    if turn.question.origin is Origin.OPENER:
        return "The opener is done."
    if turn.is_skipped:
        return "You skipped the last question, so it gets one step easier."
    if turn.overall is None:
        return "The last answer has no score, so the difficulty stays."
    step = _step(turn)
    score = round(turn.overall)
    if step > 0:
        return f"Your last answer scored {score}, so it gets one step harder."
    if step < 0:
        return f"Your last answer scored {score}, so it gets one step easier."
    return f"Your last answer scored {score}, so the difficulty stays."
