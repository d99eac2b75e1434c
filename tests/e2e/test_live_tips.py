"""What a coach says while one speaks: the recorder's own module in a real browser, time and sound told to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from core.config import ROOT
from core.domain.delivery import FACTS, Measure

pytestmark = pytest.mark.e2e

_TIPS = ROOT / "ui" / "components" / "recorder" / "tips.js"
_SPEAK = """([seconds, perMinute, before, captioned]) => {
  const spoken = [...Array(Math.round(seconds * 10)).keys()].map((tick) => (tick + 1) / 10);
  for (const second of spoken) {
    const count = Math.floor(before + second * perMinute / 60);
    if (captioned) tips.caption(Array(count).fill("word").join(" "));
    now = Math.round(now * 10 + 1) / 10;
    tips.hear(now, -20);
  }
}"""
_BE_SILENT = """(seconds) => {
  for (let tick = 0; tick < seconds * 10; tick += 1) { now = Math.round(now * 10 + 1) / 10; tips.hear(now, -60); }
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in which `tips` coaches, at the beginning of a recording."""
    page = browser.new_page()
    page.add_script_tag(content=_TIPS.read_text("utf-8"))
    known = FACTS[Measure.PACE].comfortable
    assert known
    page.evaluate("(most) => { window.tips = createTips(most); window.now = 0; }", known.high)
    yield page
    page.close()


def speak(
    page: Page, seconds: float, per_minute: float, before: float = 0, *, captioned: bool = True
) -> None:
    """So many words a minute, after so many words."""
    page.evaluate(_SPEAK, [seconds, per_minute, before, captioned])


def be_silent(page: Page, seconds: float) -> None:
    page.evaluate(_BE_SILENT, seconds)


def tip(page: Page) -> str:
    return str(page.evaluate("tips.tip(now)"))


def test_time_used_is_told(page: Page) -> None:
    speak(page, 65, 120, captioned=False)
    assert tip(page) == "1:05 used."


def test_long_answer_is_told_to_come_to_its_result(page: Page) -> None:
    speak(page, 121, 120, captioned=False)
    assert tip(page) == "2:01 used: a good moment to come to the result."


def test_pace_is_not_told_without_captions(page: Page) -> None:
    speak(page, 60, 240, captioned=False)
    assert "words a minute" not in tip(page)


def test_pace_is_told_by_the_captions(page: Page) -> None:
    speak(page, 20, 150)
    assert tip(page) == "0:20 used · about 150 words a minute, by the captions."


def test_pace_is_not_told_after_too_little_speech(page: Page) -> None:
    speak(page, 14, 150)
    assert "words a minute" not in tip(page)


def test_fast_speech_is_told_to_breathe(page: Page) -> None:
    speak(page, 20, 210)
    assert "about 210 words a minute, by the captions: take a breath" in tip(page)


def test_pauses_do_not_slow_the_pace(page: Page) -> None:
    speak(page, 15, 150)
    be_silent(page, 4)
    speak(page, 15, 150, 37.5)
    assert "about 150 words a minute" in tip(page)


def test_pace_is_that_of_the_last_half_minute(page: Page) -> None:
    speak(page, 60, 100)
    speak(page, 30, 200, 100)
    assert "about 200 words a minute" in tip(page)


def test_long_silence_is_told_that_thinking_is_fine(page: Page) -> None:
    speak(page, 5, 120)
    be_silent(page, 6)
    assert tip(page).startswith("Thinking is fine.")


def test_short_silence_is_not_mentioned(page: Page) -> None:
    speak(page, 5, 120)
    be_silent(page, 4)
    assert "Thinking" not in tip(page)


def test_silence_before_the_first_word_is_not_mentioned(page: Page) -> None:
    be_silent(page, 10)
    assert tip(page) == "0:10 used."
