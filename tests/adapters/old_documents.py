"""Compound files (OLE) and old Word documents made on the spot."""

import struct
from collections.abc import Sequence
from itertools import accumulate

SECTOR = 512
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE

IN_TABLE, ENDS_ROW, LISTED = b"\x16\x24\x01", b"\x17\x24\x01", b"\x0b\x46\x01\x00"
HIDDEN, DELETED = b"\x3c\x08\x01", b"\x00\x08\x01"

TEXT_AT = 0x800  # in the main stream; the pages of formats come before
PARAGRAPH_PAGE, CHARACTER_PAGE = 2, 3

Paragraph = tuple[str, int, bytes] | str
"""A text with its end mark, its style's number, its instructions; or a text that ends with \\r."""


def compound_of(streams: dict[str, bytes], embedded: dict[str, bytes] | None = None) -> bytes:
    """A compound file with these streams, and others in a folder."""
    embedded = embedded or {}
    contents = [*streams.values(), *embedded.values()]
    padded = list(map(_padded, contents))
    directory_sectors = (len(streams) + len(embedded) + 2 + 3) // 4
    starts = list(
        accumulate((len(part) // SECTOR for part in padded), initial=1 + directory_sectors)
    )
    sizes = list(map(len, contents))

    table = [0xFFFFFFFD] * 1 + _chained(1, directory_sectors)
    for start, content in zip(starts, padded, strict=False):
        table += _chained(start, len(content) // SECTOR)
    table += [FREE] * (SECTOR // 4 - len(table))

    count, inner = len(streams), len(embedded)
    entries = [_entry("Root Entry", 5, child=1)]
    for index, name in enumerate(streams):
        after = index + 2 if index + 1 < count or inner else FREE
        entries.append(_entry(name, 2, starts[index], sizes[index], right=after))
    if inner:
        entries.append(_entry("ObjectPool", 1, child=count + 2))
    for index, name in enumerate(embedded, start=count):
        after = index + 3 if index + 1 < count + inner else FREE
        entries.append(_entry(name, 2, starts[index], sizes[index], right=after))

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 0, END, 0, END, 0, 0)
    header += struct.pack("<108I", *[FREE] * 108)
    return header + struct.pack("<128I", *table) + _padded(b"".join(entries)) + b"".join(padded)


def doc_of(
    *paragraphs: Paragraph,
    encrypted: bool = False,
    version: int = 0xC1,
    width: int = 2,
    unseen: Sequence[tuple[int, int, bytes]] = (),
    styles: Sequence[tuple[int, bytes]] = (),
    stories: dict[int, str] | None = None,
    margins: Sequence[int] = (),
) -> bytes:
    """A Word document. Positions in characters.

    `unseen` holds starts, ends and instructions; `styles` the parents and instructions of the styles
    from number 0 on; `stories` the parts after the body by their number; `margins` where each of the
    headers and footers begins in part 2.
    """
    body = [(item, 0, b"") if isinstance(item, str) else item for item in paragraphs]
    parts = [("".join(text for text, _, _ in body))] + [
        (stories or {}).get(number, "") for number in range(1, 8)
    ]
    text = "".join(parts)
    encoded = text.encode("cp1252") if width == 1 else text.encode("utf-16-le")
    lengths = [len(part.encode("utf-16-le")) // 2 for part in parts]

    ends = list(accumulate((len(text.encode("utf-16-le")) // 2 for text, _, _ in body), initial=0))
    formats = [struct.pack("<H", style) + instructions for _, style, instructions in body]
    places = [TEXT_AT + end * width for end in ends]
    spans = [(TEXT_AT + a * width, TEXT_AT + b * width, changes) for a, b, changes in unseen]

    piece = (TEXT_AT * 2) | 0x40000000 if width == 1 else TEXT_AT
    pieces = struct.pack("<IIHIH", 0, sum(lengths), 0, piece, 0)
    tables = {
        0xA2: _style_sheet(styles),
        0xF2: struct.pack(f"<{len(margins)}I", *margins),
        0xFA: struct.pack("<III", 0, 0xFFFF, CHARACTER_PAGE) if spans else b"",
        0x102: struct.pack("<III", 0, 0xFFFF, PARAGRAPH_PAGE),
        0x1A2: b"\x02" + struct.pack("<I", len(pieces)) + pieces,
    }
    main = bytearray(TEXT_AT)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<8I", main, 0x4C, *lengths)
    stream = b""
    for at, table in tables.items():
        struct.pack_into("<II", main, at, len(stream), len(table))
        stream += table
    main[PARAGRAPH_PAGE * 512 : (PARAGRAPH_PAGE + 1) * 512] = _page(places, formats)
    main[CHARACTER_PAGE * 512 : (CHARACTER_PAGE + 1) * 512] = _page_of_characters(spans)
    return compound_of({"WordDocument": bytes(main) + encoded, "1Table": stream})


def _page(places: Sequence[int], formats: Sequence[bytes]) -> bytes:
    """The formats of paragraphs, each of which ends where the next begins."""
    page, at, items = bytearray(512), 510, b""
    for packed in formats:
        even = packed + bytes(len(packed) % 2)
        at -= len(even) + 2
        page[at + 1], page[at + 2 : at + 2 + len(even)] = len(even) // 2, even
        items += bytes((at // 2,)) + bytes(12)
    head = struct.pack(f"<{len(places)}I", *places) + items
    page[: len(head)] = head
    page[511] = len(formats)
    return bytes(page)


def _page_of_characters(spans: Sequence[tuple[int, int, bytes]]) -> bytes:
    page, at, items, places = bytearray(512), 510, b"", []
    for start, end, changes in spans:
        at -= (len(changes) + 2) // 2 * 2
        page[at], page[at + 1 : at + 1 + len(changes)] = len(changes), changes
        items += bytes((at // 2, 0))
        places += [start, end]
    head = struct.pack(f"<{len(places)}I", *places) + items[:-1]
    page[: len(head)] = head
    page[511] = max(len(places) - 1, 0)
    return bytes(page)


def _style_sheet(styles: Sequence[tuple[int, bytes]]) -> bytes:
    sheet = struct.pack("<HHH", 4, len(styles), 10)
    for number, (parent, changes) in enumerate(styles):
        style = struct.pack("<HHHHH", 0, 1 | parent << 4, 2, 0, 0)
        style += struct.pack("<HHH", 1, ord("s"), 0)
        style += struct.pack("<HH", 2 + len(changes), number) + changes
        sheet += struct.pack("<H", len(style)) + style + bytes(len(style) % 2)
    return sheet


def _entry(
    name: str, kind: int, start: int = 0, size: int = 0, *, right: int = FREE, child: int = FREE
) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIII", encoded, len(encoded) + 2, kind, 1, FREE, right, child, start, size, 0
    )


def _chained(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), END] if count else []


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % SECTOR)
