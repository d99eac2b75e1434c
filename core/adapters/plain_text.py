"""Text as it was found in a document, made plain: what is seen and nothing that steers a screen."""

import re
import unicodedata

from core.adapters.page_cells import CELL_SEPARATOR

MAX_BLANK_LINES = 2

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile("\n" * (MAX_BLANK_LINES + 1) + "\n+")
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in range(0xFB00, 0xFB07)  # ﬀ to ﬆ
}
# Controls, formatting (bidi, zero width, soft hyphens, tags), private use, lone surrogates.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def plain_text(text: str) -> str:
    """The text in NFC, with plain spaces and line breaks, and without invisible characters.

    A tab becomes the gap between cells. At most two blank lines follow each other; none stand at the
    start or end.
    """
    text = _LINE_BREAK.sub("\n", text).replace("\t", CELL_SEPARATOR).translate(_LIGATURES)
    text = "".join(map(_seen, unicodedata.normalize("NFC", text)))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n" * (MAX_BLANK_LINES + 1), text).strip("\n")


def _seen(character: str) -> str:
    if character.isascii() and (character.isprintable() or character == "\n"):
        return character
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category in _UNSEEN else character
