"""How an answer was said, in numbers with units. Nothing here says what a person feels or is like."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.speech import Span


class MarkKind(StrEnum):
    """What a marked part of a transcript is."""

    FILLER = "filler"
    HEDGE = "hedge"
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the transcript's text, `text[start:end]`."""

    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PacePoint:
    """The speaking rate around one moment of the recording."""

    at_seconds: float
    words_per_minute: float


@dataclass(frozen=True, slots=True)
class Pitch:
    """The voice's pitch: median, and the range in which it lies 90% of the time (5% to 95%)."""

    median_hz: float
    low_hz: float
    high_hz: float
    range_semitones: float


class Measure(StrEnum):
    """One number about delivery."""

    PACE = "pace"
    FIRST_WORD = "first word"
    PAUSES = "pauses"
    LONGEST_PAUSE = "longest pause"
    FILLERS = "fillers"
    HEDGES = "hedges"
    REPETITIONS = "repetitions"
    PITCH_RANGE = "pitch range"
    LOUDNESS_VARIATION = "loudness variation"
    CLIPPING = "clipping"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The measures of one spoken answer; None where it cannot be said.

    `seconds` is the length of the recording, `speech_seconds` without pauses. `words_per_minute` counts
    words over `speech_seconds`. `first_word_seconds` is the time before speech begins. `pauses` are those
    within the speech of at least 0.3 s. `fillers_per_minute` is over the time from first to last word and
    there only where the transcriber writes fillers down. `loudness_db` is the speech's mean level below
    full scale (dBFS), `loudness_variation_db` its standard deviation, `clipped_percent` the share of
    samples at full scale. `marks` lie in the transcript's text in order and do not overlap.
    `pace` is empty where the transcriber gives no times.
    """

    seconds: float
    speech_seconds: float
    word_count: int
    words_per_minute: float | None = None
    first_word_seconds: float | None = None
    pauses: tuple[Span, ...] = ()
    fillers_per_minute: float | None = None
    marks: tuple[Mark, ...] = ()
    pace: tuple[PacePoint, ...] = ()
    pitch: Pitch | None = None
    loudness_db: float | None = None
    loudness_variation_db: float | None = None
    clipped_percent: float = 0.0

    def count(self, kind: MarkKind) -> int:
        """How many marks of a kind there are."""
        return sum(mark.kind is kind for mark in self.marks)

    def value(self, measure: Measure) -> float | None:
        """One measure as a number in its unit (`FACTS`), None where it cannot be said."""
        return _VALUES[measure](self)


_VALUES: dict[Measure, Callable[[Delivery], float | None]] = {
    Measure.PACE: lambda delivery: delivery.words_per_minute,
    Measure.FIRST_WORD: lambda delivery: delivery.first_word_seconds,
    Measure.PAUSES: lambda delivery: len(delivery.pauses),
    Measure.LONGEST_PAUSE: lambda delivery: max(
        (pause.seconds for pause in delivery.pauses), default=None
    ),
    Measure.FILLERS: lambda delivery: delivery.fillers_per_minute,
    Measure.HEDGES: lambda delivery: delivery.count(MarkKind.HEDGE),
    Measure.REPETITIONS: lambda delivery: delivery.count(MarkKind.REPETITION),
    Measure.PITCH_RANGE: lambda delivery: (
        delivery.pitch.range_semitones if delivery.pitch else None
    ),
    Measure.LOUDNESS_VARIATION: lambda delivery: delivery.loudness_variation_db,
    Measure.CLIPPING: lambda delivery: delivery.clipped_percent,
}


@dataclass(frozen=True, slots=True)
class Comfortable:
    """What research or practice found easy to listen to; None where there is no bound."""

    low: float | None
    high: float | None
    source: str

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure's name, unit and decimals for people.

    Without `comfortable` no sourced threshold is known: the number is set against what is usual in the
    candidate's own earlier answers only.
    """

    label: str
    unit: str
    decimals: int = 0
    comfortable: Comfortable | None = None


FACTS = {
    Measure.PACE: MeasureFacts(
        "Pace",
        "words a minute",
        comfortable=Comfortable(100, 165, "Microsoft, “Suggestions from Speaker Coach”"),
    ),
    Measure.FIRST_WORD: MeasureFacts("Time to first word", "seconds", 1),
    Measure.PAUSES: MeasureFacts("Pauses", "of 0.3 seconds or more"),
    Measure.LONGEST_PAUSE: MeasureFacts("Longest pause", "seconds", 1),
    Measure.FILLERS: MeasureFacts(
        "Filler words",
        "a minute",
        1,
        Comfortable(None, 5, "Laske & DiGennaro Reed 2024, doi 10.1002/jaba.1093"),
    ),
    Measure.HEDGES: MeasureFacts("Hedges", "in this answer"),
    Measure.REPETITIONS: MeasureFacts("Repeated words", "in this answer"),
    Measure.PITCH_RANGE: MeasureFacts("Range of pitch", "semitones", 1),
    Measure.LOUDNESS_VARIATION: MeasureFacts("Variation of loudness", "dB", 1),
    Measure.CLIPPING: MeasureFacts("Clipped sound", "%", 1),
}
