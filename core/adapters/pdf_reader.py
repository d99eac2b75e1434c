"""PDF files: bytes → text in reading order. Runs only in the child process."""

import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from pypdf import Configuration, PdfReader, apply_configuration

from core.adapters.document_refusals import refusal
from core.adapters.page_layout import text_of_page
from core.adapters.pdf_fonts import DAMAGE, Fonts
from core.adapters.pdf_words import words_of_page
from core.domain.document import MAX_CHARACTERS, MAX_PAGES, DocumentKind, DocumentText
from core.domain.errors import Unreadable

_MAX_SECONDS = 6.0  # after which no further page is begun

# Far above any resume's needs (three pages unpack to well under a million bytes), and below what
# pypdf allows by itself: 75 million bytes and more.
_LIMITS = Configuration(
    zlib_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    maximum_declared_stream_length=20_000_000,
    image_maximum_buffer_size=20_000_000,
    stream_decoding_work_maximum_length=100_000_000,
    stream_parsing_work_maximum_count=500_000,
    page_tree_maximum_entries=2_000,
    jbig2dec_binary=None,
)


def read_pdf(content: bytes) -> DocumentText:
    """The text of the first pages as a person reads them; empty for a scan.

    Raises:
        UnreadableDocumentError: if a password is needed, or no page can be read.
    """
    with apply_configuration(_LIMITS):
        reader = _opened(content)
        try:
            count = len(reader.pages)
        except DAMAGE:
            raise refusal(Unreadable.DAMAGED) from None
        texts = list(_page_texts(reader, count))
    read = [text for text in texts if text is not None]
    if texts and not read:
        raise refusal(Unreadable.DAMAGED)
    return DocumentText("\n\n".join(read), DocumentKind.PDF, count, is_truncated=len(read) < count)


def _opened(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(content))
        if not reader.is_encrypted or reader.decrypt(""):
            return reader
    except NotImplementedError:
        pass  # locked by a scheme that is not in the standard
    except DAMAGE:
        raise refusal(Unreadable.DAMAGED) from None
    raise refusal(Unreadable.PASSWORD)


def _page_texts(reader: PdfReader, count: int) -> Iterator[str | None]:
    """Each page's text, or None for a page that cannot be read, up to the limits."""
    began, fonts = time.monotonic(), Fonts()
    characters = 0
    for index in range(min(count, MAX_PAGES)):
        if characters > MAX_CHARACTERS or time.monotonic() - began > _MAX_SECONDS:
            return
        text = None
        with suppress(*DAMAGE):
            text = text_of_page(words_of_page(reader.pages[index], fonts))
        characters += len(text or "")
        yield text
