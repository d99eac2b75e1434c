"""Rich text files: every alphabet, everything that a person sees, nothing that is hidden."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.plain_text import plain_text
from core.adapters.rtf_reader import read_rtf
from core.domain.document import MAX_CHARACTERS, DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import BENCH_DATA, needs_bench_data

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset204 Arial Cyr;}"
    r"{\f3\fcharset2 Symbol;}{\f4\fcharset128 MS Mincho;}}"
)


def rtf_of(body: str) -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + "}").encode("latin-1")


def text_of(body: str) -> str:
    return plain_text(read_rtf(rtf_of(body)).text)


def test_paragraphs_are_lines() -> None:
    assert text_of("\\pard Ana Teixeira\\par\nEngineer\\par") == "Ana Teixeira\nEngineer"


def test_the_kind_is_told() -> None:
    assert read_rtf(rtf_of("Hello")).kind is DocumentKind.RTF


def test_line_breaks_of_the_file_mean_nothing() -> None:
    assert text_of("Ana Tei\r\nxeira\\par") == "Ana Teixeira"


def test_a_tab_sets_a_date_apart() -> None:
    assert text_of(r"Engineer\tab 2021") == f"Engineer{CELL_SEPARATOR}2021"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Zo\'eb", "Zoë"),
        (r"{\f1\'f8\'ed}k \'f8", "řík ø"),
        (r"{\f2\'c8\'e2\'e0\'ed}", "Иван"),
        (r"{\f4\'83N\'83\'8b}", "クル"),
        (r"\f1\'f8\plain\'f8", "řø"),
        (r"\u261?", "ą"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-10240?a", "a"),
        (r"\uc2\u261\'61\'62b", "ąb"),
        (r"{\uc0\u261}b", "ąb"),
        (r"a\~b\_c\-d\{\}\\", "a b-cd{}\\"),
        (r"2019\endash 2021 \ldblquote Best\rdblquote", "2019–2021 “Best”"),
        ("\xe9", "é"),
    ],
)
def test_characters_are_read_in_every_form(written: str, read: str) -> None:
    assert text_of(written) == read


def test_raw_bytes_are_of_the_font_s_alphabet() -> None:
    content = rb"{\rtf1\ansi\deff0{\fonttbl{\f0\fcharset204 Arial;}}" + "Иван}".encode("cp1251")
    assert read_rtf(content).text.strip() == "Иван"


def test_a_row_of_a_table_is_a_line() -> None:
    row = r"\trowd\pard\intbl Kafka\cell 5 years\cell\row"
    assert text_of(f"Skills\\par{row}{row}\\pard After\\par").split("\n") == [
        "Skills",
        f"Kafka{CELL_SEPARATOR}5 years",
        f"Kafka{CELL_SEPARATOR}5 years",
        "After",
    ]


def test_long_cells_beside_each_other_are_columns() -> None:
    body = r"\trowd\pard\intbl A\par B\par C\cell D\par E\par F\cell\row\pard"
    assert text_of(body).split() == list("ABCDEF")


def test_a_heading_stands_after_a_blank_line() -> None:
    body = r"\pard Ana\par\pard\outlinelevel0 Experience\par\pard Engineer\par"
    assert text_of(body) == "Ana\n\nExperience\nEngineer"


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        (r"{\listtext\f3\'b7\tab}", "•"),
        (r"{\listtext\u-3913?\tab}", "•"),
        (r"{\listtext\f3\'fc\tab}", "•"),
        (r"{\pntext 2.\tab}", "2."),
    ],
)
def test_an_item_of_a_list_has_its_mark(label: str, mark: str) -> None:
    assert text_of(label + "Built a pipeline") == f"{mark} Built a pipeline"


def test_headers_come_first_and_footers_last() -> None:
    body = r"{\footer\pard References\par}{\header\pard Ana Teixeira\par}\pard Engineer\par"
    assert text_of(body).split() == "Ana Teixeira Engineer References".split()


@pytest.mark.parametrize(
    "box",
    [
        r"{\shp{\*\shpinst{\sp{\sn name}{\sv gone}}{\shptxt\pard In it\par}}{\shprslt gone}}",
        r"{\*\do\dptxbx{\dptxbxtext\pard In it\par}}",
    ],
    ids=["new", "old"],
)
def test_a_text_box_is_read_once_after_its_paragraph(box: str) -> None:
    assert text_of(rf"\pard Beside {box}the box\par After\par").split("\n") == [
        "Beside the box",
        "In it",
        "After",
    ]


def test_a_footnote_is_read() -> None:
    assert text_of(r"MSc{\footnote with honours}, 2019\par") == "MSc, 2019\nwith honours"


def test_of_a_field_its_result_is_read() -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "http://a.example"}}{\fldrslt{my page}}}'
    assert text_of(f"At {link} now") == "At my page now"


@pytest.mark.parametrize(
    "unseen",
    [
        r"{\v gone}",
        r"\v gone\v0 ",
        r"{\deleted gone}",
        r"{\info{\title gone}}",
        r"{\pict\wmetafile8 0123abcd}",
        "{\\pict\\bin5 }}{\\}}",
        r"{\*\unknown gone{\shptxt gone}}",
        r"{\stylesheet{\s1 gone;}}",
    ],
)
def test_what_is_not_seen_is_not_read(unseen: str) -> None:
    assert text_of(f"{unseen}Seen") == "Seen"


def test_a_star_within_a_group_hides_nothing() -> None:
    assert text_of(r"{\b0\*\cs7 Seen}") == "Seen"


def test_what_follows_the_end_is_not_read() -> None:
    assert text_of("Seen}{gone") == "Seen"


def test_a_cut_off_file_is_read_as_far_as_it_goes() -> None:
    assert read_rtf(rb"{\rtf1 Ana {\b Teix").text.strip() == "Ana Teix"


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_rtf(rb"{\rtf1" + b"{" * 100_000)
    assert caught.value.cause is Unreadable.DAMAGED


def test_a_very_long_text_is_cut_and_said_to_be() -> None:
    assert read_rtf(rtf_of("word\\par " * MAX_CHARACTERS)).is_truncated


@given(st.text(alphabet="{}\\'*u1f0ab \nparcellrow;"))
def test_any_text_is_read_or_refused(body: str) -> None:
    with suppress(UnreadableDocumentError):
        assert read_rtf(rtf_of(body)).kind is DocumentKind.RTF


@needs_bench_data
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("testRTFWord2010CzechCharacters", "Část svitku s textem Knihy Izajáš"),
        ("testRTFHexEscapeInsideWord", "GOVERNO DO ESTADO DO ESPÍRITO SANTO"),
        ("testRTFIgnoredControlWord", "The quick brown fox jumps over the lazy dog"),
        ("testRTFUmlautSpaces", "Übersicht"),
    ],
)
def test_a_real_file_is_read(name: str, line: str) -> None:
    text = read_rtf((BENCH_DATA / f"hostile_files/tika__{name}.rtf").read_bytes()).text
    assert line in text.split("\n")
