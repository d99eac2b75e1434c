"""A candidate's name, and what they call themselves beside it."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from core.parsing.dates import find_dates
from core.parsing.places import is_place
from core.parsing.rows import is_capitalised
from core.parsing.section_headings import heading_kind
from core.parsing.vocabulary import company_score, names_degree, title_score, word_set

_PARTS = re.compile(r"\s{3,}|\t|\s*[|\u00b7\u2022\u2219]\s*|\s+[-\u2013\u2014]\s+|,\s|;\s|\s/\s")
_LETTER_SPACED = re.compile(r"(?:[^\W\d_]\s{1,4}){3,60}[^\W\d_]")
_NAME_LABEL = re.compile(r"(?:full\s)?(?:name|nom|nombre)\s?:\s*", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:curriculum\s+vitae|lebenslauf|currículum|curriculum|r[eé]sum[eé]|cv)\b(?:\s(?:of|von|de)\b)?:?",
    re.IGNORECASE,
)
_FORM_OF_ADDRESS = re.compile(r"(?:mr|mrs|ms|dr|prof|dipl\.?-ing|ing)\.?\s+", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]+(?:[-'\u2019.][^\W\d_]+){0,3}\.?")
_PARTICLES = word_set(
    "de del della di da dos das van von der den bin ibn al el la le du zu ter y e"
)
_NAME_LENGTHS = range(2, 6)
_NO_NAMES = word_set(
    """
    email mail phone address contact page profile confidential resume updated last date birth nationality
    linkedin github website portfolio street st avenue ave road rd drive lane blvd suite apt flat box city
    state zip country university college school institute department inc llc ltd gmbh the and of for with
    willing seeking looking objective summary experience education skills languages references sample
    example template format information technology science engineering computer software data machine
    learning web full stack senior junior dear application position marketing business sales finance welcome
    """
)
_BONUS_IN_EMAIL, _BONUS_LABEL, _BONUS_LENGTH, _LOSS_A_LINE, _BASE = 40, 60, 10, 12, 100
_USUAL_NAME = 3  # words
_SHORTEST_TELLING = 3  # letters of a name that an e-mail address may repeat by more than chance
_CERTAIN_IN_EMAIL = 2  # such parts: an address made of the name
_EDGES = " ,|\u00b7\u2022-\u2013\u2014:*_"
_LONGEST_HEADLINE = 120
_SENTENCE = re.compile(r"[.!?](?:\s|$)|\b(?:i|my|am|is|are|was|have|has|who)\b", re.IGNORECASE)
_REACHABLE = re.compile(r"@|\+?\d[\d\s().\-/]{6,}\d")  # an e-mail address or a phone number


def find_name(top: Sequence[str], email: str) -> tuple[str, int]:
    """The name as written and the line it stands on; ("", -1) where none is found."""
    local = email.partition("@")[0].casefold()
    best = (0, "", -1)
    for row, text in enumerate(top):
        bonus = _BONUS_LABEL if _NAME_LABEL.match(text) else 0
        for part in _name_candidates(text):
            score = _name_score(part, local) + bonus - _LOSS_A_LINE * row
            if score > best[0]:
                best = (score, part, row)
    return best[1], best[2]


def _name_candidates(text: str) -> list[str]:
    if _LETTER_SPACED.fullmatch(text):
        text = " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text))
    text = _DOCUMENT.sub(" | ", _NAME_LABEL.sub("", text, count=1))
    parts = (part.strip(" ,:\"'*_") for part in _PARTS.split(text))
    return [_FORM_OF_ADDRESS.sub("", part, count=1) for part in parts if part]


def _name_score(text: str, local: str) -> int:
    """0 where it can be no name; an e-mail address that repeats a part of it makes it likely."""
    words = text.split()
    if len(words) not in _NAME_LENGTHS or not all(_NAME_WORD.fullmatch(word) for word in words):
        return 0
    if words[0][0].islower() or any(w[0].islower() and w not in _PARTICLES for w in words[1:]):
        return 0
    plain = [word.casefold().strip(".") for word in words]
    repeated = sum(word in local for word in plain if len(word) >= _SHORTEST_TELLING)
    if repeated < _CERTAIN_IN_EMAIL and (not _NO_NAMES.isdisjoint(plain) or heading_kind(text)):
        return 0
    if repeated:
        return _BASE + _BONUS_IN_EMAIL
    if title_score(text) or company_score(text) or names_degree(text) or is_place(text):
        return 0
    return _BASE + (_BONUS_LENGTH if len(words) <= _USUAL_NAME else 0)


def as_name(written: str) -> str:
    """The name without its capitals where it is set in capitals."""
    letters = [char for char in written if char.isalpha()]
    if sum(map(str.isupper, letters)) * 2 <= len(letters):
        return written
    return " ".join(word if word in _PARTICLES else word.title() for word in written.split())


def find_headline(lines: Sequence[str], name: str, today: date) -> str:
    """The first line at the name, and above the first section, that calls its writer something."""
    for line in takewhile(_is_above_sections, lines):
        rest = _DOCUMENT.sub(" ", line.replace(name, " ") if name else line).strip(_EDGES)
        for part in (rest, *_PARTS.split(rest)):
            if _is_headline(part, today):
                return part
    return ""


def _is_above_sections(line: str) -> bool:
    return heading_kind(line) is None or bool(_DOCUMENT.search(line))


def _is_headline(text: str, today: date) -> bool:
    if not text or len(text) > _LONGEST_HEADLINE or not title_score(text) or heading_kind(text):
        return False
    is_sentence = _SENTENCE.search(text) or ": " in text or not is_capitalised(text)
    is_else = _REACHABLE.search(text) or find_dates(text, today)
    return not (is_sentence or is_else or any(is_place(part) for part in _PARTS.split(text)))
