"""Which question comes next, and why. A pure rule that a candidate can be shown.

1. Follow up: when the answer missed a key point that the question has a follow-up for, probe that key
   point. At most `MAX_FOLLOW_UPS` on one question, the second only where the first brought something,
   at most a third of the interview in all, and in a long interview no more than leave room for every
   competency of the agenda.
2. Else take the next competency of the plan's agenda, at the difficulty nearest to the target. The
   target goes one step up after a score of `STRONG` or more and one step down after one below `WEAK` or
   a skipped question, within 1–5. The opener and follow-ups do not move it. Questions that the
   candidate met in an earlier interview come only when there is no new one left.
3. A fixed plan, of questions that the candidate wants to be asked again, is asked in its order: neither
   of the rules above applies.
   A drill is asked so too, and ends after its last question.
4. When the interview's time is over, the closing question comes next.

An answer counts by its impression: its judgement, or what was seen of it at once where the judgement
is still to come. The realistic way gives its reasons without the score, which it tells at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.domain.evaluation import Coverage, Impression, missing
from core.domain.interview import Interview
from core.domain.interview_plan import Slot
from core.domain.interview_setup import Way
from core.domain.question import KeyPoint, Origin, Question, Seniority
from core.domain.turn import Turn

STRONG = 70.0
WEAK = 40.0
MAX_FOLLOW_UPS = 2
FEW_FOLLOW_UPS = 2
"""So many are allowed in any interview that is long enough, whatever they displace."""
EASIEST = 1
HARDEST = 5
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


def choose_next(interview: Interview, *, is_time_over: bool = False) -> Choice | None:
    """The next question; the closing one after the last, None when that was asked too."""
    if interview.current.question.origin is Origin.CLOSING:
        return None
    if interview.setup.is_drill:
        return _next_in_order(interview, "This is due as well.")
    if is_time_over:
        return Choice(
            interview.plan.closing, "The time is over; interviews close with your questions."
        )
    if len(interview.scored_turns) >= interview.setup.length:
        return _closing(interview)
    if interview.plan.is_fixed:
        again = "You chose to be asked this again."
        return _next_in_order(interview, again) or _closing(interview)
    return _follow_up(interview) or _from_plan(interview) or _closing(interview)


def _next_in_order(interview: Interview, reason: str) -> Choice | None:
    """The next question of a fixed plan, None after the last."""
    asked = {turn.question.id for turn in interview.turns}
    left = (q for q in interview.plan.questions if q.id not in asked)
    return next((Choice(q, reason) for q in left), None)


def target_difficulty(turns: Iterable[Turn], seniority: Seniority) -> int:
    """The difficulty (1–5) to aim at after these turns."""
    target = starting_difficulty(seniority)
    for turn in turns:
        target = min(HARDEST, max(EASIEST, target + _step(turn)))
    return target


def _step(turn: Turn) -> int:
    if turn.question.origin in (Origin.OPENER, Origin.FOLLOW_UP):
        return 0
    if turn.is_skipped:
        return -1
    if turn.impression is None:
        return 0
    return (turn.impression.score >= STRONG) - (turn.impression.score < WEAK)


def _closing(interview: Interview) -> Choice:
    return Choice(
        interview.plan.closing, "The planned questions are asked; interviews close with yours."
    )


def _follow_up(interview: Interview) -> Choice | None:
    """A probe of the question being talked about, where its answer left something open."""
    turn = interview.current
    root = _root_of(interview, turn)
    impression = root.impression
    if impression is None or root.question.origin is Origin.OPENER or _is_spent(interview):
        return None
    asked = [t for t in interview.turns if t.question.parent_id == root.question.id]
    least = WEAK if asked else MIN_SCORE_FOR_FOLLOW_UP
    score = turn.impression.score if turn.impression else 0.0
    if len(asked) >= MAX_FOLLOW_UPS or score < least:
        return None
    probed = {key_point.id for t in asked for key_point in t.question.key_points}
    return _probe(interview, root.question, impression, probed)


def _is_spent(interview: Interview) -> bool:
    """Whether follow-ups have taken their share of the interview."""
    asked = sum(turn.question.origin is Origin.FOLLOW_UP for turn in interview.turns)
    share = max(1, interview.setup.length // 3)
    agenda = [slot.competency for slot in interview.plan.agenda]
    room = interview.setup.length - 1 - _slots_to_cover(agenda)
    return asked >= min(share, max(FEW_FOLLOW_UPS, room))


def _slots_to_cover(agenda: list[str]) -> int:
    """How many slots of the agenda it takes to meet each of its competencies once."""
    return max((agenda.index(competency) + 1 for competency in set(agenda)), default=0)


def _root_of(interview: Interview, turn: Turn) -> Turn:
    parent_id = turn.question.parent_id
    return next((t for t in interview.turns if t.question.id == parent_id), turn)


def _probe(
    interview: Interview, question: Question, impression: Impression, probed: set[str]
) -> Choice | None:
    own_words = impression.follow_up
    if own_words and own_words.probes not in probed:
        question = replace(question, follow_ups=(own_words, *question.follow_ups))
    missed = {finding.key_point_id for finding in missing(impression.key_points)}
    partly = {f.key_point_id for f in impression.key_points if f.coverage is Coverage.PARTLY}
    by_id = {key_point.id: key_point for key_point in question.key_points}
    for wanted in (missed, partly):
        for follow_up in question.follow_ups:
            if follow_up.probes in wanted - probed:
                key_point = by_id[follow_up.probes]
                reason = _follow_up_reason(interview, key_point)
                return Choice(_as_follow_up(question, key_point, follow_up.text), reason)
    return None


def _follow_up_reason(interview: Interview, key_point: KeyPoint) -> str:
    if interview.setup.way is Way.REALISTIC:  # the point is what the candidate is to come up with
        return "Your last answer left something open, so it is probed."
    return f"Your last answer left this open, so it is probed: {key_point.text}"


def _as_follow_up(question: Question, key_point: KeyPoint, text: str) -> Question:
    return replace(
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


def _from_plan(interview: Interview) -> Choice | None:
    asked_ids = {turn.question.id for turn in interview.turns}
    left = [q for q in interview.plan.questions if q.id not in asked_ids]
    if not left:
        return None
    target = target_difficulty(interview.turns, interview.setup.seniority)
    own = _own_question(interview, left)
    if own:
        return Choice(own, "One of your own questions.")
    new = [q for q in left if q.id not in interview.plan.met]
    made_for_you = [q for q in left if q.origin is Origin.PLANNED]
    fitting = _fitting(interview, made_for_you or new or left, _next_slot(interview), target)
    wished = _wished(interview)
    question = min(fitting, key=lambda q: (q.competency not in wished, abs(q.difficulty - target)))
    return Choice(question, _plan_reason(interview, question, target))


def _own_question(interview: Interview, left: list[Question]) -> Question | None:
    """The candidate's own questions come at every second place, and all of them before the end."""
    own = [q for q in left if q.origin is Origin.OWN]
    remaining = interview.setup.length - len(interview.scored_turns)
    is_due = _done(interview) % 2 == 1 or remaining <= len(own)
    return own[0] if own and is_due else None


