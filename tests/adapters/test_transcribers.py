"""What all transcribers have in common, and what each of them is sent and tells."""

import base64
import io
import json
import math
from collections.abc import Iterator
from email import message_from_bytes

import av
import numpy as np
import pytest

from core.adapters.deepgram_transcriber import DeepgramTranscriber
from core.adapters.gemini_transcriber import GeminiTranscriber
from core.adapters.google_web_transcriber import GOOGLE_URL, MAX_PIECE_SECONDS, pieces_of
from core.adapters.openai_transcriber import CompatibleTranscriber, OpenAITranscriber
from core.domain.errors import ModelError, ModelFault
from core.domain.speech import Hints, Span
from core.speech_ports import Transcriber
from tests.adapters.transcribers import A_SOUND, HINTS, KEY, MAKERS, Make, heard_by
from tests.speech.sounds import noise, sound
from tests.stub_provider.script import Mishap
from tests.stub_transcriber import SAID, SURE, Sent, StubTranscriber

FLAC = A_SOUND.flac


@pytest.fixture
def stub() -> Iterator[StubTranscriber]:
    with StubTranscriber() as running:
        yield running


@pytest.fixture(params=list(MAKERS.values()), ids=list(MAKERS))
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


@pytest.fixture
def transcriber(make: Make, stub: StubTranscriber) -> Transcriber:
    return make(stub.url)


def only(stub: StubTranscriber) -> Sent:
    (sent,) = stub.sent
    return sent


def form_of(sent: Sent) -> dict[str, list[bytes]]:
    """The fields of a multipart form."""
    head = f"Content-Type: {sent.headers['content-type']}\r\n\r\n".encode()
    fields: dict[str, list[bytes]] = {}
    for part in message_from_bytes(head + sent.body).get_payload():
        assert not isinstance(part, str)
        name = str(part.get_param("name", header="content-disposition"))
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        fields.setdefault(name.removesuffix("[]"), []).append(payload)
    return fields


# All of them


def test_words_are_heard(transcriber: Transcriber) -> None:
    transcript = heard_by(transcriber)
    assert (transcript.text, transcript.transcribed_by) == (SAID, transcriber.name)


def test_text_beyond_ascii_arrives_unchanged(
    transcriber: Transcriber, stub: StubTranscriber
) -> None:
    stub.then("Zoë's naïve café — 東京")
    assert heard_by(transcriber).text == "Zoë's naïve café — 東京"


def test_nothing_heard_is_no_text_and_no_error(
    transcriber: Transcriber, stub: StubTranscriber
) -> None:
    stub.then("")
    assert heard_by(transcriber).text == ""


def test_language_is_told_as_a_code(transcriber: Transcriber) -> None:
    assert heard_by(transcriber).language.startswith("en")


def test_headers_tell_nothing_of_the_host(transcriber: Transcriber, stub: StubTranscriber) -> None:
    heard_by(transcriber)
    assert set(only(stub).headers) <= {
        "host", "accept", "content-type", "content-length", "user-agent", "accept-encoding",
        "connection", "authorization", "x-goog-api-key",
    }  # fmt: skip


def test_key_is_in_no_address(transcriber: Transcriber, stub: StubTranscriber) -> None:
    heard_by(transcriber)
    assert KEY not in json.dumps([only(stub).path, only(stub).query])


def test_cancelled_call_is_not_made(transcriber: Transcriber, stub: StubTranscriber) -> None:
    with pytest.raises(ModelError) as caught:
        transcriber.transcribe(A_SOUND, HINTS, 10, lambda: True)
    assert (caught.value.fault, stub.sent) == (ModelFault.CANCELLED, [])


def test_time_bounds_the_call(transcriber: Transcriber, stub: StubTranscriber) -> None:
    stub.then(Mishap.HANG)
    with pytest.raises(ModelError) as caught:
        heard_by(transcriber, timeout_seconds=0.2)
    assert caught.value.fault is ModelFault.TIMED_OUT


@pytest.mark.parametrize("make_keyed", [OpenAITranscriber, GeminiTranscriber, DeepgramTranscriber])
def test_empty_key_is_refused(
    make_keyed: type[OpenAITranscriber | GeminiTranscriber | DeepgramTranscriber],
) -> None:
    with pytest.raises(ModelError) as caught:
        make_keyed(" ")
    assert caught.value.fault is ModelFault.KEY_REFUSED


@pytest.mark.parametrize("name", ["gemini", "deepgram"])
def test_who_keeps_fillers_says_so(name: str, stub: StubTranscriber) -> None:
    assert heard_by(MAKERS[name](stub.url)).fillers_reliable


@pytest.mark.parametrize("name", ["openai", "compatible", "google_web"])
def test_who_leaves_fillers_out_says_so(name: str, stub: StubTranscriber) -> None:
    assert not heard_by(MAKERS[name](stub.url)).fillers_reliable


