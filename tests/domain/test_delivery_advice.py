"""Two sentences, each resting on a number, the sourced bounds first."""

from dataclasses import replace

import pytest

from core.domain.delivery import Delivery, Mark, MarkKind
from core.domain.delivery_advice import delivery_advice
from core.domain.speech import Span

CALM = Delivery(60.0, 50.0, 110, words_per_minute=132.0, fillers_per_minute=2.0)


@pytest.mark.parametrize(
    ("delivery", "said"),
    [
        (replace(CALM, words_per_minute=190.0), "190 words a minute, more than the 100 to 165"),
        (replace(CALM, words_per_minute=80.0), "80 words a minute, fewer than the 100 to 165"),
        (replace(CALM, fillers_per_minute=12.0), "12 filler words a minute; up to 5 do no harm"),
        (replace(CALM, clipped_percent=1.0), "cut off in loud places"),
        (replace(CALM, pauses=(Span(3.0, 9.0),)), "longest pause was 6 seconds"),
        (replace(CALM, marks=(Mark(MarkKind.HEDGE, 0, 1),) * 3), "hedged 3 times"),
    ],
)
def test_what_stands_out_comes_first(delivery: Delivery, said: str) -> None:
    assert said in delivery_advice(delivery)[0]


def test_calm_answer_is_told_what_is_good() -> None:
    assert delivery_advice(CALM) == (
        "Your pace of 132 words a minute is easy to follow.",
        "With 2 filler words a minute you are within what does no harm.",
    )


def test_fillers_are_not_mentioned_where_they_are_not_known() -> None:
    said = " ".join(delivery_advice(replace(CALM, fillers_per_minute=None)))
    assert "filler" not in said


def test_there_are_always_two_sentences_at_most() -> None:
    worst = replace(CALM, words_per_minute=200.0, fillers_per_minute=20.0, clipped_percent=5.0)
    assert len(delivery_advice(worst)) == 2
    assert len(delivery_advice(replace(CALM, words_per_minute=None, fillers_per_minute=None))) == 1
