"""Gemini's speech on the stub: what is asked, what comes back, and everything that can go wrong."""

import wave
from collections.abc import Iterator
from io import BytesIO

import pytest

from core.adapters.gemini_voice import MODEL, VOICE, GeminiVoice, _as_wav
from core.domain.errors import ModelError, ModelFault
from core.domain.voice import Voiced
from tests.stub_provider.gemini_wire import tone
from tests.stub_provider.script import Mishap, Status, Turn
from tests.stub_provider.server import StubProvider, closed_url

KEY = "candidate-4711"
TEXT = "Tell me about yourself."


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider() as running:
        yield running


def spoken(stub: StubProvider, seconds: float = 10.0) -> Voiced:
    return GeminiVoice(KEY, stub.url).speak(TEXT, seconds, lambda: False)


def test_text_comes_back_as_sound_with_what_it_took(stub: StubProvider) -> None:
    voiced = spoken(stub)
    assert voiced.wav == tone()
    assert voiced.usage.total == 150


def test_only_the_text_is_sent_on_the_candidates_key(stub: StubProvider) -> None:
    spoken(stub)
    [request] = stub.requests
    assert request.path.startswith(f"/v1beta/models/{MODEL}:generateContent")
    assert request.headers["x-goog-api-key"] == KEY
    assert request.user_text == TEXT
    assert request.instructions == ""
    asked = request.body["generationConfig"]
    assert asked["responseModalities"] == ["AUDIO"]
    assert asked["speechConfig"] == {
        "voice_config": {"prebuilt_voice_config": {"voice_name": VOICE}}  # as the SDK spells it
    }


def test_bare_samples_get_the_head_of_a_file() -> None:
    with wave.open(BytesIO(_as_wav(b"\0\1" * 240))) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (24_000, 1, 240)


@pytest.mark.parametrize(
    ("turn", "fault"),
    [
        (Status(400), ModelFault.BAD_REQUEST),
        (Status(401), ModelFault.KEY_REFUSED),
        (Status(403), ModelFault.FORBIDDEN),
        (Status(404), ModelFault.MODEL_UNKNOWN),
        (Status(429), ModelFault.RATE_LIMITED),
        (Status(500), ModelFault.OVERLOADED),
        (Status(503), ModelFault.OVERLOADED),
        (Mishap.DROP_AT_ONCE, ModelFault.UNREACHABLE),
        (Mishap.GARBAGE, ModelFault.MALFORMED),
        (Mishap.FLOOD, ModelFault.MALFORMED),
        (Mishap.END_EARLY, ModelFault.MALFORMED),
        (Mishap.TRUNCATE, ModelFault.TRUNCATED),
        (Mishap.REFUSE, ModelFault.REFUSED),
    ],
    ids=str,
)
def test_fault_is_told_and_it_is_asked_once(
    turn: Turn, fault: ModelFault, stub: StubProvider
) -> None:
    stub.then(turn)
    with pytest.raises(ModelError) as caught:
        spoken(stub)
    assert caught.value.fault is fault
    assert len(stub.requests) == 1


def test_voice_that_takes_too_long_is_given_up(stub: StubProvider) -> None:
    stub.then(Mishap.HANG)
    with pytest.raises(ModelError) as caught:
        spoken(stub, 0.3)
    assert caught.value.fault is ModelFault.TIMED_OUT


def test_nobody_there_is_told() -> None:
    with pytest.raises(ModelError) as caught:
        GeminiVoice(KEY, closed_url()).speak(TEXT, 5, lambda: False)
    assert caught.value.fault is ModelFault.UNREACHABLE


def test_what_a_useless_reply_took_is_counted(stub: StubProvider) -> None:
    stub.then(Mishap.END_EARLY)
    with pytest.raises(ModelError) as caught:
        spoken(stub)
    assert caught.value.usage.total == 150


def test_reply_that_says_no_usage_is_fine(stub: StubProvider) -> None:
    stub.then(Mishap.NO_USAGE)
    assert spoken(stub).usage.total == 0


def test_empty_key_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ModelError):
        GeminiVoice("  ")
