"""What makes a transcript doubtful, told before it is judged."""

import re

from core.domain.speech import Sound, Transcript, TranscriptFlag
from core.speech.wording import words_in

LOW_CONFIDENCE = 0.6
"""No source: transcribers scale confidence each in their own way."""

MOST_WORDS_PER_SECOND = 6.0
"""Of speech. Twice a fast speaker's rate (180 words a minute): such a text was not said in that time."""

_TIMES = 3
# Two to eight words, three times or more in a row.
_REPEATED = re.compile(
    rf"\b(\w[\w'’]*(?:[ ,]+[\w'’]+){{1,7}})(?:[\s,.!?;:]+\1\b){{{_TIMES - 1},}}", re.IGNORECASE
)


def flags_of(sound: Sound, transcript: Transcript, language: str) -> tuple[TranscriptFlag, ...]:
    """Every reason for doubt; `language` is the interview's (ISO 639-1)."""
    doubts = {
        TranscriptFlag.CUT_SHORT: sound.is_cut,
        TranscriptFlag.LOW_CONFIDENCE: _is_unsure(transcript),
        TranscriptFlag.OTHER_LANGUAGE: _is_foreign(transcript.language, language),
        TranscriptFlag.REPEATED_PHRASES: _REPEATED.search(transcript.text) is not None,
        TranscriptFlag.TOO_MANY_WORDS: len(words_in(transcript.text))
        > MOST_WORDS_PER_SECOND * sound.speech_seconds,
    }
    return tuple(flag for flag, is_so in doubts.items() if is_so)


def _is_unsure(transcript: Transcript) -> bool:
    return transcript.confidence is not None and transcript.confidence < LOW_CONFIDENCE


def _is_foreign(heard: str, expected: str) -> bool:
    return bool(heard and expected) and _primary(heard) != _primary(expected)


def _primary(language: str) -> str:
    """The language without its region: "en" of "en-US"."""
    return re.split("[-_]", language.lower())[0]
