"""Two sentences on how an answer was said: what the numbers say, and what to try. No verdict on a person."""

from collections.abc import Iterator

from core.domain.delivery import FACTS, Comfortable, Delivery, MarkKind, Measure

MOST_CLIPPED_PERCENT = 0.1
LONG_PAUSE_SECONDS = 4.0
"""No source: from here on a pause is named, never held against anyone."""
SOME_HEDGES = 3
SENTENCES = 2


def delivery_advice(delivery: Delivery) -> tuple[str, ...]:
    """Two sentences, the most useful first."""
    found = (*_to_change(delivery), *_to_keep(delivery), _NOTHING)
    return tuple(sentence for sentence in found if sentence)[:SENTENCES]


_NOTHING = "Nothing else stood out. Listen to one answer yourself: you hear more than numbers say."


def _to_change(delivery: Delivery) -> Iterator[str]:
    if delivery.clipped_percent > MOST_CLIPPED_PERCENT:
        yield "The sound was cut off in loud places: move away from the microphone a little."
    yield _pace(delivery)
    yield _fillers(delivery)
    if delivery.count(MarkKind.HEDGE) >= SOME_HEDGES:
        yield (
            f"You hedged {delivery.count(MarkKind.HEDGE)} times: say plainly what you know, and once "
            "what you do not."
        )
    longest = delivery.value(Measure.LONGEST_PAUSE)
    if longest is not None and longest >= LONG_PAUSE_SECONDS:
        yield (
            f"Your longest pause was {longest:.0f} seconds: thinking is fine, and saying so keeps the "
            "other with you."
        )


def _pace(delivery: Delivery) -> str:
    """What to do about the pace, empty where it is comfortable or unknown."""
    pace, known = delivery.words_per_minute, _comfortable(Measure.PACE)
    if pace is None or known.low is None or known.high is None or known.holds(pace):
        return ""
    bounds = f"the {known.low:.0f} to {known.high:.0f} that are easy to follow"
    if pace > known.high:
        return f"You spoke {pace:.0f} words a minute, more than {bounds}: take a breath after each point."
    return f"You spoke {pace:.0f} words a minute, fewer than {bounds}: settle the first sentence, then begin."


def _fillers(delivery: Delivery) -> str:
    rate, known = delivery.fillers_per_minute, _comfortable(Measure.FILLERS)
    if rate is None or known.high is None or known.holds(rate):
        return ""
    return (
        f"You used {rate:.0f} filler words a minute; up to {known.high:.0f} do no harm: pause in silence "
        "where one would come."
    )


def _to_keep(delivery: Delivery) -> Iterator[str]:
    pace, rate = delivery.words_per_minute, delivery.fillers_per_minute
    if pace is not None and _comfortable(Measure.PACE).holds(pace):
        yield f"Your pace of {pace:.0f} words a minute is easy to follow."
    if rate is not None and _comfortable(Measure.FILLERS).holds(rate):
        yield f"With {rate:.0f} filler words a minute you are within what does no harm."


def _comfortable(measure: Measure) -> Comfortable:
    """The sourced bounds; none at all where no source is known."""
    return FACTS[measure].comfortable or Comfortable(None, None, "")
