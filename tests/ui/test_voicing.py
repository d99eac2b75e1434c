"""Whose voice the interviewer has: chosen where there is a key, and never in the way of the question."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core import bootstrap
from core.bootstrap import Application, application, forget_application
from core.config import Settings
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import Usage
from core.domain.voice import Voiced, VoiceKind, VoiceOffer
from core.services.accounts import guest_id
from tests.stub_provider.gemini_wire import tone
from tests.ui.conftest import ROUTER
from tests.ui.test_pages import said, start

SECONDS = 20.0
pytestmark = pytest.mark.usefixtures("app")


class SteeredVoice:
    """A Voice that waits until it may go on, and then speaks or fails; and the Voices that know it."""

    name = "Gemini"

    def __init__(self) -> None:
        self.may_go_on = Event()
        self.may_go_on.set()
        self.fault: ModelFault | None = None
        self.asked: list[str] = []
        self.has_key = True

    def speak(self, text: str, timeout_seconds: float, is_cancelled: Callable[[], bool]) -> Voiced:  # noqa: ARG002 - the port's signature
        self.asked.append(text)
        self.may_go_on.wait(SECONDS)
        if self.fault:
            raise ModelError(self.fault, self.name)
        return Voiced(tone(), Usage(10, 0, 90))

    def offers(self, user_id: UUID) -> tuple[VoiceOffer, ...]:  # noqa: ARG002 - the port's signature
        return (
            VoiceOffer(VoiceKind.BROWSER, "Your browser's", "Free.", None, is_ready=True),
            VoiceOffer(VoiceKind.GEMINI, "Gemini's", "To Google.", None, is_ready=self.has_key),
        )

    def gemini(self, user_id: UUID) -> "SteeredVoice":  # noqa: ARG002 - the port's signature
        return self


@pytest.fixture
def voice() -> SteeredVoice:
    return SteeredVoice()


@pytest.fixture
def app(
    voice: SteeredVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """The product with that voice."""
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    forget_application()
    build = bootstrap.build

    def with_voice(chosen: Settings) -> Application:
        made = build(chosen)
        return replace(made, voicing=replace(made.voicing, voices=voice))

    monkeypatch.setattr(bootstrap, "build", with_voice)
    yield application()
    voice.may_go_on.set()
    forget_application()


def spoken_by_gemini() -> AppTest:
    """In front of the first question of an interview with Gemini's voice."""
    visit = AppTest.from_file(str(ROUTER), default_timeout=30).run()
    visit.segmented_control(key="practice_answer_by").set_value("Voice").run()
    visit.selectbox(key="practice_voice").set_value(VoiceKind.GEMINI).run()
    return start(visit)


def settled(visit: AppTest) -> AppTest:
    """After the voice's work is over."""
    asked = visit.session_state["room_voice"]
    if asked.job:
        assert asked.job.wait(SECONDS)
    return visit.run()


def test_nothing_is_asked_where_there_is_only_the_browsers_voice(
    voice: SteeredVoice,
) -> None:
    voice.has_key = False
    visit = AppTest.from_file(str(ROUTER), default_timeout=30).run()
    visit.segmented_control(key="practice_answer_by").set_value("Voice").run()
    assert "practice_voice" not in [box.key for box in visit.selectbox]


def test_choice_stays_with_the_interview_and_its_tokens_are_counted(
    app: Application, voice: SteeredVoice
) -> None:
    visit = settled(spoken_by_gemini())
    assert not visit.exception
    user = guest_id(visit.session_state["session_guest_token"])
    interview = app.interviewing.interview(user, app.interviewing.interviews(user)[0].id)
    assert interview.setup.speech.voice is VoiceKind.GEMINI
    assert interview.tokens_used == 100
    assert voice.asked == [interview.current.question.text]


def test_question_stands_there_while_its_voice_is_awaited(
    voice: SteeredVoice,
) -> None:
    voice.may_go_on.clear()
    visit = spoken_by_gemini()
    assert voice.asked[0] in said(visit)
    assert visit.text_area[0].label == "Your answer"


def test_voice_is_asked_for_once_however_often_the_page_is_drawn(
    voice: SteeredVoice,
) -> None:
    visit = settled(spoken_by_gemini())
    visit.run()
    visit.run()
    assert len(voice.asked) == 1


def test_fault_is_told_once_and_the_rest_is_left_to_the_browser(
    voice: SteeredVoice,
) -> None:
    voice.fault = ModelFault.NO_CREDIT
    visit = settled(spoken_by_gemini())
    assert "Gemini could not speak: this key has no credit left." in said(visit)
    visit.button(key="room_skip_1").click().run()
    assert not visit.exception
    assert "could not speak" not in said(visit)
    assert len(voice.asked) == 1


def test_next_interview_tries_again(voice: SteeredVoice) -> None:
    voice.fault = ModelFault.TIMED_OUT
    settled(spoken_by_gemini())
    settled(spoken_by_gemini())
    assert len(voice.asked) == 2


def test_muted_voice_is_not_paid_for(voice: SteeredVoice) -> None:
    visit = settled(spoken_by_gemini())
    visit.session_state["room_voice_is_muted"] = True
    visit.button(key="room_skip_1").click().run()
    assert len(voice.asked) == 1
