"""Who wrote a resume and how to reach them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.parsing.dates import find_dates
from core.parsing.lines import Line
from core.parsing.rows import is_capitalised
from core.parsing.sections import heading_kind
from core.parsing.vocabulary import company_score, is_place, names_degree, title_score

EMAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])")
_PHONE = re.compile(r"(?<![\w/.=@-])(?:\+|\(\+?)?\d[\d\s().\-/\u2011\u2013]{5,22}\d(?![\w@]|\s?[*xX#])")
_PHONE_LABEL = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mobil|cell|handy|fon|téléphone|teléfono|móvil|m|t|p|ph)\b\W{0,4}$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 16  # characters
_FAX_LABEL = re.compile(r"\bfax\b\W{0,4}$", re.IGNORECASE)
_PHONE_DIGITS = range(7, 16)
_PATH = "[^\\s<>|,;\"'\u2022\u00b7]"
_SITES = (
    "linkedin.com", "github.com", "gitlab.com", "bitbucket.org", "stackoverflow.com", "medium.com", "dev.to",
    "kaggle.com", "xing.com", "behance.net", "dribbble.com", "leetcode.com", "twitter.com", "x.com",
    "huggingface.co", "scholar.google.com", "orcid.org",
)  # fmt: skip
_URL = rf"(?:https?://|www\.){_PATH}{{3,200}}"
_PROFILE = rf"(?<![\w@./-])(?:[a-z]{{2,3}}\.)?(?:{'|'.join(map(re.escape, _SITES))})/{_PATH}{{1,120}}"
_DOMAIN = (
    r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|dev|me|ai|co|app|de|fr|es|uk|eu|tech|info|in|ch"
    rf"|at|nl|se|xyz|page|site|online|blog|us|ca|it|pl|pt)(?:/{_PATH}{{1,120}})?(?![\w@-])"
)
_SURE_LINK = re.compile(f"{_URL}|{_PROFILE}", re.IGNORECASE)
_ANY_LINK = re.compile(f"{_URL}|{_PROFILE}|{_DOMAIN}", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_NOT_DOMAINS = re.compile(r"(?:asp|ado|vb|ml|paint|socket|b)\.(?:net|io|sc)", re.IGNORECASE)

_TOP_LINES = 14
_NAME_LINES = 8
_PARTS = re.compile(r"\s{3,}|\t|\s*[|\u00b7\u2022\u2219]\s*|\s+[-\u2013\u2014]\s+|,\s|;\s|\s/\s")
_LETTER_SPACED = re.compile(r"(?:[^\W\d_]\s{1,4}){3,60}[^\W\d_]")
_NAME_LABEL = re.compile(r"(?:full\s)?(?:name|nom|nombre)\s?:\s*", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:curriculum\s+vitae|lebenslauf|currículum|curriculum|r[eé]sum[eé]|cv)\b(?:\s(?:of|von|de)\b)?:?",
    re.IGNORECASE,
)
_FORM_OF_ADDRESS = re.compile(r"(?:mr|mrs|ms|dr|prof|dipl\.?-ing|ing)\.?\s+", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]+(?:[-'\u2019.][^\W\d_]+){0,3}\.?")
_PARTICLES = frozenset("de del della di da dos das van von der den bin ibn al el la le du zu ter y e".split())
_NAME_LENGTHS = range(2, 6)
_NO_NAMES = frozenset(
    """
    email mail phone address contact page profile confidential resume updated last date birth nationality
    linkedin github website portfolio street st avenue ave road rd drive lane blvd suite apt flat box city
    state zip country university college school institute department inc llc ltd gmbh the and of for with
    willing seeking looking objective summary experience education skills languages references sample
    example template format information technology science engineering computer software data machine
    learning web full stack senior junior dear application position marketing business sales finance welcome
    """.split()
)
_BONUS_IN_EMAIL, _BONUS_LABEL, _BONUS_LENGTH, _LOSS_A_LINE, _BASE = 40, 60, 10, 12, 100
_USUAL_NAME = 3  # words
_SHORTEST_TELLING = 3  # letters of a name that an e-mail address may repeat by more than chance
_LONGEST_HEADLINE = 120
_HEADLINE_REACH = 4  # lines below the name
_SENTENCE = re.compile(r"[.!?](?:\s|$)|\b(?:i|my|am|is|are|was|have|has|who)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contact:
    """Empty where the resume does not say; links are as written."""

    name: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    links: tuple[str, ...] = ()


def read_contact(text: str, lines: Sequence[Line], header: Sequence[Line], today: date) -> Contact:
    """What a resume says of its writer.

    `header` are the lines before the first section and those of a contact section; e-mail address,
    labelled phone number and links of known sites may stand anywhere in the text.
    """
    texts = [line.content for line in lines[:_TOP_LINES]]
    head = [line.content for line in header]
    email = EMAIL.search(text)
    name, row = _find_name(texts[:_NAME_LINES], email.group() if email else "")
    below = [line.content for line in lines[max(row, 0) :][: _HEADLINE_REACH + 1] if not line.is_bullet]
    return Contact(
        name=_as_name(name),
        headline=_find_headline(below, name, today),
        email=email.group() if email else "",
        phone=_find_phone("\n".join((*texts, *head)), text, today),
        links=tuple(_find_links("\n".join(head or texts), text)),
    )


def _find_phone(top: str, text: str, today: date) -> str:
    """A labelled or international number anywhere, else the first one at the top."""
    numbers = (*_phones(top), *_phones(text))
    certain = (number for number, is_certain in numbers if is_certain)
    likely = (number for number, _ in _phones(top) if not find_dates(number, today))
    return next(certain, next(likely, ""))


def _phones(text: str) -> Iterator[tuple[str, bool]]:
    """The numbers that may be phone numbers, and whether they surely are."""
    for match in _PHONE.finditer(text):
        before = text[max(0, match.start() - _LONGEST_LABEL) : match.start()]
        digits = sum(map(str.isdigit, match.group()))
        if digits in _PHONE_DIGITS and not _FAX_LABEL.search(before):
            yield match.group().strip(), "+" in match.group() or bool(_PHONE_LABEL.search(before))


def _find_links(top: str, text: str) -> Iterator[str]:
    """Addresses of pages, each once; without "http" or "www" only at the top or on known sites."""
    known: set[str] = set()
    for pattern, where in ((_ANY_LINK, top), (_SURE_LINK, text)):
        for match in pattern.finditer(EMAIL.sub(" ", where)):
            link = match.group().rstrip(".,;:)]}>/\u2019")
            key = _SCHEME.sub("", link.casefold())
            if key not in known and not _NOT_DOMAINS.fullmatch(link):
                known.add(key)
                yield link


def _find_name(top: Sequence[str], email: str) -> tuple[str, int]:
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
    if any(word in local for word in plain if len(word) >= _SHORTEST_TELLING):
        return _BASE + _BONUS_IN_EMAIL
    if not _NO_NAMES.isdisjoint(plain) or heading_kind(text) or is_place(text):
        return 0
    if title_score(text) or company_score(text) or names_degree(text):
        return 0
    return _BASE + (_BONUS_LENGTH if len(words) <= _USUAL_NAME else 0)


def _as_name(written: str) -> str:
    """The name without its capitals where it is set in capitals."""
    letters = [char for char in written if char.isalpha()]
    if sum(map(str.isupper, letters)) * 2 <= len(letters):
        return written
    return " ".join(word if word in _PARTICLES else word.title() for word in written.split())


def _find_headline(lines: Sequence[str], name: str, today: date) -> str:
    """The first line at the name that calls its writer something, without the name."""
    for line in lines:
        rest = _DOCUMENT.sub(" ", line.replace(name, " ") if name else line).strip(" ,|\u00b7\u2022-\u2013\u2014:*_")
        for part in (rest, *_PARTS.split(rest)):
            if _is_headline(part, today):
                return part
    return ""


def _is_headline(text: str, today: date) -> bool:
    if not text or len(text) > _LONGEST_HEADLINE or not title_score(text) or heading_kind(text):
        return False
    is_sentence = _SENTENCE.search(text) or ": " in text or not is_capitalised(text)
    is_else = EMAIL.search(text) or _PHONE.search(text) or find_dates(text, today)
    return not (is_sentence or is_else or any(is_place(part) for part in _PARTS.split(text)))
