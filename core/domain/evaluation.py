"""The judgement of one answer, and the words it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.language_model import NO_USAGE, Usage
from core.domain.question import FollowUp
from core.domain.rubric import Criterion


class Coverage(StrEnum):
    """How far an answer makes a key point."""

    COVERED = "covered"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim part of the answer: `answer[start:end] == quote`."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KeyPointFinding:
    """Whether one key point was made. `evidence_index` points into the evaluation's evidence."""

    key_point_id: str
    text: str
    coverage: Coverage
    weight: int = 1
    evidence_index: int | None = None


@dataclass(frozen=True, slots=True)
class CriterionJudgement:
    """The level (1–5, a fraction is kept) of one criterion, with its reason.

    `level` is None when the criterion was not assessed. Levels of 3 and more rest on at least one
    piece of evidence (`evidence_indexes`); lower ones may rest on a missing key point instead.
    """

    criterion: Criterion
    level: float | None
    reason: str
    evidence_indexes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something good, or something to add. `evidence_index` points to the words it is about."""

    text: str
    evidence_index: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The overall score (0–100) and the bounds between which a human's score would usually lie."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DeliveryShare:
    """What delivery did to a score, where the candidate has it counted.

    `points` (0–100) are delivery's own, `weight` (0–1) is their share of the score, `content` the score
    without them. The rates, a minute, are what the points rest on; None where it is not known.
    """

    points: float
    weight: float
    content: ScoreRange
    words_per_minute: float | None = None
    fillers_per_minute: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluator's judgement of one answer.

    `overall` is None when nothing could be assessed (the evaluation is then void). `evaluator` and
    `version` say who judged, because judgements of different evaluators are not compared silently: a
    model is named `provider/model`, with the version of its prompt. `reaction` and `follow_up` are the
    evaluator's own words for what comes next, `warnings` sentences about the answer that the candidate
    should read first. With a `delivery` share, `overall` includes it; the criteria never do.
    """

    evaluator: str
    version: str
    overall: ScoreRange | None
    criteria: tuple[CriterionJudgement, ...]
    evidence: tuple[Evidence, ...] = ()
    key_points: tuple[KeyPointFinding, ...] = ()
    feedback: str = ""
    strengths: tuple[Remark, ...] = ()
    improvements: tuple[Remark, ...] = ()
    better_answer: str = ""
    reaction: str = ""
    follow_up: FollowUp | None = None
    usage: Usage = NO_USAGE
    warnings: tuple[str, ...] = ()
    delivery: DeliveryShare | None = None

    @property
    def content(self) -> ScoreRange | None:
        """The overall score of what was said, whatever it was said like."""
        return self.delivery.content if self.delivery else self.overall

    @property
    def scored_by(self) -> str:
        """Whose scores these may be compared with: the evaluator, marked where delivery counts."""
        return f"{self.evaluator}{self._mark}"

    @property
    def scored_by_version(self) -> str:
        """The same with the evaluator's version."""
        return f"{self.evaluator} {self.version}{self._mark}"

    @property
    def _mark(self) -> str:
        return " + delivery" if self.delivery else ""

    @property
    def missing(self) -> tuple[KeyPointFinding, ...]:
        """The key points the answer did not make, the weightiest first."""
        return missing(self.key_points)


@dataclass(frozen=True, slots=True)
class Impression:
    """What is seen of an answer at once: a score (0–100), the key points left open, what to probe.

    It only chooses the next question and is never shown as a judgement.
    """

    score: float
    key_points: tuple[KeyPointFinding, ...] = ()
    follow_up: FollowUp | None = None
    reaction: str = ""


def impression_of(evaluation: Evaluation) -> Impression | None:
    """The part of a judgement that chooses the next question; None where nothing was assessed.

    How an answer was said does not make the next question harder or easier.
    """
    if evaluation.content is None:
        return None
    return Impression(
        evaluation.content.score,
        evaluation.key_points,
        evaluation.follow_up,
        evaluation.reaction,
    )


@dataclass(frozen=True, slots=True)
class PartialEvaluation:
    """What has been received so far of a judgement that is still being written; checked like the whole.

    `evidence` holds only quotes that are found in the answer.
    """

    evidence: tuple[Evidence, ...] = ()
    feedback: str = ""
    strengths: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()


def missing(findings: tuple[KeyPointFinding, ...]) -> tuple[KeyPointFinding, ...]:
    """The key points that were not made, the weightiest first."""
    missed = [finding for finding in findings if finding.coverage is Coverage.MISSING]
    return tuple(sorted(missed, key=lambda finding: -finding.weight))
