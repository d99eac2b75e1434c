"""Old Word documents: what a person sees, by our own reader or by a converter of the host."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.adapters import doc_converters
from core.adapters.compound_file import CompoundFile
from core.adapters.doc_reader import read_doc
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.plain_text import plain_text
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import BENCH_DATA, needs_bench_data
from tests.adapters.old_documents import (
    DELETED,
    ENDS_ROW,
    HIDDEN,
    IN_TABLE,
    LISTED,
    compound_of,
    doc_of,
)

NORMAL = 0xFFF  # the parent of styles that have none
OF_WORD_95 = doc_of("Ana Teixeira\r", version=0x68)


def text_of(content: bytes) -> str:
    return plain_text(read_doc(content).text)


# Compound files


def test_a_stream_is_read_over_several_sectors() -> None:
    content = bytes(range(256)) * 9
    assert CompoundFile(compound_of({"A": b"x", "B": content})).stream("B") == content


def test_streams_of_embedded_documents_are_not_taken_for_the_document_s_own() -> None:
    file = CompoundFile(compound_of({"A": b"outer"}, embedded={"A": b"inner", "B": b""}))
    assert (file.names.count("A"), "B" in file.names, file.stream("A")) == (1, False, b"outer")


# Our own reader


def test_paragraphs_are_lines() -> None:
    assert text_of(doc_of("Ana Teixeira\r", "Data Engineer\r")) == "Ana Teixeira\nData Engineer"


def test_the_kind_is_told() -> None:
    assert read_doc(doc_of("Hello\r")).kind is DocumentKind.DOC


def test_text_in_one_byte_a_character_is_read() -> None:
    assert text_of(doc_of("Zoë – Köln\r", width=1)) == "Zoë – Köln"


def test_characters_of_two_halves_shift_nothing() -> None:
    content = doc_of("😀 Zoë\r", stories={2: "Header\r"}, margins=(0,) * 7 + (7, 7))
    assert text_of(content) == "Header\n\n😀 Zoë"


def test_a_tab_sets_a_date_apart() -> None:
    assert text_of(doc_of("Engineer\t2021\r")) == f"Engineer{CELL_SEPARATOR}2021"


def test_a_line_break_is_a_line_break() -> None:
    assert text_of(doc_of("One\x0bTwo\r")) == "One\nTwo"


def test_a_row_of_a_table_is_a_line() -> None:
    cells = [(f"{text}\x07", 0, IN_TABLE) for text in ("Kafka", "5 years")]
    content = doc_of(*cells, ("\x07", 0, IN_TABLE + ENDS_ROW), "After\r")
    assert text_of(content) == f"Kafka{CELL_SEPARATOR}5 years\nAfter"


def test_an_item_of_a_list_has_a_bullet() -> None:
    assert text_of(doc_of(("Built a pipeline\r", 0, LISTED))) == "• Built a pipeline"


def test_an_item_is_known_by_its_style_and_by_that_one_s_parent() -> None:
    styles = [*[(NORMAL, b"")] * 10, (NORMAL, LISTED), (10, b"")]  # the first ten are fixed ones
    assert text_of(doc_of(("Built a pipeline\r", 11, b""), styles=styles)) == "• Built a pipeline"


def test_a_heading_stands_after_a_blank_line() -> None:
    styles = [(NORMAL, b""), (0, b"")]
    content = doc_of("Ana\r", ("Experience\r", 1, b""), styles=styles)
    assert text_of(content) == "Ana\n\nExperience"


@pytest.mark.parametrize("changes", [HIDDEN, DELETED], ids=["hidden", "deleted"])
def test_what_is_not_seen_is_not_read(changes: bytes) -> None:
    assert text_of(doc_of("Seen gone too\r", unseen=[(4, 9, changes)])) == "Seen too"


def test_of_a_field_its_result_is_read() -> None:
    content = doc_of('At \x13 HYPERLINK "http://a.example" \x14my \x13 X \x14page\x15\x15 now\r')
    assert text_of(content) == "At my page now"


def test_headers_come_first_and_footers_last() -> None:
    margins = (0,) * 7 + (13, 13, 24, 24, 24)
    content = doc_of("Engineer\r", stories={2: "Ana Teixeira\rReferences\r"}, margins=margins)
    assert text_of(content).split() == ["Ana", "Teixeira", "Engineer", "References"]


@pytest.mark.parametrize("number", [1, 5, 6, 7], ids=["footnote", "endnote", "box", "header box"])
def test_text_beside_the_body_is_read(number: int) -> None:
    assert "with honours" in text_of(doc_of("MSc\r", stories={number: "with honours\r"}))


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    content = doc_of("Ana\r", ("Kafka\x07", 0, IN_TABLE), styles=[(NORMAL, LISTED)])
    place = data.draw(st.integers(8, len(content) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=8))
    with suppress(UnreadableDocumentError), pytest.MonkeyPatch.context() as patch:
        patch.setattr(doc_converters, "SEARCH_PATH", "")
        read_doc(content[:place] + damage + content[place + len(damage) :])


# Converters


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which converters are looked for."""
    monkeypatch.setattr(doc_converters, "SEARCH_PATH", str(tmp_path))
    return tmp_path


