"""A model's reply as a judgement: only what can be checked against the answer comes through."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.domain.evaluation import (
    Coverage,
    CriterionJudgement,
    Evaluation,
    KeyPointFinding,
    Remark,
)
from core.domain.language_model import Usage
from core.domain.question import FollowUp, Question
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion, Rubric
from core.domain.scoring import overall_score, score_range
from core.evaluation.addressing import Spans, addressed_spans, warning_for
from core.evaluation.invented import (
    KnownFacts,
    TechnologiesIn,
    known_facts,
    without_invented_facts,
)
from core.evaluation.plain import plain_words
from core.evaluation.quotes import Quotes
from core.evaluation.scorelike import names_score, without_marks
from core.prompting.evaluate import (
    VERSION,
    CriterionReply,
    EvaluationReply,
    KeyPointReply,
    RemarkReply,
)

AI_RANGE_HALF_WIDTH = 12.5
"""Half-width of the range shown around a model's score, in points of 100: half a level on every
criterion. It is an assumption and not measured: no model has been compared with human graders here."""
LEAST_QUOTED_LEVEL = 3
MOST_REMARKS = 4
_FEEDBACK_CHARACTERS = 800
_REMARK_CHARACTERS = 300
_REASON_CHARACTERS = 400
_BETTER_CHARACTERS = 3_000
_REACTION_CHARACTERS = 160
_FOLLOW_UP_CHARACTERS = 400
_NOTHING_ASSESSED = (
    "No score: the reply named no words of your answer that a level could rest on. "
    "Try again, or go on without a score."
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What every reply about one answer is held against. No reply is needed to find it.

    `addressed` are the answer's `addressed_spans`, `known` what a better answer may be made of.
    """

    question: Question
    answer: str
    addressed: Spans
    known: KnownFacts


@dataclass(frozen=True, slots=True)
class _Check:
    """What one reply is held against. `findings` tells of each key point of the question."""

    answer: str
    quotes: Quotes
    findings: tuple[KeyPointFinding, ...]

    def is_open(self, key_point_id: str) -> bool:
        """Whether this is a key point of the question that the answer does not fully make."""
        return any(
            f.key_point_id == key_point_id and f.coverage is not Coverage.COVERED
            for f in self.findings
        )


def grounds_of(
    question: Question,
    answer: str,
    known_text: str,
    technologies_in: TechnologiesIn,
) -> Grounds:
    """The grounds to hold replies against.

    `known_text` is what the candidate's profile says; a better answer keeps to it, to the answer and to
    the question, and of the key points to their terms. `technologies_in` finds the technologies in a text.
    """
    terms = "\n".join(point.text for point in question.key_points)
    known = known_facts("\n".join((answer, known_text, question.text)), technologies_in, terms)
    return Grounds(question, answer, addressed_spans(answer), known)


def evaluation_of(
    reply: EvaluationReply,
    grounds: Grounds,
    rubric: Rubric,
    *,
    evaluator: str,
    usage: Usage = Usage(),  # noqa: B008 - a frozen value
) -> Evaluation:
    """The judgement that a reply amounts to, void (`overall` None) where no level holds.

    `evaluator` is `provider/model`.
    """
    answer = grounds.answer
    quotes = Quotes(answer, reply.evidence, grounds.addressed)
    check = _Check(answer, quotes, _findings(grounds.question, reply.key_points, quotes))
    criteria = tuple(_judgement(c, reply.criteria.of(c), check) for c in Criterion)
    overall = overall_score(criteria, rubric.weights)
    warning = warning_for(answer, grounds.addressed)
    return Evaluation(
        evaluator=evaluator,
        version=VERSION,
        overall=None if overall is None else score_range(overall, AI_RANGE_HALF_WIDTH),
        criteria=criteria,
        evidence=quotes.evidence,
        key_points=check.findings,
        feedback=_NOTHING_ASSESSED
        if overall is None
        else without_marks(plain_words(reply.feedback, _FEEDBACK_CHARACTERS), answer),
        strengths=() if overall is None else _remarks(reply.strengths, check),
        improvements=_remarks(reply.improvements, check),
        better_answer=without_invented_facts(
            plain_words(reply.better_answer, _BETTER_CHARACTERS), grounds.known
        ),
        reaction=_reaction(reply.reaction, answer),
        follow_up=_follow_up(reply, check),
        usage=usage,
        warnings=(warning,) if warning else (),
    )


def _findings(
    question: Question, replies: Iterable[KeyPointReply], quotes: Quotes
) -> tuple[KeyPointFinding, ...]:
    """One finding for each key point of the question; what the reply leaves out is missing."""
    given: Mapping[str, KeyPointReply] = {reply.id.strip(): reply for reply in replies}
    found = []
    for point in question.key_points:
        coverage, index = _covered(given.get(point.id), quotes)
        found.append(KeyPointFinding(point.id, point.text, coverage, point.weight, index))
    return tuple(found)


def _covered(reply: KeyPointReply | None, quotes: Quotes) -> tuple[Coverage, int | None]:
    """How far a point is made; without words of the answer it is made in part at most."""
    said = reply.coverage.strip().lower() if reply else ""
    if reply is None or said not in (Coverage.COVERED, Coverage.PARTLY):
        return Coverage.MISSING, None
    index = quotes.index(reply.evidence)
    return (Coverage.PARTLY if index is None else Coverage(said)), index


def _judgement(criterion: Criterion, reply: CriterionReply, check: _Check) -> CriterionJudgement:
    indexes = check.quotes.indexes(reply.evidence)
    reason = without_marks(plain_words(reply.reason, _REASON_CHARACTERS), check.answer)
    level = float(reply.level) if _holds(reply, indexes, check) else None
    return CriterionJudgement(criterion, level, reason, indexes)


def _holds(reply: CriterionReply, indexes: tuple[int, ...], check: _Check) -> bool:
    """Whether a level rests on words of the answer or, when low, on a key point it does not make."""
    if not LOWEST_LEVEL <= reply.level <= HIGHEST_LEVEL:
        return False
    if indexes:
        return True
    return reply.level < LEAST_QUOTED_LEVEL and check.is_open(reply.missing_key_point.strip())


def _remarks(replies: Iterable[RemarkReply], check: _Check) -> tuple[Remark, ...]:
    remarks = (
        Remark(
            without_marks(plain_words(reply.text, _REMARK_CHARACTERS), check.answer),
            check.quotes.index(reply.evidence),
        )
        for reply in replies
    )
    return tuple(remark for remark in remarks if remark.text)[:MOST_REMARKS]


def _reaction(text: str, answer: str) -> str:
    """What the interviewer says next; nothing where it names a score or a number not said."""
    said = plain_words(text, _REACTION_CHARACTERS)
    told = set(_NUMBER.findall(answer))
    is_honest = not names_score(said, answer) and told.issuperset(_NUMBER.findall(said))
    return said if is_honest else ""


def _follow_up(reply: EvaluationReply, check: _Check) -> FollowUp | None:
    probes = reply.follow_up.probes.strip()
    text = plain_words(reply.follow_up.text, _FOLLOW_UP_CHARACTERS)
    return FollowUp(probes, text) if text and check.is_open(probes) else None
