"""Recordings are decoded in a child process: what browsers record, within limits, refused in plain words."""

import io
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.adapters import sound_reader
from core.adapters.held_child import ENVIRONMENT
from core.adapters.sound_reader import ChildProcessSoundReader
from core.domain.errors import BadRecording, UnusableRecordingError
from core.domain.speech import (
    MAX_RECORDING_BYTES,
    MIN_SPEECH_SECONDS,
    Sound,
    Span,
    recording_of,
)
from tests.speech.sounds import (
    SENTENCE,
    Samples,
    encoded,
    joined,
    needs_espeak,
    noise,
    seconds_of,
    silence,
    spoken,
    voice_like,
    wav,
)

A_TONE = voice_like(np.full(16_000, 220.0))
WEBM = ("webm", "libopus")
MP4 = ("mp4", "aac")


def read(content: bytes) -> Sound:
    return ChildProcessSoundReader().read(recording_of(content))


def cause_of(content: bytes, reader: ChildProcessSoundReader | None = None) -> BadRecording:
    with pytest.raises(UnusableRecordingError) as caught:
        (reader or ChildProcessSoundReader()).read(recording_of(content))
    return caught.value.cause


# Kinds


@pytest.mark.parametrize(
    "content",
    [encoded(A_TONE, *WEBM), encoded(A_TONE, *MP4), wav(A_TONE)],
    ids=["webm", "mp4", "wav"],
)
def test_each_kind_becomes_sixteen_thousand_samples_a_second(content: bytes) -> None:
    sound = read(content)
    assert sound.seconds == pytest.approx(1.0, abs=0.06)
    assert not sound.is_cut


def test_stereo_at_another_rate_becomes_mono() -> None:
    sound = read(wav(A_TONE, rate=8_000, channels=2))
    assert sound.seconds == pytest.approx(2.0, abs=0.02)


def test_flac_holds_the_same_samples() -> None:
    sound = read(wav(A_TONE))
    with av.open(io.BytesIO(sound.flac), "r", format="flac") as container:
        samples = b"".join(frame.to_ndarray().tobytes() for frame in container.decode(audio=0))
    assert samples == sound.samples


@pytest.mark.parametrize("name", ["a.mp3", "a.ogg", "a.txt", "a.pdf"])
def test_another_kind_is_refused_by_its_first_bytes(name: str) -> None:
    firsts = {"a.mp3": b"ID3\4", "a.ogg": b"OggS", "a.txt": b"Hello", "a.pdf": b"%PDF-1.7"}
    with pytest.raises(UnusableRecordingError) as caught:
        recording_of(firsts[name] + bytes(100))
    assert caught.value.cause is BadRecording.UNKNOWN_KIND


def test_codec_that_browsers_do_not_record_is_refused() -> None:
    assert cause_of(encoded(A_TONE, "matroska", "ac3")) is BadRecording.UNKNOWN_KIND


# Speech


@needs_espeak
@pytest.mark.parametrize("form", [WEBM, MP4], ids=["webm", "mp4"])
def test_speech_is_found_between_silences(form: tuple[str, str]) -> None:
    said = spoken()
    sound = read(encoded(joined(silence(1.0), said, silence(1.0)), *form))
    (span,) = sound.speech
    assert span.start_seconds == pytest.approx(1.0, abs=0.15)
    assert span.end_seconds == pytest.approx(1.0 + seconds_of(said), abs=0.15)


@needs_espeak
@pytest.mark.parametrize("gap_seconds", [0.6, 1.0, 2.5])
def test_pause_is_found_to_a_fifth_of_a_second(gap_seconds: float) -> None:
    said = spoken()
    sound = read(wav(joined(said, silence(gap_seconds), said)))
    before, after = sound.speech
    assert after.start_seconds - before.end_seconds == pytest.approx(gap_seconds, abs=0.2)


@needs_espeak
def test_gap_between_words_is_no_pause() -> None:
    said = spoken()
    assert len(read(wav(joined(said, silence(0.1), said))).speech) == 1


@needs_espeak
def test_speech_is_found_in_noise() -> None:
    said = spoken()
    noisy = said + noise(seconds_of(said), 0.02)[: len(said)]
    assert read(wav(noisy)).speech_seconds == pytest.approx(seconds_of(said), rel=0.2)


