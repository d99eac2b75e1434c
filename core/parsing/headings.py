"""What the parts of a job's heading are: title, employer, place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.parsing.entries import CERTAIN, COMPLETE, GUESS, NOTHING, PART
from core.parsing.places import is_place
from core.parsing.vocabulary import company_score, is_department, title_score

_SEPARATOR = re.compile(
    r"\s+[|\u00b7\u2022\u2219\u2013\u2014\u2015]\s+|\s+--?\s+|\s*\|\s*|\s@\s?|\s{3,}"
)
_AT = re.compile(r"\s+(?:at|bei(?:\sder)?|chez)\s+")
_COMMA = re.compile(r",\s*(?![^(]*\))")
_LEGAL_FORM = re.compile(
    r"(?:inc|llc|ltd|limited|gmbh|corp|co|plc|s\.?a|pvt\.?\s?ltd|llp|ag|se)\.?", re.IGNORECASE
)
_BRACKETED = re.compile(r"^(.{2,}?)\s*\(([^()]{2,40})\)$")
_KIND_OF_CONTRACT = re.compile(
    r"(?:full|part)[\s-]?time|permanent|contract|temporary|vollzeit|teilzeit|festanstellung|temps plein"
    r"|temps partiel|cd[id]|tiempo completo|jornada completa|self[\s-]?employed|seasonal|casual",
    re.IGNORECASE,
)
_MOST_WORDS_OF_PLACE = 3
_EDGES = " ,;:|\u2013\u2014-\u00b7\u2022/*_`"


@dataclass(frozen=True, slots=True)
class JobHeading:
    """What a heading says.

    `quality` is how much of it is told by words: CERTAIN for title and employer, COMPLETE for one of
    them, the other following from its place, GUESS for neither.
    """

    title: str = ""
    company: str = ""
    location: str = ""
    quality: int = NOTHING
    is_title_first: bool | None = None


def read_job_heading(lines: Sequence[Sequence[str]], is_title_first: bool = True) -> JobHeading:
    """Reads a heading's cells, line by line.

    Where no word tells title and employer apart, their order does; `is_title_first` says which.
    """
    cells, location = without_places(parts_of(lines))
    if not cells:
        return JobHeading(location=location)
    if len(cells) > 1:
        return _assigned(cells, location, is_title_first, are_comma_parts=False)
    parts = comma_parts(cells[0])
    if len(parts) > 1:
        return _assigned(parts, location, is_title_first, are_comma_parts=True)
    return _single(cells[0], location)


def parts_of(lines: Sequence[Sequence[str]]) -> list[str]:
    """The cells of a heading, cut at the signs that set parts apart."""
    return [part for line in lines for cell in line for part in _parts(cell)]


def _parts(cell: str) -> list[str]:
    """A cell cut at its strong separators, and at "at" behind a title."""
    parts = []
    for part in _SEPARATOR.split(cell):
        at = _AT.search(part)
        is_title = at is not None and title_score(part[: at.start()]) > 0
        parts += [part[: at.start()], part[at.end() :]] if at and is_title else [part]
    return [stripped for part in parts if (stripped := part.strip(_EDGES))]


def without_places(parts: Sequence[str]) -> tuple[list[str], str]:
    """The parts that name no place, and the first place named."""
    cells, places = [], []
    for part in parts:
        if _KIND_OF_CONTRACT.fullmatch(part):
            continue
        cell, place = ("", part) if is_place(part) else _split_place(part)
        places.append(place)
        if cell:
            cells.append(cell)
    return cells, next(filter(None, places), "")


def _split_place(part: str) -> tuple[str, str]:
    """A part and the place behind its last commas or in its brackets."""
    bracketed = _BRACKETED.match(part)
    if bracketed and is_place(bracketed[2]):
        return bracketed[1], bracketed[2]
    pieces = comma_parts(part)
    for n in (3, 2, 1):
        place = ", ".join(pieces[-n:])
        if len(pieces) > n and is_place(place):
            return ", ".join(pieces[:-n]), place
    return part, ""


def comma_parts(text: str) -> list[str]:
    """The parts between commas; "Acme, Inc." is one."""
    parts: list[str] = []
    for piece in _COMMA.split(text):
        if parts and _LEGAL_FORM.fullmatch(piece.strip()):
            parts[-1] += f", {piece.strip()}"
        elif piece.strip(_EDGES):
            parts.append(piece.strip(_EDGES))
    return parts


def _single(part: str, location: str) -> JobHeading:
    if title_score(part) > company_score(part):
        return JobHeading(title=part, location=location, quality=PART)
    return JobHeading(company=part, location=location, quality=PART)


def _assigned(
    parts: Sequence[str], location: str, is_title_first: bool, *, are_comma_parts: bool
) -> JobHeading:
    """Tells two or more parts apart."""
    title = _title_index(parts)
    company = _company_index(parts, title)
    if title is None and company is None:
        return _by_order(parts, location, is_title_first, are_comma_parts)
    if title is None:
        return _beside_company(parts, company or 0, location, are_comma_parts)
    if company is None:
        company, quality = _other_index(parts, title), COMPLETE
        if company is None:
            return JobHeading(", ".join(parts), "", location, PART)
    else:
        quality = CERTAIN
    return _with_leftovers(parts, title, company, location, quality)


def _title_index(parts: Sequence[str]) -> int | None:
    """The part that sounds most like a job title, and not more like an employer."""
    scores = ((i, part, title_score(part)) for i, part in enumerate(parts))
    leads = [(score - company_score(part), -i) for i, part, score in scores if score]
    lead, index = max(leads, default=(-1, 0))
    return -index if lead >= 0 else None


def _company_index(parts: Sequence[str], title: int | None) -> int | None:
    """The part that sounds most like an employer."""
    others = [(i, part) for i, part in enumerate(parts) if i != title and not is_department(part)]
    scores = [(company_score(part), -i) for i, part in others]
    score, index = max(scores, default=(0, 0))
    return -index if score > 0 else None


def _other_index(parts: Sequence[str], title: int) -> int | None:
    """The part nearest to the title, first behind it, that is no department and no second title."""
    others = [*range(title + 1, len(parts)), *range(title)]
    return next(
        (i for i in others if not is_department(parts[i]) and not title_score(parts[i])), None
    )


def _by_order(
    parts: Sequence[str], location: str, is_title_first: bool, are_comma_parts: bool
) -> JobHeading:
    """No word tells: the first two parts in the usual order, or an employer's name with a comma."""
    if are_comma_parts:
        return JobHeading("", ", ".join(parts), location, PART)
    title, company = parts[:2] if is_title_first else parts[1::-1]
    return JobHeading(title, company, location, GUESS)


def _beside_company(
    parts: Sequence[str], company: int, location: str, are_comma_parts: bool
) -> JobHeading:
    """An employer, and perhaps a title that sounds like none."""
    others = [i for i, part in enumerate(parts) if i != company and not company_score(part)]
    if are_comma_parts or not others:
        return JobHeading(
            "", ", ".join(parts) if are_comma_parts else parts[company], location, PART
        )
    return JobHeading(parts[others[0]], parts[company], location, COMPLETE, others[0] < company)


def _with_leftovers(
    parts: Sequence[str], title: int, company: int, location: str, quality: int
) -> JobHeading:
    """Parts between title and employer belong to the title; a last short one is the place."""
    full_title = ", ".join(parts[title : company if title < company else title + 1])
    after = parts[max(title, company) + 1 :]
    if not location and len(after) == 1 and _may_be_place(after[0]):
        location = after[0]
    return JobHeading(full_title, parts[company], location, quality, title < company)


def _may_be_place(text: str) -> bool:
    words = text.split()
    is_name = len(words) <= _MOST_WORDS_OF_PLACE and all(word[0].isupper() for word in words)
    is_other = title_score(text) or company_score(text) or is_department(text)
    return is_name and not is_other and text.replace(" ", "").replace("-", "").isalpha()
