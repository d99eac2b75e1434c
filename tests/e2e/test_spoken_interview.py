"""An interview by voice in a real browser, whose microphone hears a synthetic voice; and what may go wrong."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from core.domain.interview_setup import SpeechSetup
from scripts.ensure_espeak import NAME
from tests.e2e import journey
from tests.e2e.conftest import WAIT_MS, launch
from tests.e2e.drills import until
from tests.e2e.line import Line
from tests.e2e.seating import enter_room
from tests.e2e.server import Server
from tests.e2e.spoken_app import CHOICE, SPOKEN
from tests.spawner import spawn
from tests.speech.sounds import needs_espeak
from tests.stub_transcriber import SAID, StubTranscriber

pytestmark = [pytest.mark.e2e, needs_espeak]

MEGABYTE = 1024 * 1024
MOST_SERVER_BYTES = 400 * MEGABYTE
MOST_BYTES_A_MINUTE = 300_000
MOST_RERUN_BYTES = 1_000
_WATCH_TRACKS = """(() => {
  if (!navigator.mediaDevices) return;
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.tracks = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
})()"""


class SpokenServer(Server):
    """A server whose transcriber is steered by files; see `tests.e2e.spoken_app`."""

    def __init__(self, folder: Path) -> None:
        self._speech = folder / "speech"
        self._speech.mkdir()
        super().__init__(
            folder / "var",
            module="tests.e2e.spoken_app",
            launch=spawn,
            SPEECH=str(self._speech),
        )

    def set(self, name: str) -> None:
        (self._speech / name).touch()

    def clear(self) -> None:
        for name in ("hold", "fail", "calls"):
            (self._speech / name).unlink(missing_ok=True)

    def go_on(self) -> None:
        (self._speech / "hold").unlink(missing_ok=True)

    @property
    def calls(self) -> int:
        """How many recordings were sent to the transcriber."""
        calls = self._speech / "calls"
        return len(calls.read_text()) if calls.exists() else 0


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Someone who says `SPOKEN`, again and again."""
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    subprocess.run([NAME, "-v", "en-us", "-s", "150", "-w", str(path), SPOKEN], check=True)
    return path


