"""The interviewer's voice, in a browser whose voices are known."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import WAIT_MS
from tests.e2e.drills import until
from tests.e2e.own_key import add_key
from tests.e2e.server import Server
from tests.known_providers import GEMINI
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Pace, Status
from tests.stub_provider.server import StubProvider

pytestmark = pytest.mark.e2e

_VOICES = """(() => {
  const voices = [
    { name: "Far", lang: "en-GB", localService: false },
    { name: "Near", lang: "en-US", localService: true },
    { name: "Fremd", lang: "de-DE", localService: true },
  ];
  window.said = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    cancel: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
    speak: (words) => { said.push(words); setTimeout(() => words.onstart(), 0); },
  }});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})()"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


def begin(page: Page, url: str) -> None:
    journey.open_practice(page, url)
    page.get_by_role("radio", name="Voice").click()
    expect(page.get_by_role("button", name="Check the microphone")).to_be_visible()
    journey.start_interview(page)


def said(page: Page) -> str:
    return str(page.evaluate("said.map((words) => words.text).join('')"))


def test_question_is_said_once_in_a_voice_of_this_machine(server: Server, page: Page) -> None:
    page.add_init_script(_VOICES)
    begin(page, server.url)
    expect(page.get_by_role("button", name="Say it again")).to_be_visible()
    assert said(page) == journey.question_text(page)
    assert page.evaluate("said[0].voice.name") == "Near"
    page.get_by_role("button", name="Say it again").click()
    assert said(page) == journey.question_text(page) * 2
    page.reload()
    expect(page.get_by_role("button", name="Say it again")).to_be_visible()
    assert said(page) == ""


def test_muted_interviewer_stays_silent_and_the_text_is_there(server: Server, page: Page) -> None:
    page.add_init_script(_VOICES)
    begin(page, server.url)
    page.get_by_role("button", name="Mute").click()
    before = said(page)
    page.get_by_role("button", name="Skip").click()
    journey.expect_question(page, 2)
    expect(page.get_by_role("button", name="Unmute")).to_be_visible()
    assert said(page) == before


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_mouth_moves_unless_less_motion_is_wanted(
    motion: str, moves: bool, server: Server, page: Page
) -> None:
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    page.add_init_script(_VOICES)
    begin(page, server.url)
    mouth = page.locator("[data-part=mouth]")
    shapes = set()
    for _ in range(12):
        shapes.add(mouth.get_attribute("ry"))
        page.wait_for_timeout(100)
    assert (len(shapes) > 1) is moves


def test_browser_without_voices_shows_no_controls_and_the_question(
    server: Server, page: Page
) -> None:
    begin(page, server.url)
    assert journey.question_text(page).startswith("Tell me")
    expect(page.get_by_role("button", name="Say it again")).to_have_count(0)


_LISTEN = """(() => {
  window.played = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    played.push(this.src.slice(0, 15));
    return play.call(this);
  };
})()"""


def test_voice_on_the_candidates_key_speaks_and_the_browsers_goes_on_where_it_fails(
    own_server: Callable[..., Server], page: Page
) -> None:
    page.add_init_script(_VOICES + ";" + _LISTEN)
    with StubProvider(interviewer_reply) as stub:
        server = own_server(GEMINI_API_URL=stub.url)
        add_key(page, server, GEMINI, stub)
        page.goto(server.url)
        page.locator(".st-key-practice_interviewer label", has_text="built-in").click()
        page.get_by_role("radio", name="Voice").click()
        choose_voice(page, "Gemini's")
        stub.forget()
        stub.pace = Pace(1.5)
        journey.start_interview(page)
        journey.answer_box(page).press_sequentially("Typed meanwhile.")
        until(lambda: page.evaluate("played") == ["data:audio/wav;"])
        assert said(page) == ""
        expect(journey.answer_box(page)).to_have_value("Typed meanwhile.")
        expect(page.get_by_text("150 tokens used so far")).to_be_visible()
        page.get_by_role("button", name="Say it again").click()
        assert page.evaluate("played.length") == 2
        assert [request.user_text for request in stub.requests] == [journey.question_text(page)]
        stub.then(Status(429))
        page.get_by_role("button", name="Skip").click()
        journey.expect_question(page, 2)
        expect(page.get_by_text("Gemini could not speak")).to_be_visible()
        assert journey.question_text(page) in said(page)
        page.get_by_role("button", name="Skip").click()
        journey.expect_question(page, 3)
        expect(page.get_by_text("Gemini could not speak")).to_have_count(0)
        assert len(stub.requests) == 2


def choose_voice(page: Page, name: str) -> None:
    box = page.get_by_role("combobox", name="The interviewer's voice")
    expect(box).to_be_visible()
    journey.expect_settled(page)  # a list that is open closes where the page is drawn anew
    box.click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_text("Each question's text goes to Google")).to_be_visible()
