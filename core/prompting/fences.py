"""Candidates' text inside a prompt: cleaned, capped, and fenced by tags that nobody can guess."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

RESUME_CHARACTERS = 12_000
JOB_CHARACTERS = 6_000
ANSWER_CHARACTERS = 20_000
LINE_CHARACTERS = 300

_TAGS = (
    *("answer", "earlier", "job", "objection", "question", "resume"),
    *("asked", "own", "profile", "setup", "turn"),
)
_LOOK_ALIKE = re.compile(
    rf"[<＜﹤‹〈⟨][\s/\\／]*(?:{'|'.join(_TAGS)})(?![^\W\d])(?:[^<>＞\n]{{0,80}}[>＞﹥›〉⟩])?",
    re.IGNORECASE,
)
_TAKEN_OUT = "[…]"
"""Not nothing: what is left on both sides must not close up to another tag."""
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors carry no sign of their own, but up to eight bits of hidden text."""
_ID_LENGTH = 8


def fenced(tag: str, nonce: str, text: str, limit: int = ANSWER_CHARACTERS) -> str:
    """The text between `<tag id=…>` and `</tag id=…>`, with nothing in it that looks like a fence.

    The id follows from the tag and the nonce, which is random, so no text can hold it by design.
    """
    fence = f"{tag} id={fence_id(tag, nonce)}"
    return f"<{fence}>\n{without_fences(cleaned(text, limit))}\n</{fence}>"


def fence_id(tag: str, nonce: str) -> str:
    """Eight hexadecimal digits."""
    return sha256(f"{tag}\0{nonce}".encode(errors="replace")).hexdigest()[:_ID_LENGTH]


def without_fences(text: str) -> str:
    """The text without tags named like one of ours, in angle brackets of any script."""
    return _LOOK_ALIKE.sub(_TAKEN_OUT, text)


def cleaned(text: str, limit: int) -> str:
    """What a person would see of a text, at most `limit` characters of it.

    Invisible, bidirectional, tag, control and private characters go, line ends become one sort.
    """
    if not _is_plain(text):
        text = _NEWLINES.sub("\n", text)
        text = "".join(char for char in text if not is_invisible(char))
    return text.strip()[:limit].rstrip()


def _is_plain(text: str) -> bool:
    """Whether nothing of it is to be changed, found out fast; False where that is not sure."""
    bare = text.replace("\n", "").replace("\t", "")
    return bare.isprintable() and (bare.isascii() or not _VARIATIONS.search(bare))


def one_line(text: str, limit: int = LINE_CHARACTERS) -> str:
    """The cleaned text on one line; an ellipsis ends what was cut."""
    line = " ".join(cleaned(text, ANSWER_CHARACTERS).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def listed(lines: Iterable[str]) -> str:
    """The lines as a list, one item a line."""
    return "\n".join(f"- {one_line(line)}" for line in lines)


def is_invisible(char: str) -> bool:
    """Whether nothing is seen of a character, other than of space, tab and line end."""
    if char.isascii():
        return not (char.isprintable() or char in "\n\t")
    return unicodedata.category(char) in _INVISIBLE_CATEGORIES or bool(_VARIATIONS.match(char))
