"""Who wrote a resume and how to reach them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from core.parsing.dates import find_dates
from core.parsing.lines import Line
from core.parsing.names import as_name, find_headline, find_name

EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])"
)
_PHONE = re.compile(
    r"(?<![\w/.=@-])(?:\+|\(\+?)?\d[\d \t\u00a0().\-/\u2011\u2013]{5,22}\d(?![\w@]|\s?[*xX#])"
)
_PHONE_LABEL = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mobil|cell|handy|fon|téléphone|teléfono|móvil|m|t|p|ph)\b\W{0,4}$",
    re.IGNORECASE,
)
_MOST_NUMBERS = 200  # that are looked at
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
_PROFILE = (
    rf"(?<![\w@./-])(?:[a-z]{{2,3}}\.)?(?:{'|'.join(map(re.escape, _SITES))})/{_PATH}{{1,120}}"
)
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
_HEADLINE_REACH = 4  # lines below the name


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
    name, row = find_name(texts[:_NAME_LINES], email.group() if email else "")
    below = [
        line.content for line in lines[max(row, 0) :][: _HEADLINE_REACH + 1] if not line.is_bullet
    ]
    return Contact(
        name=as_name(name),
        headline=find_headline(below, name, today),
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
    for match in islice(_PHONE.finditer(text), _MOST_NUMBERS):
        before = text[max(0, match.start() - _LONGEST_LABEL) : match.start()]
        digits = sum(map(str.isdigit, match.group()))
        if digits in _PHONE_DIGITS and not _FAX_LABEL.search(before):
            yield match.group().strip(), "+" in match.group() or bool(_PHONE_LABEL.search(before))


def _find_links(top: str, text: str) -> Iterator[str]:
    """Addresses of pages, each once; without "http" or "www" only at the top or on known sites."""
    known: set[str] = set()
    for pattern, where in ((_ANY_LINK, top), (_SURE_LINK, text)):
        for match in pattern.finditer(EMAIL.sub(" ", where)):
            link = match.group().rstrip(".,;:)]}>\u2019")
            key = _SCHEME.sub("", link.casefold()).rstrip("/")
            if key not in known and not _NOT_DOMAINS.fullmatch(link):
                known.add(key)
                yield link
