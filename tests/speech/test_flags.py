"""Doubts about a transcript are raised where there is reason, and only there."""

import pytest

from core.domain.speech import Sound, Span, Transcript, TranscriptFlag
from core.speech.flags import flags_of

PLAIN = "I used a hash map because look ups are quick and I measured it under load."
LOOPED = "Thank you for watching. Thank you for watching. Thank you for watching."


def flags(
    text: str = PLAIN,
    *,
    speech_seconds: float = 10.0,
    confidence: float | None = None,
    language: str = "",
    is_cut: bool = False,
) -> tuple[TranscriptFlag, ...]:
    spoken = Sound(b"", b"", (Span(0, speech_seconds),), is_cut)
    transcript = Transcript(text, "x", language=language, confidence=confidence)
    return flags_of(spoken, transcript, "en")


def test_plain_transcript_has_no_flags() -> None:
    assert flags(confidence=0.9, language="en-US") == ()


def test_what_the_transcriber_does_not_tell_is_no_reason_for_doubt() -> None:
    assert flags(confidence=None, language="") == ()


def test_low_confidence_is_flagged() -> None:
    assert flags(confidence=0.4) == (TranscriptFlag.LOW_CONFIDENCE,)


def test_another_language_is_flagged() -> None:
    assert flags(language="de") == (TranscriptFlag.OTHER_LANGUAGE,)


def test_phrase_three_times_in_a_row_is_flagged() -> None:
    assert flags(LOOPED) == (TranscriptFlag.REPEATED_PHRASES,)


@pytest.mark.parametrize(
    "text",
    [
        "It was very very very slow at first.",
        "First I looked at the logs. Then I looked at the logs of the other one.",
        "And then and then it failed.",
    ],
)
def test_usual_repeating_is_not_flagged(text: str) -> None:
    assert flags(text) == ()


def test_more_words_than_fit_are_flagged() -> None:
    assert flags(speech_seconds=1.5) == (TranscriptFlag.TOO_MANY_WORDS,)


def test_fast_speech_is_not_flagged() -> None:
    assert flags(speech_seconds=15 / 4.0) == ()  # 240 words a minute


def test_damaged_recording_is_flagged() -> None:
    assert flags(is_cut=True) == (TranscriptFlag.CUT_SHORT,)


def test_every_flag_says_what_it_means() -> None:
    assert all(flag.sentence.endswith(".") for flag in TranscriptFlag)


def test_endless_repeating_is_checked_at_once() -> None:
    assert TranscriptFlag.REPEATED_PHRASES in flags("and then it " * 2000)
