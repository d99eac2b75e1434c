"""What a file is taken for, and which archives are refused."""

import warnings
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapters import archive_type
from core.adapters.file_type import kind_of
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import (
    docx_of,
    docx_parts,
    odt_of,
    odt_parts,
    paragraph,
    pdf_of,
    zip_of,
)
from tests.adapters.old_documents import compound_of, doc_of


def refusal_of(content: bytes) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as caught:
        kind_of(content)
    return caught.value


def test_a_pdf_is_known_by_its_mark() -> None:
    assert kind_of(pdf_of([(50, 700, "Hello")])) is DocumentKind.PDF


def test_a_pdf_may_have_a_few_bytes_before_its_mark() -> None:
    assert kind_of(b"\n\n" + pdf_of([(50, 700, "Hello")])) is DocumentKind.PDF


def test_a_word_document_is_known_by_its_list_of_contents() -> None:
    assert kind_of(docx_of(paragraph("Hello"))) is DocumentKind.DOCX


@pytest.mark.parametrize("form", ["", "-template"])
def test_an_opendocument_text_is_known_by_its_type(form: str) -> None:
    files = odt_parts("<text:p>Hello</text:p>")
    files["mimetype"] += form
    assert kind_of(zip_of(files)) is DocumentKind.ODT


def test_an_old_word_document_is_known_by_its_stream() -> None:
    assert kind_of(doc_of("Hello\r")) is DocumentKind.DOC


def test_a_word_document_from_before_compound_files_is_known_by_its_mark() -> None:
    assert kind_of(b"\xdb\xa5-\0" + bytes(600)) is DocumentKind.DOC


@pytest.mark.parametrize("start", [b"", b"\n", b"\xef\xbb\xbf"])
def test_rich_text_is_known_by_its_mark(start: bytes) -> None:
    assert kind_of(start + rb"{\rtf1 Hello}") is DocumentKind.RTF


def test_markdown_is_known_by_several_signs() -> None:
    assert kind_of(b"# Ana\n## Skills\n**Kafka**") is DocumentKind.MARKDOWN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_known_in_the_usual_encodings(encoding: str) -> None:
    assert kind_of("Zoë Brønsted\nData engineer".encode(encoding)) is DocumentKind.TEXT


@pytest.mark.parametrize(
    "text", ["PK Sharma", "MZ Consulting", "BMW, Munich", "ID3 trees", "<3 data"]
)
def test_text_that_begins_like_another_type_is_still_text(text: str) -> None:
    assert kind_of(text.encode()) is DocumentKind.TEXT


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (compound_of({"Workbook": b""}), "Excel"),
        (compound_of({"Workbook": b""}, embedded={"WordDocument": b""}), "Excel"),
        (compound_of({"PowerPoint Document": b""}), "PowerPoint"),
        (compound_of({"__properties_version1.0": b""}), "Outlook"),
        (compound_of({"Contents": b""}), "another kind"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"RIFF\0\0\0\0WAVE", "recording"),
        (b"OggS\0\x02", "recording"),
        (b"\x7fELF\x02", "program"),
        (b"MZ\x90\0\x03", "program"),
        (b"#!/bin/sh\necho", "program"),
        (b"<!DOCTYPE html><p>Hi", "web page"),
        (b"\xef\xbb\xbf <html lang='en'>", "web page"),
        (b"<?xml version='1.0'?><resume/>", "XML"),
        (b"\x1f\x8b\x08\0", "archive"),
    ],
)
def test_another_type_is_refused_by_name(content: bytes, word: str) -> None:
    error = refusal_of(content)
    assert error.cause is Unreadable.UNSUPPORTED_TYPE
    assert word in error.reason


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument"),
        ({"mimetype": "application/epub+zip"}, "e-book"),
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}, "Excel"),
        ({"notes.txt": "hello"}, "an archive"),
    ],
)
def test_another_archive_is_refused_by_name(files: dict[str, str], word: str) -> None:
    error = refusal_of(zip_of(files))
    assert error.cause is Unreadable.UNSUPPORTED_TYPE
    assert word in error.reason


def test_an_empty_file_is_refused() -> None:
    assert refusal_of(b"").cause is Unreadable.EMPTY_FILE


def test_bytes_that_are_nothing_known_are_refused() -> None:
    assert refusal_of(bytes(range(256)) * 4).cause is Unreadable.UNKNOWN_TYPE