def cause_of(content: bytes) -> Unreadable:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_doc(content)
    return caught.value.cause


@pytest.mark.usefixtures("programs")
def test_without_a_converter_a_sentence_says_what_to_do() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"no converter.*Save it as PDF") as caught:
        read_doc(OF_WORD_95)
    assert caught.value.cause is Unreadable.UNSUPPORTED_TYPE


def test_a_document_from_before_word_97_is_converted(programs: Path) -> None:
    program(programs, "antiword", "echo Ana Teixeira")
    assert text_of(OF_WORD_95) == "Ana Teixeira"


def test_where_the_first_converter_fails_the_second_is_asked(programs: Path) -> None:
    program(programs, "antiword", "echo Nonsense; exit 1")
    program(programs, "catdoc", "echo Ana Teixeira")
    assert text_of(OF_WORD_95) == "Ana Teixeira"


def test_where_all_converters_fail_the_document_is_damaged(programs: Path) -> None:
    program(programs, "catdoc", "exit 1")
    assert cause_of(OF_WORD_95) is Unreadable.DAMAGED


def test_a_converter_that_takes_too_long_is_ended(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc_converters, "_MAX_SECONDS", 0.1)
    program(programs, "antiword", "exec /bin/sleep 30")
    assert cause_of(OF_WORD_95) is Unreadable.DAMAGED


def test_a_converter_sees_no_secrets(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-converters")
    program(programs, "antiword", "export")
    assert "OPENAI_API_KEY" not in text_of(OF_WORD_95)


@pytest.mark.parametrize(
    ("found", "cleaned"),
    [
        ("|Kafka     |5 years   |", f"Kafka{CELL_SEPARATOR}5 years"),
        ("[pic]Ana", "Ana"),
        ('At  HYPERLINK "http://a.example" a.example', "At   a.example"),
    ],
    ids=["table", "picture", "link"],
)
def test_marks_of_the_converters_are_taken_out(programs: Path, found: str, cleaned: str) -> None:
    program(programs, "antiword", f"echo '{found}'")
    assert text_of(OF_WORD_95) == cleaned


def test_a_compound_file_without_a_document_is_left_to_the_converters(programs: Path) -> None:
    program(programs, "catdoc", "exit 1")
    assert cause_of(compound_of({"Other": b"text"})) is Unreadable.DAMAGED


# Documents from the wild


@needs_bench_data
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("poi__simple-list", ["• First item in list", "This is the last paragraph."]),
        ("poi__SimpleHeadThreeColFoot", ["I am some simple header text here", "HEADING TEXT"]),
        ("poi__testRangeDelete", ["This is an MS-Word 97 formatted document"]),  # small streams
        ("tika__test2", ["Testing   Testing 123", "This is in the header"]),
        ("tika__testWORD_various", ["• Bullet 1", "Here is a text box", "This is a footnote."]),
        ("poi__TestChineseProperties", ["歐洲：英國、愛爾蘭 - 法國 - 德國 - 意大利"]),
    ],
)
def test_a_real_document_is_read(
    name: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc_converters, "SEARCH_PATH", "")
    text = text_of((BENCH_DATA / f"hostile_files/{name}.doc").read_bytes())
    assert [line for line in lines if line not in text] == []


@needs_bench_data
@pytest.mark.skipif(
    not shutil.which("antiword", path=doc_converters.SEARCH_PATH), reason="antiword is not here"
)
def test_a_real_document_from_before_word_97_is_converted() -> None:
    text = text_of((BENCH_DATA / "hostile_files/poi__TestMickey.doc").read_bytes())
    assert len(text) > 500
