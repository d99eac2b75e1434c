"""Keys for transcribers, through the whole product: entered, checked, and used for a spoken answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application, application, forget_application
from core.domain.errors import KeyMissingError, ModelError
from core.domain.language_model import Provider
from core.domain.speech import Hints, TranscriberChoice, TranscriberKind, Unheard, recording_of
from tests.builders import ALICE
from tests.speech.sounds import encoded, needs_espeak, silence, spoken
from tests.stub_provider.script import Status
from tests.stub_transcriber import SAID, StubTranscriber
from tests.ui.conftest import ROUTER

DEEPGRAM = Provider("deepgram")
KEY = "0123456789abcdef0123456789abcdef01234567"
CHOICE = TranscriberChoice(TranscriberKind.DEEPGRAM)


@pytest.fixture
def stub() -> Iterator[StubTranscriber]:
    with StubTranscriber() as running:
        yield running


@pytest.fixture
def app(
    stub: StubTranscriber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DEEPGRAM_API_URL", stub.url)
    forget_application()
    yield application()
    forget_application()


def ready(app: Application) -> set[TranscriberKind]:
    return {o.choice.kind for o in app.transcribing.offers(ALICE) if o.is_ready}


def test_without_keys_only_google_without_a_key_is_ready(app: Application) -> None:
    assert ready(app) == {TranscriberKind.GOOGLE_WEB}
    first = app.transcribing.offers(ALICE)[0]
    assert first.needs_consent


def test_every_transcriber_is_offered_and_says_who_hears(app: Application) -> None:
    offers = app.transcribing.offers(ALICE)
    assert {offer.choice.kind for offer in offers} == set(TranscriberKind)
    assert all("The sound of your answer goes to" in offer.hears for offer in offers)


def test_accepted_key_makes_its_transcriber_ready(app: Application, stub: StubTranscriber) -> None:
    app.keys.add_key(ALICE, DEEPGRAM, KEY, keep=True)
    assert TranscriberKind.DEEPGRAM in ready(app)
    assert [sent.path for sent in stub.sent] == ["/v1/projects"]


def test_refused_key_is_not_kept(app: Application, stub: StubTranscriber) -> None:
    stub.then(Status(401))
    with pytest.raises(ModelError, match="Deepgram does not accept this key"):
        app.keys.add_key(ALICE, DEEPGRAM, KEY, keep=True)
    assert app.keys.keys_of(ALICE) == ()


@needs_espeak
def test_without_its_key_nothing_is_sent(app: Application, stub: StubTranscriber) -> None:
    recording = recording_of(encoded(spoken("one two three four five"), "webm", "libopus"))
    with pytest.raises(KeyMissingError):
        app.transcribing.transcribe(ALICE, recording, Hints(), CHOICE)
    assert stub.sent == []


@needs_espeak
def test_spoken_answer_is_heard_beside_the_page(app: Application, stub: StubTranscriber) -> None:
    app.keys.add_key(ALICE, DEEPGRAM, KEY, keep=True)
    recording = recording_of(encoded(spoken(), "webm", "libopus"))
    heard = app.transcribing.transcribe(ALICE, recording, Hints(("Redis",)), CHOICE)
    assert heard.transcript is not None
    assert heard.transcript.text == SAID
    assert heard.delivery is not None
    assert heard.delivery.fillers_per_minute is not None
    assert stub.sent[-1].body.startswith(b"fLaC")


def test_silence_is_sent_nowhere(app: Application, stub: StubTranscriber) -> None:
    recording = recording_of(encoded(silence(2), "webm", "libopus"))
    heard = app.transcribing.transcribe(ALICE, recording, Hints(), CHOICE)
    assert (heard.unheard, stub.sent) == (Unheard.NO_SPEECH, [])


@pytest.mark.usefixtures("app")
def test_settings_take_its_key_and_ask_for_no_model() -> None:
    page = AppTest.from_file(str(ROUTER), default_timeout=30).run()
    page = page.switch_page("../pages/settings.py").run()
    page.segmented_control(key="keys_provider").set_value(DEEPGRAM).run()
    page.text_input(key="keys_key").set_value(KEY)
    next(button for button in page.button if button.label == "Check and use this key").click()
    page.run()
    assert not page.exception
    assert f"**Deepgram** •••{KEY[-4:]}" in "".join(element.value for element in page.markdown)
    assert not [box for box in page.selectbox if box.label == "Model of Deepgram"]
