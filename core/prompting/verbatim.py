"""Where a text says something word for word, however a model has set spaces, quotes, dashes or case."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from core.prompting.fences import is_invisible

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    }
)
_ENDS = " \"'.-"
_SPACED = "[0-9a-z\u00df-\u058f\u1e00-\u1fff]"
"""Folded letters and digits of scripts that set a space between words: Latin, Greek, Cyrillic, Armenian."""
_FEWEST_WORDS = 2
_FEWEST_CHARACTERS = 10


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared; `places[i]` is the index in the text that folded character i is from."""

    text: str
    places: tuple[int, ...]


def find_verbatim(text: str, quote: str, *, may_cut_words: bool = True) -> tuple[int, int] | None:
    """The characters [start, end) of `text` that a quote repeats; None where it is not word for word.

    Words that stick together, as in text out of a PDF, may be cut unless `may_cut_words` is off: “able
    to do it” is then not found in “unable to do it”, nor “500” in “1,500”. Whitespace, case, typographic quotes and dashes, and invisible characters make no difference, nor do
    ellipses and quotation marks at the quote's ends. A quote of one word with fewer than ten characters
    says too little to be one.
    """
    wanted = _fold(quote).text.strip(_ENDS)
    if len(wanted.split()) < _FEWEST_WORDS and len(wanted) < _FEWEST_CHARACTERS:
        return None
    if not any(char.isalnum() for char in wanted):
        return None
    folded = _fold(text)
    at = _whole_words(folded.text, wanted)
    if at < 0 and may_cut_words:
        at = folded.text.find(wanted)
    if at < 0:
        return None
    return folded.places[at], folded.places[at + len(wanted) - 1] + 1


def _whole_words(text: str, wanted: str) -> int:
    """Where it stands as whole words, -1 where it does not; a script without spaces has no such ends."""
    before = rf"(?<!{_SPACED})(?<!\d[.,])" if re.match(_SPACED, wanted[0]) else ""
    after = rf"(?!{_SPACED})(?![.,]\d)" if re.match(_SPACED, wanted[-1]) else ""
    found = re.search(f"{before}{re.escape(wanted)}{after}", text)
    return found.start() if found else -1


@lru_cache(maxsize=16)
def _fold(text: str) -> _Folded:
    """Lower case, one space for whitespace, plain quotes and dashes, characters decomposed."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in _fold_character(char):
            if part == " " and folded[-1:] in ([], [" "]):
                continue
            folded.append(part)
            places.append(place)
    return _Folded("".join(folded), tuple(places))


@lru_cache(maxsize=4096)
def _fold_character(char: str) -> str:
    if char.isspace():
        return " "
    if is_invisible(char):
        return ""
    same = char.translate(_SAME)
    return "".join(
        " " if c.isspace() else c for c in unicodedata.normalize("NFKD", same).casefold()
    )
