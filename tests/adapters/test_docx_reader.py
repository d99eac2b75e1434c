"""Word documents: nothing that a person sees is lost, nothing comes twice."""

import pytest

from core.adapters.document_lines import table_lines
from core.adapters.docx_reader import read_docx
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.plain_text import plain_text
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import docx_of, docx_parts, paragraph, table, zip_of

LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
TEXT_BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:txbxContent>{0}</w:txbxContent>'
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>Beside the box</w:t></w:r></w:p>"
)
STYLES = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'


def text_of(body: str, parts: dict[str, tuple[str, str]] | None = None) -> str:
    return plain_text(read_docx(docx_of(body, parts)).text)


def test_paragraphs_are_lines() -> None:
    assert text_of(paragraph("Ana Teixeira") + paragraph("Engineer")) == "Ana Teixeira\nEngineer"


def test_the_kind_is_told() -> None:
    assert read_docx(docx_of(paragraph("Hello"))).kind is DocumentKind.DOCX


def test_a_tab_sets_a_date_apart() -> None:
    assert text_of(paragraph("Engineer\t2021 - now")) == f"Engineer{CELL_SEPARATOR}2021 - now"


def test_a_line_break_is_a_line_break() -> None:
    body = "<w:p><w:r><w:t>One</w:t><w:br/><w:t>Two</w:t></w:r></w:p>"
    assert text_of(body) == "One\nTwo"


def test_an_item_of_a_list_has_a_bullet() -> None:
    assert text_of(paragraph("Built a pipeline", LISTED)) == "• Built a pipeline"


def test_a_heading_stands_after_a_blank_line_in_any_language() -> None:
    heading = paragraph("Berufserfahrung", '<w:pStyle w:val="berschrift1"/>')
    parts = {"styles.xml": ("styles", STYLES)}
    assert text_of(paragraph("Ana") + heading, parts) == "Ana\n\nBerufserfahrung"


def test_a_row_of_a_table_is_a_line() -> None:
    body = table(
        [paragraph("Kafka"), paragraph("5 years")], [paragraph("SQL"), paragraph("8 years")]
    )
    assert text_of(body) == f"Kafka{CELL_SEPARATOR}5 years\nSQL{CELL_SEPARATOR}8 years"


def test_a_table_within_a_table_is_read() -> None:
    inner = table([paragraph("Kafka"), paragraph("5 years")])
    assert text_of(table([paragraph("Skills") + inner])) == f"Skills\nKafka{CELL_SEPARATOR}5 years"


def test_a_text_box_is_read_once() -> None:
    assert text_of(TEXT_BOX.format(paragraph("In the box"))).split("\n") == [
        "Beside the box",
        "In the box",
    ]


def test_a_header_that_two_kinds_of_pages_share_is_read_once() -> None:
    parts = {
        "header1.xml": ("header", paragraph("Ana Teixeira")),
        "header2.xml": ("header", paragraph("Ana Teixeira")),
        "footer1.xml": ("footer", paragraph("References on request")),
    }
    assert text_of(paragraph("Engineer"), parts).split() == (
        "Ana Teixeira Engineer References on request".split()
    )


def test_a_link_gives_its_text() -> None:
    body = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>ana.example.org</w:t></w:r></w:hyperlink></w:p>'
    assert text_of(body) == "ana.example.org"


def test_a_footnote_is_read() -> None:
    note = f'<w:footnote w:id="2">{paragraph("with honours")}</w:footnote>'
    assert "with honours" in text_of(paragraph("MSc"), {"footnotes.xml": ("footnotes", note)})


def test_text_in_a_content_control_is_read() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('Ana Teixeira')}</w:sdtContent></w:sdt>"
    assert text_of(body) == "Ana Teixeira"


@pytest.mark.parametrize(
    "run",
    [
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r>",
        "<w:r><w:instrText>PAGE gone</w:instrText></w:r>",
    ],
    ids=["deleted", "hidden", "field code"],
)
def test_what_is_not_seen_is_not_read(run: str) -> None:
    assert text_of(f"<w:p>{run}<w:r><w:t>Seen</w:t></w:r></w:p>") == "Seen"


def test_a_document_that_declares_no_relations_is_read() -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = paragraph("Ana Teixeira") + paragraph("Engineer")
    assert read_docx(docx_of(body, names=names)).text.split() == ["Ana", "Teixeira", "Engineer"]


def test_a_document_of_the_strict_form_is_read() -> None:
    names = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert read_docx(docx_of(paragraph("Engineer"), names=names)).text.strip() == "Engineer"


def test_an_entity_is_not_resolved() -> None:
    files = docx_parts(paragraph("Seen") + paragraph("&leak;"))
    name = "word/document.xml"
    files[name] = '<!DOCTYPE a [<!ENTITY leak SYSTEM "file:///etc/hostname">]>' + files[name]
    assert read_docx(zip_of(files)).text.strip() == "Seen"


def test_a_document_without_its_main_part_is_damaged() -> None:
    files = docx_parts(paragraph("Hello"))
    del files["word/document.xml"]
    with pytest.raises(UnreadableDocumentError) as caught:
        read_docx(zip_of(files))
    assert caught.value.cause is Unreadable.DAMAGED


def test_a_date_beside_an_entry_joins_its_first_line() -> None:
    assert table_lines([[["2021", "Lisbon"], ["Engineer", "Built a pipeline", "Cut costs"]]]) == [
        f"2021 Lisbon{CELL_SEPARATOR}Engineer",
        "Built a pipeline",
        "Cut costs",
    ]


def test_long_cells_beside_each_other_are_columns() -> None:
    side, main = ["Python", "Kafka", "SQL"], ["Engineer", "Built a pipeline", "Cut costs"]
    assert table_lines([[side, main]]) == ["", *side, "", *main]
