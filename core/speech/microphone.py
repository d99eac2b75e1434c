"""Whether a microphone is good enough to be understood."""

from core.domain.delivery import MicrophoneCheck
from core.domain.speech import MIN_SPEECH_SECONDS, Sound
from core.speech.loudness import clipped_percent, mean_level, outside, samples_of, within

QUIET_DB = -40.0
CLIPPED_PERCENT = 0.1
CLOSE_TO_NOISE_DB = 10.0
# No source: bounds at which our own test recordings begin to suffer, told as advice only.

_NOTHING = "We heard no speech. Check that the right microphone is chosen and not muted."
_CLIPPED = (
    "We heard you, but too loud: the sound is cut off. Move away from the microphone a little."
)
_QUIET = "We heard you, but very quietly. Move closer to the microphone, or turn it up."
_NOISY = "We heard you, but with much noise around. A quieter place or a headset helps."
_FINE = "We heard you well."


def microphone_check(sound: Sound) -> MicrophoneCheck:
    """The levels of speech and of the rest, and one sentence on what to do."""
    samples = samples_of(sound)
    loudness = mean_level(within(samples, sound.speech))
    noise = mean_level(outside(samples, sound.speech))
    clipped = clipped_percent(samples)
    sentence = _sentence(sound.speech_seconds, loudness, noise, clipped)
    return MicrophoneCheck(
        sound.speech_seconds, loudness, noise, clipped, sentence, sentence == _FINE
    )


def _sentence(
    speech_seconds: float, loudness: float | None, noise: float | None, clipped: float
) -> str:
    if loudness is None or speech_seconds < MIN_SPEECH_SECONDS:
        return _NOTHING
    if clipped > CLIPPED_PERCENT:
        return _CLIPPED
    if loudness < QUIET_DB:
        return _QUIET
    if noise is not None and loudness - noise < CLOSE_TO_NOISE_DB:
        return _NOISY
    return _FINE