def test_a_cut_off_archive_is_damaged() -> None:
    assert refusal_of(docx_of(paragraph("Hello"))[:200]).cause is Unreadable.DAMAGED


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "word/../../evil", "C:\\evil"])
def test_an_archive_that_leads_out_of_its_folder_is_unsafe(name: str) -> None:
    files = docx_parts(paragraph("Hello")) | {name: "<a/>"}
    assert refusal_of(zip_of(files)).cause is Unreadable.UNSAFE


@pytest.mark.parametrize("declaration", ["<!DOCTYPE a>", '<!ENTITY x "y">', "<!doctype a>"])
def test_an_archive_that_declares_entities_is_unsafe(declaration: str) -> None:
    files = docx_parts(paragraph("Hello")) | {"word/extra.xml": f"{declaration}<a/>"}
    assert refusal_of(zip_of(files)).cause is Unreadable.UNSAFE


def test_a_declaration_in_utf_16_is_seen() -> None:
    file = BytesIO(docx_of(paragraph("Hello")))
    with ZipFile(file, "a") as archive:
        archive.writestr("word/extra.xml", "<!DOCTYPE a><a/>".encode("utf-16"))
    assert refusal_of(file.getvalue()).cause is Unreadable.UNSAFE


def test_an_archive_with_two_files_of_one_name_is_unsafe() -> None:
    file = BytesIO(docx_of(paragraph("Hello")))
    with ZipFile(file, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<a/>")
    assert refusal_of(file.getvalue()).cause is Unreadable.UNSAFE


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MAX_ENTRIES", 4), ("MAX_UNPACKED_BYTES", 800), ("MAX_XML_PART_BYTES", 500)],
)
def test_an_archive_over_a_limit_is_unsafe(
    limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = docx_parts(paragraph("Hello")) | {"word/big.xml": "<a>" + "b" * 900 + "</a>"}
    monkeypatch.setattr(archive_type, limit, value)
    assert refusal_of(zip_of(files)).cause is Unreadable.UNSAFE


def test_an_opendocument_text_may_declare_the_type_of_its_manifest_only() -> None:
    files = odt_parts("<text:p>Hello</text:p>")
    files["META-INF/manifest.xml"] = "<!DOCTYPE manifest><manifest/>"
    assert kind_of(zip_of(files)) is DocumentKind.ODT
    files["styles.xml"] = "<!DOCTYPE a><a/>"
    assert refusal_of(zip_of(files)).cause is Unreadable.UNSAFE


def test_an_opendocument_text_with_a_password_says_so() -> None:
    files = odt_parts("")
    files["META-INF/manifest.xml"] = "<manifest><encryption-data/></manifest>"
    assert refusal_of(zip_of(files)).cause is Unreadable.PASSWORD


@pytest.mark.parametrize(
    "content",
    [
        doc_of("Hello\r", encrypted=True),
        compound_of({"EncryptionInfo": b"", "EncryptedPackage": b""}),
        compound_of({"ENCRYPTIONINFO": b"", "ENCRYPTEDPACKAGE": b""}),
    ],
    ids=["old", "new", "new in capitals"],
)
def test_an_office_document_with_a_password_says_so(content: bytes) -> None:
    error = refusal_of(content)
    assert error.cause is Unreadable.PASSWORD
    assert "password" in error.reason


def test_a_document_under_rights_management_says_so() -> None:
    error = refusal_of(compound_of({"WordDocument": b"", "\tDRMContent": b""}))
    assert error.cause is Unreadable.PASSWORD
    assert "rights management" in error.reason


def test_a_cut_off_compound_file_is_damaged() -> None:
    assert refusal_of(doc_of("Hello\r")[:600]).cause is Unreadable.DAMAGED


def test_an_encrypted_archive_needs_a_password() -> None:
    content = bytearray(docx_of(paragraph("Hello")))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    assert refusal_of(bytes(content)).cause is Unreadable.PASSWORD


@given(
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"%PDF-",
            b"\xff\xfe",
            *(make("")[:900] for make in (docx_of, odt_of, doc_of)),
        ]
    ),
    st.binary(max_size=300),
)
def test_any_bytes_are_of_a_kind_or_refused(start: bytes, rest: bytes) -> None:
    with suppress(UnreadableDocumentError):
        assert kind_of(start + rest) in DocumentKind