@pytest.mark.parametrize(
    "samples",
    [silence(3), noise(3), voice_like(np.full(48_000, 440.0)), noise(3, 0.001)],
    ids=["silence", "noise", "tone", "hiss"],
)
def test_what_is_no_voice_is_not_taken_for_speech(samples: Samples) -> None:
    assert read(wav(samples)).speech_seconds < MIN_SPEECH_SECONDS


# Damage


@needs_espeak
def test_truncated_recording_that_tells_its_length_says_that_it_is_cut() -> None:
    whole = encoded(spoken(), *WEBM)
    sound = read(whole[: len(whole) // 2])
    assert sound.is_cut
    assert 3 < sound.seconds < 8


@pytest.mark.parametrize(
    "content",
    [
        b"\x1aE\xdf\xa3" + b"\xff" * 1000,
        b"RIFF\xff\xff\xff\xffWAVE" + b"\xff" * 1000,
        b"\0\0\0\x18ftypmp42" + b"\xff" * 1000,
        encoded(A_TONE, *WEBM)[:200],
        wav(silence(0)),
    ],
    ids=["webm", "wav", "mp4", "header alone", "no samples"],
)
def test_recording_without_sound_is_damaged(content: bytes) -> None:
    assert cause_of(content) is BadRecording.DAMAGED


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([encoded(A_TONE, *WEBM), encoded(A_TONE, *MP4), wav(A_TONE)]), st.data())
def test_a_damaged_recording_is_read_or_refused(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(12, len(content) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=40))
    with suppress(UnusableRecordingError):
        read(content[:place] + damage + content[place + len(damage) :])


# Limits


def test_an_empty_recording_is_refused() -> None:
    with pytest.raises(UnusableRecordingError, match="empty"):
        recording_of(b"")


def test_a_recording_over_the_size_limit_is_refused() -> None:
    with pytest.raises(UnusableRecordingError, match="larger than 25 MB"):
        recording_of(b"RIFF1234WAVE" + bytes(MAX_RECORDING_BYTES))


def test_a_recording_of_more_than_ten_minutes_is_refused() -> None:
    assert cause_of(wav(np.zeros(8_000 * 602), rate=8_000)) is BadRecording.TOO_LONG


def test_a_rate_at_which_nothing_is_recorded_is_refused() -> None:
    assert cause_of(wav(np.zeros(100_000), rate=1)) is BadRecording.UNKNOWN_KIND


def test_a_child_that_takes_too_long_is_ended() -> None:
    reader = ChildProcessSoundReader(wall_seconds=0.001)
    assert cause_of(wav(A_TONE), reader) is BadRecording.TOO_SLOW


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not hold the limit")
def test_a_child_that_takes_too_much_memory_is_ended() -> None:
    reader = ChildProcessSoundReader(memory_mb=24)
    assert cause_of(wav(A_TONE), reader) is BadRecording.TOO_HEAVY


def test_ten_minutes_fit_into_the_smallest_memory_limit() -> None:
    reader = ChildProcessSoundReader(memory_mb=256)
    sound = reader.read(recording_of(wav(noise(595), rate=16_000)))
    assert sound.seconds == pytest.approx(595)


def test_a_reader_that_stays_busy_says_so() -> None:
    with sound_reader._turn:
        reader = ChildProcessSoundReader(queue_seconds=0)
        assert cause_of(wav(A_TONE), reader) is BadRecording.BUSY


@pytest.mark.parametrize("output", [b"", b"no answer\n", b"\n{}"])
def test_a_child_that_says_nothing_usable_means_damage(output: bytes) -> None:
    with pytest.raises(UnusableRecordingError) as caught:
        sound_reader._sound(0, output)
    assert caught.value.cause is BadRecording.DAMAGED


def test_the_child_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.path.append(sys.argv[1]); import json, core.adapters.sound_child;"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    root = str(Path(sound_reader.__file__).parents[2])
    command = [sys.executable, "-I", "-c", code, root]
    ran = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    assert not set(json.loads(ran.stdout)) & {"streamlit", "pandas", "numpy", "sqlalchemy"}


def test_every_refusal_says_what_to_do() -> None:
    for cause in BadRecording:
        assert any(way in str(UnusableRecordingError(cause)) for way in ("type", "try again"))


@needs_espeak
def test_spans_lie_in_order_within_the_recording() -> None:
    sound = read(wav(joined(spoken(), silence(1), spoken(SENTENCE[:60]))))
    places = [place for span in sound.speech for place in (span.start_seconds, span.end_seconds)]
    assert places == sorted(places)
    assert isinstance(sound.speech[0], Span)
    assert places[-1] <= sound.seconds
