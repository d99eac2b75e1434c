"""OpenDocument texts: nothing that a person sees is lost, nothing comes twice."""

import pytest

from core.adapters.odt_reader import read_odt
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.plain_text import plain_text
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import odt_of, odt_parts, zip_of

HIDDEN = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'


def text_of(body: str, styles: str = "", automatic: str = "") -> str:
    return plain_text(read_odt(odt_of(body, styles, automatic)).text)


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def items(*texts: str) -> str:
    inner = "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)
    return f"<text:list>{inner}</text:list>"


def table(*rows: list[str]) -> str:
    cells = (
        "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows
    )
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table><table:table-column/>{inner}</table:table>"


def test_paragraphs_are_lines() -> None:
    assert text_of(paragraph("Ana Teixeira") + paragraph("Engineer")) == "Ana Teixeira\nEngineer"


def test_the_kind_is_told() -> None:
    assert read_odt(odt_of(paragraph("Hello"))).kind is DocumentKind.ODT


def test_a_heading_stands_after_a_blank_line() -> None:
    body = paragraph("Ana") + "<text:h>Experience</text:h>"
    assert text_of(body) == "Ana\n\nExperience"


def test_a_tab_sets_a_date_apart() -> None:
    assert text_of(paragraph("Engineer<text:tab/>2021")) == f"Engineer{CELL_SEPARATOR}2021"


def test_a_line_break_is_a_line_break() -> None:
    assert text_of(paragraph("One<text:line-break/>Two")) == "One\nTwo"


def test_repeated_spaces_are_counted() -> None:
    assert text_of(paragraph('One <text:s text:c="3"/>Two<text:s/>Three')) == "One    Two Three"


def test_line_breaks_of_the_xml_are_spaces() -> None:
    assert text_of(paragraph("One\n   two")) == "One two"


def test_styled_words_and_links_give_their_text() -> None:
    body = paragraph("<text:span>Ana</text:span> <text:a>ana.example.org</text:a> now")
    assert text_of(body) == "Ana ana.example.org now"


def test_an_item_of_a_list_has_one_bullet() -> None:
    body = items(paragraph("Built it") + paragraph("in Lisbon"), paragraph("Cut costs"))
    assert text_of(body) == "• Built it\nin Lisbon\n• Cut costs"


def test_a_list_within_an_item_has_bullets_of_its_own() -> None:
    assert text_of(items(paragraph("One") + items(paragraph("Two")))) == "• One\n• Two"


def test_a_numbered_heading_is_no_item() -> None:
    assert text_of(items("<text:h>Experience</text:h>")) == "Experience"


def test_a_row_of_a_table_is_a_line() -> None:
    body = table([paragraph("Kafka"), paragraph("5 years")], [paragraph("SQL"), paragraph("8")])
    assert text_of(body) == f"Kafka{CELL_SEPARATOR}5 years\nSQL{CELL_SEPARATOR}8"


def test_a_text_box_follows_the_paragraph_that_it_hangs_on() -> None:
    box = f"<draw:frame><draw:text-box>{paragraph('In the box')}</draw:text-box></draw:frame>"
    assert text_of(paragraph(f"Beside {box}the box")) == "Beside the box\nIn the box"


def test_the_text_of_a_shape_follows_its_paragraph() -> None:
    shape = f"<draw:custom-shape>{paragraph('In the shape')}</draw:custom-shape>"
    assert text_of(paragraph(f"{shape}Beside")) == "Beside\nIn the shape"


def test_a_footnote_follows_its_paragraph() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{paragraph('with honours')}</text:note-body></text:note>"
    )
    assert text_of(paragraph(f"MSc{note}")) == "MSc\nwith honours"


def test_headers_come_first_footers_last_and_repeated_ones_once() -> None:
    header, footer = paragraph("Ana Teixeira"), paragraph("References")
    styles = (
        f"<office:master-styles><style:master-page><style:header>{header}</style:header>"
        f"<style:header-first>{header}</style:header-first><style:footer>{footer}</style:footer>"
        "</style:master-page></office:master-styles>"
    )
    assert (
        text_of(paragraph("Engineer"), styles).split() == "Ana Teixeira Engineer References".split()
    )


@pytest.mark.parametrize(
    "unseen",
    [
        "<office:annotation><text:p>gone</text:p></office:annotation>",
        "<draw:frame><svg:title>gone</svg:title></draw:frame>",
        '<text:span text:style-name="T1">gone</text:span>',
        "<text:hidden-text>gone</text:hidden-text>",
    ],
    ids=["comment", "picture's name", "hidden style", "hidden field"],
)
def test_what_is_not_seen_is_not_read(unseen: str) -> None:
    assert text_of(paragraph(f"{unseen}Seen"), automatic=HIDDEN) == "Seen"


def test_a_style_that_hides_in_headers_only_hides_nothing_in_the_body() -> None:
    styles = f"<office:automatic-styles>{HIDDEN}</office:automatic-styles>"
    assert text_of(paragraph('<text:span text:style-name="T1">Seen</text:span>'), styles) == "Seen"


def test_a_change_that_deleted_text_is_not_read() -> None:
    deleted = f"<text:tracked-changes>{paragraph('gone')}</text:tracked-changes>"
    assert text_of(deleted + paragraph("Seen")) == "Seen"


@pytest.mark.parametrize("content", [None, "<office:text>"], ids=["missing", "no XML"])
def test_a_document_without_its_main_part_is_damaged(content: str | None) -> None:
    files = odt_parts("")
    del files["content.xml"]
    with pytest.raises(UnreadableDocumentError) as caught:
        read_odt(zip_of(files | ({"content.xml": content} if content else {})))
    assert caught.value.cause is Unreadable.DAMAGED