@pytest.fixture(scope="module")
def speaker(playwright: Playwright, voice: Path) -> Iterator[Browser]:
    """A browser that gives the microphone away, which hears the voice."""
    browser = launch(
        playwright,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def refuser(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose owner refuses the microphone."""
    browser = launch(playwright, "--use-fake-device-for-media-stream", "--deny-permission-prompts")
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpokenServer]:
    server = SpokenServer(tmp_path_factory.mktemp("spoken"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(shared_server: SpokenServer) -> Iterator[SpokenServer]:
    if not shared_server.is_running:
        shared_server.start()
    yield shared_server
    shared_server.clear()


@pytest.fixture
def page(speaker: Browser) -> Iterator[Page]:
    yield from _page(speaker)


def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(_WATCH_TRACKS)
    yield context.new_page()
    context.close()


def begin(server: SpokenServer, page: Page, url: str = "") -> None:
    """In front of the first question, to be answered by voice; `url` where the browser takes another way."""
    enter_room(server, page, url, speech=SpeechSetup(is_spoken=True, transcriber=CHOICE))
    expect(page.get_by_role("button", name="Start Listening")).to_be_visible()


def begin_on_practice(
    server: SpokenServer, page: Page, length: int = 3, *, keeps_recordings: bool = False
) -> None:
    """The same, with everything chosen by hand."""
    journey.open_practice(page, server.url)
    journey.choose_length(page, length)
    page.get_by_role("radio", name="Voice").click()
    if keeps_recordings:
        page.get_by_text("Store my recordings").click()
    expect(page.get_by_text("It stays here.")).to_be_visible()
    journey.start_interview(page)
    expect(page.get_by_role("button", name="Start Listening")).to_be_visible()


def speak(page: Page, seconds: float = 1.5) -> None:
    """Record for some seconds."""
    page.get_by_role("button", name="Start Listening").click()
    expect(page.get_by_role("button", name="Stop Listening")).to_be_visible()
    page.wait_for_timeout(seconds * 1000)
    page.get_by_role("button", name="Stop Listening").click()
    expect(page.get_by_role("button", name="Send recording")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send recording").click()


def expect_words(page: Page) -> None:
    expect(page.get_by_text("Your words are in the box below.")).to_be_visible()
    expect(journey.answer_box(page)).to_have_value(SPOKEN)


def live_tracks(page: Page) -> int:
    return int(page.evaluate("tracks.filter((one) => one.readyState === 'live').length"))


def kept_clips(page: Page) -> int:
    """How many recordings the browser still keeps."""
    count = """() => new Promise((resolve) => {
      const request = indexedDB.open("mock-interview-recordings", 1);
      request.onsuccess = () => {
        const all = request.result.transaction("clips").objectStore("clips").count();
        all.onsuccess = () => resolve(all.result);
      };
    })"""
    return int(page.evaluate(count))


def test_interview_of_five_questions_by_voice(server: SpokenServer, page: Page) -> None:
    begin_on_practice(server, page, length=5)
    for number in range(1, 6):
        journey.expect_question(page, number)
        speak(page)
        send(page)
        expect_words(page)
        journey.answer_box(page).press_sequentially(" Number " + str(number))
        page.get_by_role("button", name="Submit answer").click()
        expect(page.locator(".answer-text").first).to_contain_text("Number " + str(number))
        page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text("5 judged")).to_be_visible()
    assert server.calls == 5
    assert live_tracks(page) == 0
    assert kept_clips(page) == 0
    assert psutil.Process(server.pid).memory_info().rss <= MOST_SERVER_BYTES


def test_level_moves_while_someone_speaks_and_the_recording_can_be_heard(
    server: SpokenServer, page: Page
) -> None:
    begin(server, page)
    page.get_by_role("button", name="Start Listening").click()
    meter = page.get_by_role("meter", name="Microphone level")
    until(lambda: int(meter.get_attribute("aria-valuenow") or 0) > 30)
    assert live_tracks(page) == 1
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="Stop Listening").click()
    player = page.locator("audio")
    expect(player).to_be_visible()
    assert live_tracks(page) == 0
    player.evaluate("(audio) => audio.play()")
    until(lambda: player.evaluate("(audio) => audio.currentTime") > 0.3)


def test_recording_pauses_and_goes_on_by_keyboard(server: SpokenServer, page: Page) -> None:
    begin(server, page)
    page.get_by_role("button", name="Start Listening").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop Listening")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Paused. Nothing is recorded now.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("We are listening.")).to_be_visible()


def test_delivery_is_shown_beside_the_judgement_and_in_the_report(
    server: SpokenServer, page: Page
) -> None:
    begin(server, page)
    speak(page, 6)
    send(page)
    expect_words(page)
    page.get_by_role("button", name="Submit answer").click()
    page.get_by_text("How you said it").click()
    expect(page.locator(".heard")).to_contain_text("I think hedge")
    expect(page.locator(".measures")).to_contain_text("words a minute")
    page.get_by_role("button", name="Finish early").click()
    page.get_by_role("button", name="Finish and see the report").click()
    page.get_by_text("1. Tell me").click()
    page.get_by_text("How you said it").click()
    expect(page.locator(".heard")).to_contain_text("Um filler")
    expect(page.get_by_role("button", name="Listen to your recording")).to_have_count(0)


def test_stored_recording_is_heard_in_the_report(server: SpokenServer, page: Page) -> None:
    begin_on_practice(server, page, keeps_recordings=True)
    speak(page)
    send(page)
    expect_words(page)
    page.get_by_role("button", name="Submit answer").click()
    journey.expect_settled(page)
    page.get_by_text("How you said it").click()
    page.get_by_role("button", name="Listen to your recording").click()
    player = page.locator("audio[data-testid=stAudio], [data-testid=stAudio] audio").first
    until(lambda: player.evaluate("(audio) => audio.readyState") >= 2)


def test_reload_in_the_middle_of_recording_loses_nothing(server: SpokenServer, page: Page) -> None:
    begin(server, page)
    page.get_by_role("button", name="Start Listening").click()
    page.wait_for_timeout(2500)
    page.reload()
    expect(page.get_by_text("This recording was kept when the page was closed.")).to_be_visible()
    send(page)
    expect_words(page)
    assert kept_clips(page) == 0


def test_reload_while_words_are_written_down_pays_once(server: SpokenServer, page: Page) -> None:
    begin(server, page)
    speak(page)
    server.set("hold")
    send(page)
    until(lambda: server.calls == 1)
    page.reload()
    expect(page.get_by_text("Your words are being written down.")).to_be_visible()
    server.go_on()
    expect_words(page)
    assert server.calls == 1


def test_typing_goes_on_while_words_are_written_down(server: SpokenServer, page: Page) -> None:
    begin(server, page)
    speak(page)
    server.set("hold")
    send(page)
    until(lambda: server.calls == 1)
    journey.answer_box(page).press_sequentially("Typed meanwhile.")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    server.go_on()
    expect(journey.answer_box(page)).to_have_value(f"Typed meanwhile.\n{SPOKEN}")


def test_words_that_were_deleted_do_not_come_back(server: SpokenServer, page: Page) -> None:
    begin(server, page)
    speak(page)
    send(page)
    expect_words(page)
    journey.answer_box(page).fill("Rather this.")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(journey.answer_box(page)).to_have_value("Rather this.")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(journey.answer_box(page)).to_have_value("Rather this.")


def test_recording_whose_words_could_not_be_had_is_sent_again(
    server: SpokenServer, page: Page
) -> None:
    begin(server, page)
    speak(page)
    server.set("fail")
    send(page)
    expect(page.get_by_text("takes no more recordings just now")).to_be_visible()
    expect(page.locator("audio")).to_be_visible()
    server.clear()
    send(page)
    expect_words(page)


def test_server_that_dies_over_a_recording_gets_it_again_when_that_is_wanted(
    server: SpokenServer, page: Page
) -> None:
    begin(server, page)
    speak(page)
    server.set("hold")
    send(page)
    until(lambda: server.calls == 1)
    server.kill()
    server.clear()
    server.start()
    page.reload()
    expect(page.get_by_text("Sending it again may be charged again")).to_be_visible()
    assert server.calls == 0
    page.get_by_role("button", name="Send again (may be charged again)").click()
    expect_words(page)
    assert server.calls == 1


def test_line_that_is_lost_while_sending_takes_nothing_with_it(
    server: SpokenServer, page: Page
) -> None:
    line = Line(server.port)
    begin(server, page, line.url)
    speak(page)
    line.cut()
    send(page)
    expect(page.get_by_text("The line is gone. Your recording is kept")).to_be_visible()
    line.mend()
    expect_words(page)
    line.close()


def test_refused_microphone_is_explained_and_typing_goes_on(
    server: SpokenServer, refuser: Browser
) -> None:
    for page in _page(refuser):
        begin(server, page)
        page.get_by_role("button", name="Start Listening").click()
        expect(page.get_by_role("alert")).to_contain_text("The microphone is blocked")
        journey.submit_and_see_feedback(page)


def test_page_that_is_not_secure_says_what_to_do(server: SpokenServer, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    begin(server, page)
    page.get_by_role("button", name="Start Listening").click()
    expect(page.get_by_role("alert")).to_contain_text("Open it with https://")


def test_microphone_is_checked_before_the_interview(server: SpokenServer, page: Page) -> None:
    journey.open_practice(page, server.url)
    page.get_by_role("radio", name="Voice").click()
    page.get_by_role("button", name="Check the microphone").click()
    expect(page.get_by_text("We heard you")).to_be_visible()
    assert live_tracks(page) == 0


def test_real_transcriber_is_asked_only_after_a_yes(
    own_server: Callable[..., Server], page: Page
) -> None:
    with StubTranscriber() as stub:
        server = own_server(GOOGLE_WEB_API_URL=f"{stub.url}/recognize")
        journey.open_practice(page, server.url)
        page.get_by_role("radio", name="Voice").click()
        expect(page.get_by_text("without a contract")).to_be_visible()
        journey.start_interview(page)
        expect(page.get_by_text("Choose who writes your words down, or type")).to_be_visible()
        page.get_by_role("button", name="Who writes it down").click()
        page.get_by_text("Yes, my recordings may go there").click()
        expect(page.get_by_text("Choose who writes your words down, or type")).to_be_hidden()
        page.keyboard.press("Escape")
        speak(page)
        assert stub.sent == []
        send(page)
        expect(journey.answer_box(page)).to_have_value(SAID)
        assert len(stub.sent) == 1


def test_captions_and_tips_come_while_one_speaks_and_captions_fill_the_box_when_wanted(
    server: SpokenServer, page: Page
) -> None:
    page.add_init_script("""window.SpeechRecognition = class {
      start() {
        const result = [{ transcript: "What the browser heard" }];
        setTimeout(() => this.onresult({ results: [result] }), 100);
      }
      stop() { this.onend(); }
    }""")
    begin(server, page)
    page.get_by_role("button", name="Who writes it down").click()
    page.get_by_text("Tips while I speak").click()
    page.keyboard.press("Escape")
    page.get_by_label("Captions while I speak").check()
    page.get_by_role("button", name="Start Listening").click()
    expect(page.get_by_text("What the browser heard")).to_be_visible()
    expect(page.get_by_text("0:02 used.")).to_be_visible()
    page.get_by_role("button", name="Stop Listening").click()
    expect(journey.answer_box(page)).to_have_value("")
    page.get_by_role("button", name="Use the captions").click()
    expect(journey.answer_box(page)).to_have_value("What the browser heard")
    assert server.calls == 0


def test_leaving_the_room_gives_the_microphone_back(server: SpokenServer, page: Page) -> None:
    begin(server, page)
    page.get_by_role("button", name="Start Listening").click()
    until(lambda: live_tracks(page) == 1)
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    until(lambda: live_tracks(page) == 0)


def test_deleting_everything_deletes_recordings_in_the_browser(
    server: SpokenServer, page: Page
) -> None:
    begin(server, page)
    speak(page)
    assert kept_clips(page) == 1
    page.goto(f"{server.url}/settings")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    until(lambda: kept_clips(page) == 0)


def test_recording_crosses_the_wire_once_and_small(server: SpokenServer, page: Page) -> None:
    sent = [0]
    page.on("websocket", lambda line: line.on("framesent", lambda frame: _add(sent, frame)))
    begin(server, page)
    seconds = 12.0
    speak(page, seconds)
    before = sent[0]
    send(page)
    expect_words(page)
    assert (sent[0] - before) * 60 / seconds <= MOST_BYTES_A_MINUTE
    expect(page.get_by_text("Draft saved")).to_be_visible()
    before = sent[0]
    page.get_by_role("button", name="Repeat").click()
    expect(page.get_by_text("Once more:")).to_be_visible()
    assert sent[0] - before <= MOST_RERUN_BYTES


def _add(sent: list[int], frame: bytes | str) -> None:
    sent[0] += len(frame)
