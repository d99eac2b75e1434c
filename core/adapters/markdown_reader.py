"""Markdown: text that is read nearly as it stands; what disturbs reading is taken out."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.text_reader import decoded
from core.domain.document import MAX_CHARACTERS, DocumentKind, DocumentText

_MIN_SIGNS = 3
_LOOKED_AT = 100_000  # characters in which the signs are looked for
_ENOUGH = 2 * MAX_CHARACTERS

# List items and underlined headings are no signs: people write them in plain text too.
_SIGN = re.compile(
    r"""^\#{1,6}[ ]\S
    | ^(?:```|~~~)
    | ^[ ]{0,3}\|?[ ]*:?-{3,}:?[ ]*\|[ :|-]*$       # under the head of a table
    | \*\*[^*\s](?:[^*\n]*[^*\s])?\*\*
    | \[[^]\[\n]+\]\((?:https?:|mailto:|tel:|\#|/|\.)[^)\s]*\)""",
    re.MULTILINE | re.VERBOSE,
)

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_RULE = re.compile(r"^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,}|=+ *)$")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_TABLE_RULE = re.compile(r"^ {0,3}\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *$")
_TABLE_ROW = re.compile(r"^ {0,3}\|(.*)\|\s*$")
_CELL_EDGE = re.compile(r"\s*(?<!\\)\|\s*")
_QUOTE = re.compile(r"^(?: {0,3}> ?)+")
_CODE = re.compile(r"(`+)([^`\n]+)\1")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,11}(?:\s[^<>]*)?/?>")
_LINK = re.compile(r"!?\[([^]\[\n]*)\]\(\s*<?([^\s()<>]*)>?(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)")
_AUTOMATIC_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_EMPHASES = (
    re.compile(r"(?<![\\*])(\*{1,3})(?=[^*\s])([^*\n]*[^*\s\\])\1(?!\*)"),
    re.compile(r"(?<![\\\w])(_{1,3})(?=[^_\s])([^_\n]*[^_\s\\])\1(?!\w)"),
    re.compile(r"(~~)(?=[^~\s])([^~\n]*[^~\s])~~"),
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~]|$)")


def looks_like_markdown(text: str) -> bool:
    """Whether several signs of Markdown stand in a text."""
    signs = _SIGN.finditer(text, 0, _LOOKED_AT)
    return sum(1 for _ in islice(signs, _MIN_SIGNS)) == _MIN_SIGNS


def read_markdown(content: bytes) -> DocumentText:
    """The document's text, without marks; a blank line stands before each heading."""
    text = decoded(content) or ""
    lines = _lines(_COMMENT.sub("", text[:_ENOUGH].replace("\r\n", "\n")))
    is_cut = len(text) > _ENOUGH
    return DocumentText("\n".join(lines), DocumentKind.MARKDOWN, is_truncated=is_cut)


def _lines(text: str) -> Iterator[str]:
    is_code = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            is_code = not is_code
        elif is_code:
            yield line
        else:
            yield from _line(_QUOTE.sub("", line))


def _line(line: str) -> Iterator[str]:
    if heading := _HEADING.match(line):
        yield ""
        yield _unmarked(heading[1])
    elif row := _TABLE_ROW.match(line):
        if not _TABLE_RULE.match(line):
            yield CELL_SEPARATOR.join(map(_unmarked, _CELL_EDGE.split(row[1].strip())))
    elif not _TABLE_RULE.match(line):
        yield "" if _RULE.match(line) else _unmarked(line)


def _unmarked(text: str) -> str:
    """A line without marks, except in what is set as code."""
    parts = _CODE.split(text)  # text, ticks, code, text, …
    parts[1::3] = [""] * len(parts[1::3])
    parts[::3] = map(_plain, parts[::3])
    return "".join(parts)


def _plain(text: str) -> str:
    text = _AUTOMATIC_LINK.sub(r"\1", text)
    for _ in range(2):  # a picture may be a link
        text = _LINK.sub(_link, text)
    text = _TAG.sub("", _LINE_BREAK.sub("\n", text))
    for emphasis in (*_EMPHASES, *_EMPHASES):  # one within another
        text = emphasis.sub(r"\2", text)
    return unescape(_ESCAPE.sub(r"\1", text))


def _link(match: re.Match[str]) -> str:
    """What is shown of a link or a picture, with where it leads unless that says the same."""
    shown, target = match[1], match[2]
    if match[0].startswith("!") or target.startswith("#") or not target:
        return shown
    target = target.removeprefix("mailto:").removeprefix("tel:")
    is_same = _bare(shown) in ("", _bare(target))
    return (shown or target) if is_same else f"{shown} ({target})"


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.strip().lower()).rstrip("/")