def _done(interview: Interview) -> int:
    """How many places of the agenda are taken."""
    no_place = (Origin.OPENER, Origin.FOLLOW_UP)
    return sum(turn.question.origin not in no_place for turn in interview.turns)


def _next_slot(interview: Interview) -> Slot:
    """The agenda's next place; one of no competency where a history from elsewhere brought no agenda."""
    agenda = interview.plan.agenda or (Slot(""),)
    return agenda[_done(interview) % len(agenda)]


def _fitting(interview: Interview, left: list[Question], slot: Slot, target: int) -> list[Question]:
    """The questions for a slot.

    Where all of them lie two steps and more from the target, one on a competency not asked yet that
    lies nearer is taken first; where there are none, one of the slot's competency, else any. In place of
    a competency that the company looks for comes another such one only.
    """
    wished = _wished(interview)
    is_wished = slot.competency in wished
    of_competency = [q for q in left if q.competency == slot.competency]
    exact = [q for q in of_competency if (q.origin is Origin.RESUME) == slot.is_about_resume]
    if _near(exact, target):
        return exact
    asked = {turn.question.competency for turn in interview.turns}
    fresh = [q for q in left if q.competency not in asked]
    nearer = _near([q for q in fresh if q.competency in wished or not is_wished], target)
    return nearer or exact or of_competency or left


def _wished(interview: Interview) -> frozenset[str]:
    """The competencies that the company looks for."""
    return frozenset(emphasis.competency for emphasis in interview.plan.emphases)


def _near(questions: Iterable[Question], target: int) -> list[Question]:
    return [q for q in questions if abs(q.difficulty - target) <= 1]


def _plan_reason(interview: Interview, question: Question, target: int) -> str:
    source = _SOURCES.get(question.origin, "from the question bank")
    reason = (
        f"{_because(interview, target)} The next competency of the plan is taken up, "
        f"with a question {source} at difficulty {question.difficulty} (aimed at {target})."
    )
    return f"{reason} {interview.plan.emphasis(question.competency)}".rstrip()


_SOURCES = {
    Origin.RESUME: "about your resume",
    Origin.PLANNED: "made for you",
}


def _because(interview: Interview, target: int) -> str:
    """What the last answer did to the difficulty aimed at."""
    turn = interview.current
    if turn.question.origin is Origin.OPENER:
        return "The opener is done."
    if turn.question.origin is Origin.FOLLOW_UP:
        return "The follow-up is done."
    if not turn.is_skipped and turn.impression is None:
        return "The last answer has no score, so the difficulty stays."
    if turn.impression and interview.setup.way is Way.REALISTIC:
        return "The difficulty follows your answers; the report says how."
    said = "You skipped the last question"
    if turn.impression:
        said = f"Your last answer scored {round(turn.impression.score)}"
    change = target - target_difficulty(interview.turns[:-1], interview.setup.seniority)
    if change:
        return f"{said}, so it gets one step {'harder' if change > 0 else 'easier'}."
    if _step(turn):
        return f"{said}; it is already as {'hard' if _step(turn) > 0 else 'easy'} as it gets."
    return f"{said}, so the difficulty stays."