# Each of them


def test_openai_is_sent_flac_and_terms(stub: StubTranscriber) -> None:
    heard_by(MAKERS["openai"](stub.url))
    form = form_of(only(stub))
    assert form["file"] == [FLAC]
    assert form["model"] == [b"gpt-transcribe"]
    assert form["keywords"] == [b"PostgreSQL", b"hash map"]
    assert form["languages"] == [b"en"]
    assert only(stub).headers["authorization"] == f"Bearer {KEY}"


def test_compatible_server_is_sent_terms_as_a_prompt(stub: StubTranscriber) -> None:
    heard_by(MAKERS["compatible"](stub.url))
    form = form_of(only(stub))
    assert (form["prompt"], form["language"]) == ([b"PostgreSQL, hash map"], [b"en"])


def test_compatible_server_tells_times_and_confidence(stub: StubTranscriber) -> None:
    transcript = heard_by(MAKERS["compatible"](stub.url))
    assert transcript.words[1].text == "used"
    assert transcript.words[1].span == Span(0.25, 0.5)
    assert transcript.confidence == pytest.approx(math.exp(-0.0726))


def test_compatible_server_on_a_private_address_is_refused_by_default(
    stub: StubTranscriber,
) -> None:
    with pytest.raises(ModelError) as caught:
        heard_by(CompatibleTranscriber(KEY, "", f"{stub.url}/v1"))
    assert (caught.value.fault, stub.sent) == (ModelFault.ADDRESS_REFUSED, [])


def test_gemini_is_asked_verbatim(stub: StubTranscriber) -> None:
    heard_by(MAKERS["gemini"](stub.url))
    body = json.loads(only(stub).body)
    config = body["generationConfig"]["audioTranscriptionConfig"]
    assert config == {  # the SDK's spelling; Google takes a field's name in either form
        "mode": "VERBATIM",
        "language_codes": ["en"],
        "custom_vocabulary": ["PostgreSQL", "hash map"],
    }
    data = body["contents"][0]["parts"][0]["inlineData"]
    assert data["mime_type"] == "audio/flac"
    assert base64.urlsafe_b64decode(data["data"]) == FLAC
    assert only(stub).path == "/v1beta/models/gemini-3.5-transcribe:generateContent"


def test_deepgram_is_asked_for_fillers(stub: StubTranscriber) -> None:
    heard_by(MAKERS["deepgram"](stub.url))
    sent = only(stub)
    assert sent.query == {
        "model": ["nova-3"],
        "language": ["en"],
        "filler_words": ["true"],
        "punctuate": ["true"],
        "keyterm": ["PostgreSQL", "hash map"],
    }
    assert (sent.body, sent.headers["content-type"]) == (FLAC, "audio/flac")
    assert sent.headers["authorization"] == f"Token {KEY}"


def test_deepgram_tells_times_and_confidence(stub: StubTranscriber) -> None:
    transcript = heard_by(MAKERS["deepgram"](stub.url))
    assert transcript.confidence == SURE
    assert transcript.words[1].span == Span(0.25, 0.5)
    assert transcript.words[1].confidence == SURE


def test_google_is_called_over_https_alone() -> None:
    assert GOOGLE_URL.startswith("https://")


def test_google_is_sent_flac_of_the_samples(stub: StubTranscriber) -> None:
    spoken = sound(noise(1.0))
    heard_by(MAKERS["google_web"](stub.url), spoken)
    sent = only(stub)
    assert sent.headers["content-type"] == "audio/x-flac; rate=16000"
    with av.open(io.BytesIO(sent.body), "r", format="flac") as container:
        samples = b"".join(frame.to_ndarray().tobytes() for frame in container.decode(audio=0))
    assert samples == spoken.samples


def test_google_hears_a_long_answer_in_pieces(stub: StubTranscriber) -> None:
    stub.then("one", "", "three")
    heard = heard_by(MAKERS["google_web"](stub.url), sound(np.zeros(16_000 * 70)))
    assert (heard.text, len(stub.sent)) == ("one three", 3)


def test_pieces_are_cut_in_pauses() -> None:
    spoken = sound(np.zeros(16_000 * 70), (0, 20), (22, 41), (43, 70))
    seconds = [len(piece) / 32_000 for piece in pieces_of(spoken)]
    assert seconds == [21.0, 21.0, 28.0]


def test_pieces_without_pauses_are_cut_all_the_same() -> None:
    spoken = sound(noise(70))
    pieces = list(pieces_of(spoken))
    assert b"".join(pieces) == spoken.samples
    assert max(len(piece) for piece in pieces) == MAX_PIECE_SECONDS * 32_000


def test_hints_without_terms_are_left_out(stub: StubTranscriber) -> None:
    heard_by(MAKERS["deepgram"](stub.url), hints=Hints())
    assert "keyterm" not in only(stub).query
