"""Delivery of sounds that are known: how fast, with which pauses, how loud."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.delivery import FACTS, Delivery, Measure
from core.domain.speech import HeardWord, Sound, Span, Transcript
from core.speech.measuring import measured, pace_of
from tests.speech.sounds import (
    SENTENCE,
    SENTENCE_WORDS,
    Samples,
    joined,
    needs_espeak,
    noise,
    seconds_of,
    silence,
    sound,
    spoken,
)

TEN_WORDS = "one two three four five six seven eight nine ten"


def delivery_of(
    samples: Samples, *speech: tuple[float, float], text: str = TEN_WORDS, fillers: bool = True
) -> Delivery:
    return measured(sound(samples, *speech), Transcript(text, "x", fillers_reliable=fillers))


def heard(*times: tuple[float, float]) -> Transcript:
    words = tuple(HeardWord("word", Span(start, end)) for start, end in times)
    return Transcript("word " * len(words), "x", words)


# Rate


@needs_espeak
@pytest.mark.parametrize("words_per_minute", [120, 150, 200])
def test_rate_of_speech_is_its_words_over_its_time(words_per_minute: int) -> None:
    said = spoken(words_per_minute=words_per_minute)
    truth = SENTENCE_WORDS / seconds_of(said) * 60
    delivery = delivery_of(said, text=SENTENCE)
    assert delivery.words_per_minute == pytest.approx(truth, rel=0.01)


def test_pauses_do_not_slow_the_rate() -> None:
    delivery = delivery_of(noise(20), (0, 5), (15, 20))
    assert delivery.words_per_minute == 60


def test_few_words_have_no_rate() -> None:
    assert delivery_of(noise(5), text="Too few words for that").words_per_minute is None


def test_time_to_the_first_word_is_the_silence_before_it() -> None:
    assert delivery_of(noise(20), (2.5, 19)).first_word_seconds == 2.5


def test_pauses_are_between_words_and_not_around_them() -> None:
    delivery = delivery_of(noise(20), (2, 5), (6.5, 9), (11, 18))
    assert delivery.pauses == (Span(5, 6.5), Span(9, 11))
    assert delivery.value(Measure.LONGEST_PAUSE) == 2.0


# Pace


def test_pace_is_counted_in_windows_of_fifteen_seconds() -> None:
    evenly = [(second / 2, second / 2 + 0.4) for second in range(60)]
    pace = pace_of(heard(*evenly))
    assert [point.at_seconds for point in pace] == [7.5, 12.5, 17.5]
    assert [point.words_per_minute for point in pace] == [120, 120, 120]


def test_pace_shows_where_somebody_speeds_up() -> None:
    slow = [(second, second + 0.4) for second in range(20)]
    fast = [(20 + place / 4, 20.2 + place / 4) for place in range(80)]
    pace = pace_of(heard(*slow, *fast))
    assert (pace[0].words_per_minute, pace[-1].words_per_minute) == (60, 240)


def test_without_times_there_is_no_pace() -> None:
    assert pace_of(Transcript(TEN_WORDS, "x")) == ()


def test_short_answer_has_no_pace() -> None:
    assert pace_of(heard((0, 1), (8, 9))) == ()


# Fillers


def test_fillers_are_told_a_minute() -> None:
    delivery = delivery_of(noise(30), text=f"Um {TEN_WORDS} uh {TEN_WORDS}")
    assert delivery.fillers_per_minute == 4.0


def test_fillers_are_not_told_where_the_transcriber_leaves_them_out() -> None:
    delivery = delivery_of(noise(30), text=f"Um {TEN_WORDS}", fillers=False)
    assert delivery.fillers_per_minute is None
    assert delivery.value(Measure.FILLERS) is None


# Loudness


@pytest.mark.parametrize("decibels", [-10, -20, -40])
def test_level_is_told_below_full_scale(decibels: int) -> None:
    loud = noise(3, 10 ** (decibels / 20))
    assert delivery_of(loud).loudness_db == pytest.approx(decibels, abs=0.5)


def test_even_sound_hardly_varies() -> None:
    variation = delivery_of(noise(5)).loudness_variation_db
    assert variation is not None
    assert variation < 0.5


def test_variation_is_the_deviation_of_levels() -> None:
    alternating = joined(*(noise(1, level) for level in (0.1, 0.05) * 5))  # 6 dB apart
    assert delivery_of(alternating).loudness_variation_db == pytest.approx(3.0, abs=0.3)


@needs_espeak
def test_silence_between_words_is_no_variation_of_loudness() -> None:
    said = spoken()
    with_gaps = joined(said, silence(0.25), said, silence(0.25), said)
    one, other = (delivery_of(samples).loudness_variation_db for samples in (said, with_gaps))
    assert one is not None
    assert other == pytest.approx(one, abs=0.7)


def test_clipping_is_the_share_of_samples_at_full_scale() -> None:
    samples = np.full(16_000, 0.5)
    samples[:160] = 1.0
    assert delivery_of(samples).clipped_percent == pytest.approx(1.0)


def test_clean_sound_is_not_clipped() -> None:
    assert delivery_of(noise(3)).clipped_percent == 0.0


# Measures


def test_every_measure_has_a_name_and_a_unit() -> None:
    assert set(FACTS) == set(Measure)
    assert all(facts.label and facts.unit for facts in FACTS.values())


def test_only_sourced_thresholds_are_told() -> None:
    sourced = {measure for measure, facts in FACTS.items() if facts.comfortable}
    assert sourced == {Measure.PACE, Measure.FILLERS}
    assert all(facts.comfortable.source for facts in FACTS.values() if facts.comfortable)


@pytest.mark.parametrize(
    ("measure", "value", "is_within"),
    [
        (Measure.PACE, 99, False),
        (Measure.PACE, 100, True),
        (Measure.PACE, 165, True),
        (Measure.PACE, 166, False),
        (Measure.FILLERS, 0, True),
        (Measure.FILLERS, 5, True),
        (Measure.FILLERS, 12, False),
    ],
)
def test_thresholds_are_those_of_their_sources(
    measure: Measure, value: float, is_within: bool
) -> None:
    comfortable = FACTS[measure].comfortable
    assert comfortable is not None
    assert comfortable.holds(value) is is_within


def test_every_value_can_be_asked_for() -> None:
    delivery = delivery_of(noise(5))
    numbers = [delivery.value(measure) for measure in Measure]
    assert all(number is None or isinstance(number, int | float) for number in numbers)


@given(st.binary(max_size=4000), st.text(max_size=300), st.booleans())
def test_anything_can_be_measured(samples: bytes, text: str, fillers: bool) -> None:
    whole = samples[: len(samples) // 2 * 2]
    spoken_all = Sound(whole, b"", (Span(0.0, max(len(whole) / 32_000, 0.001)),))
    delivery = measured(spoken_all, Transcript(text, "x", fillers_reliable=fillers))
    for before, after in zip(delivery.marks, delivery.marks[1:], strict=False):
        assert before.end <= after.start
    assert all(0 <= mark.start < mark.end <= len(text) for mark in delivery.marks)
