"""Candidate text on the page is text: whatever it holds, it brings no tag, image or link of its own."""

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.evaluation import Evidence
from core.domain.profile import Span
from core.domain.sources import Source
from ui.texts import highlighted, level_row, minutes, paragraph, plain, shortened, with_sources

BENCH_DATA = Path(os.environ.get("BENCH_DATA", "../shared/data"))


class Reader(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self._numbers = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base names them
        self.tags.add(tag)
        self._numbers += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._numbers -= tag == "sup"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._numbers else data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def evidence_in(text: str, start: int, length: int) -> Evidence:
    return Evidence(text[start : start + length], start, min(len(text), start + length))


@given(
    st.text(max_size=200), st.lists(st.tuples(st.integers(0, 150), st.integers(1, 40)), max_size=5)
)
def test_highlighted_answer_shows_its_text_and_only_marks(
    text: str, places: list[tuple[int, int]]
) -> None:
    text = text.replace("\r", "").replace("\0", "")
    quotes = [evidence_in(text, s, n) for s, n in places if s < len(text)]
    page = read(highlighted(text, quotes))
    assert page.tags <= {"div", "mark", "sup", "span"}
    assert page.text == text


def test_every_piece_of_evidence_has_its_number_even_where_two_overlap() -> None:
    text = "I measured each step, because guesses cost time."
    quotes = [Evidence(text[a:b], a, b) for a, b in ((0, 20), (11, 48), (11, 48))]
    html = highlighted(text, quotes)
    assert [html.count(f"</span>{number}</sup>") for number in (1, 2, 3)] == [1, 1, 1]


def test_number_of_a_mark_is_spoken_with_the_word() -> None:
    assert '<span class="spoken"> mark </span>1' in highlighted("Yes.", [Evidence("Yes.", 0, 4)])


def test_long_text_is_shortened_behind_a_word() -> None:
    assert shortened("one two three", 9) == "one two …"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "[click](javascript:alert(1))",
        "![x](http://127.0.0.1/x.png)",
        "&lt;b&gt;",
    ],
)
def test_hostile_fact_is_shown_as_text_at_its_mark(hostile: str) -> None:
    page = read(with_sources("abc", (Source(Span(0, 1), hostile),)))
    assert page.tags == {"div", "mark", "span"}
    assert page.text == f"a ({hostile})bc"


def test_all_of_the_hostile_texts_are_shown_as_text() -> None:
    files = sorted((BENCH_DATA / "hostile_text").glob("*.jsonl"))
    if not files:
        pytest.skip("BENCH_DATA has no hostile_text: the lists of strings are not here.")
    for file in files:
        rows = file.read_text("utf-8").split("\n")
        for line in (row for row in rows if row.startswith("{")):
            text = json.loads(line)["text"].replace("\r", "").replace("\0", "")
            page = read(with_sources(text, ()))
            assert page.tags == {"div"}
            assert page.text == text


@pytest.mark.parametrize("sign", list(r"\`*_{}[]()#+-.!|<>$~&"))
def test_every_sign_of_markdown_is_disarmed_in_labels(sign: str) -> None:
    assert plain(f"a{sign}b") == f"a\\{sign}b"


def test_icon_name_and_address_are_no_icon_and_no_link_in_labels() -> None:
    joined = plain(":material/home: http://127.0.0.1/x").replace("\\", "")
    assert ":material" not in joined
    assert "http://" not in joined


def test_sign_that_turns_the_writing_direction_is_left_out_of_labels() -> None:
    assert plain("a\u202eb") == "ab"


def test_label_is_one_line() -> None:
    assert plain("one\n\n# two") == r"one \# two"


def test_paragraph_keeps_what_looks_like_markup() -> None:
    assert read(paragraph("<b>bold</b>", "x")).text == "<b>bold</b>"


def test_level_is_told_in_numbers_besides_boxes() -> None:
    assert "3.4 of 5" in level_row("depth", 3.4)
    assert "not assessed" in level_row("depth", None)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "under a minute"), (61, "1 min"), (600, "10 min")]
)
def test_time_is_told_in_minutes(seconds: float, said: str) -> None:
    assert minutes(seconds) == said
