"""Dates and stretches of time as resumes write them, in English, German, French and Spanish.

No clock is read here: the caller says what day it is, and years are believed from 1950 to the next one
(an end may lie a few years ahead: an expected graduation, a limited contract).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.profile import PartialDate, Position, Span

_YEARS_AHEAD = 1
_YEARS_AHEAD_AS_END = 6
_LONGEST_STUDY = 12  # years between the two numbers of "2015/16" or "2015-20"
_MONTHS_A_YEAR = 12

_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene",
    "february feb februar février fevrier févr fevr fév febrero",
    "march mar märz maerz mär mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago",
    "september sept sep septembre septiembre setiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre déc diciembre dic",
)
_MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_SEASONS = (
    "spring|summer|autumn|fall|winter|frühjahr|sommer|herbst|printemps|été|automne|hiver"
    "|primavera|verano|otoño|invierno|sose|wise|ss|ws|q[1-4]|h[12]"
)
_PRESENT = (
    *("present", "now", "current", "currently", "today", "ongoing", "date"),
    *("heute", "aktuell", "jetzt", "laufend"),
    *("présent", "aujourd['\u2019]hui", "actuel", "actuellement", "en cours", "ce jour"),
    *("la actualidad", "actualidad", "actualmente", "actual", "el presente", "presente"),
    *("la fecha", "hoy"),
)
_DASH = "-\u00ad\u2010-\u2015\u2212~\u2192>"
_APOSTROPHE = "'\u2018\u2019`\u00b4"
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_PRESENT_WORDS = "|".join(phrase.replace(" ", r"\s") for phrase in _PRESENT)
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))

_ATOM = re.compile(
    rf"""(?<![^\W_])(?:
      (?P<iso_year>{_YEAR})(?P<iso_mark>-|\.|\s?/\s?)(?P<iso_month>0[1-9]|1[0-2])
        (?:(?P=iso_mark)\d\d)?
    | (?P<school_from>{_YEAR})[-/\u2013\u2014](?P<school_to>\d\d)
    | (?:(?P<day>\d{{1,2}})(?P<mark>[./-]))?(?P<month>\d{{1,2}})(?:[.-]|\s?/\s?)(?P<month_year>{_YEAR})
    | (?:\d{{1,2}}\.?\s)?(?P<name>{_NAMES})\b\.?
        (?:\s?\d{{1,2}}(?:st|nd|rd|th)?,\s?|[\s,./-]{{0,2}}(?:of\s|del?\s)?)
        (?:(?P<name_year>{_YEAR})|(?:[{_APOSTROPHE}]|(?<=[-/]))(?P<name_short>\d\d))
    | (?:{_SEASONS})(?:[\s,./-]{{1,2}})(?:of\s)?(?P<season_year>{_YEAR})
    | [{_APOSTROPHE}](?P<short>\d\d)
    | (?P<short_month>\d{{1,2}})/(?P<short_month_year>\d\d)
    | (?P<year>{_YEAR})
    | (?P<lone_month>{_NAMES})\b\.?
    | (?P<present>{_PRESENT_WORDS})\b
    )(?![\d%+]|[.,]\d|(?<=\d)[^\W\d_])""",
    re.VERBOSE | re.IGNORECASE,
)
_TO = re.compile(
    rf"[\s.]{{0,4}}(?:(?:[{_DASH}]{{1,3}}|to|until|till?|through|thru|bis|zum|à|au|a|hasta|al|the|expected|anticipated|exp\.?)"
    r"\s{0,4}){1,2}",
    re.IGNORECASE,
)
_NOTHING_BETWEEN = re.compile(r"\s{1,4}")
_SINCE = re.compile(r"\b(?:since|from|seit|ab|depuis|dès|desde)\s{1,2}$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|bis|jusqu['\u2019]en|hasta)\s{1,2}$", re.IGNORECASE)
_LEFT_OPEN = re.compile(rf"\s{{0,3}}[{_DASH}]{{1,2}}\s{{0,3}}(?:$|[|)]|\s{{3}})")
_PHONE = re.compile(
    r"(?:\+|(?<![-\w])(?:tel|telephone|phone|mobile|mobil|cell|fax|telefon|[tm](?=:))[.:]{0,2}\s?"
    r"|(?=\(\d{2,5}\)\s?\d))[\d\s().\-/]{9,24}",
    re.IGNORECASE,
)
_PHONE_DIGITS = 9
_NUMBER_BEFORE = re.compile(r"(?:\d{3,}[-.\s/]|\d[-.]|[$#\u20ac\u00a3\u00b0])$")
_NUMBER_AFTER = re.compile(r"[-.\s]\d{3,}|[-.]\d")
_PRODUCT_BEFORE = re.compile(
    r"(?:sql server|visual studio|windows(?: server)?|(?:microsoft|ms) (?:office|exchange|project|word"
    r"|excel|access)|sharepoint|dynamics|autocad|ecmascript|version|release|iso|\bv|\bes|\brfc)[\s-]?$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s?(?:users?|employees|people|students|customers|clients|requests|members|lines|hours|units|nodes"
    r"|servers|euros?|eur|usd|dollars|km|miles|patients|products|items|records|tests|points)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_CONTEXT = 24  # characters looked at on either side


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of time; `span` counts from the beginning of the line it was found in.

    A single date has a `start`, no `end` and is not current.
    """

    start: PartialDate | None
    end: PartialDate | None
    is_current: bool
    span: Span

    @property
    def is_single(self) -> bool:
        """Whether it is one date only."""
        return self.end is None and not self.is_current


@dataclass(frozen=True, slots=True)
class _Atom:
    """One date, a month without a year (`first` None, `month` set) or a word for today."""

    span: Span
    first: PartialDate | None = None
    last: PartialDate | None = None
    month: int = 0
    is_present: bool = False
    needs_partner: bool = False


def find_dates(line: str, today: date) -> tuple[DateRange, ...]:
    """All single dates and ranges of a line, in order."""
    atoms = _atoms(line, today)
    found = []
    i = 0
    while i < len(atoms):
        pair = _range(line, atoms, i, today)
        alone = None if pair else _alone(line, atoms[i], today)
        if pair or alone:
            found.append(pair or alone)
        i += 2 if pair else 1
    return tuple(dates for dates in found if dates)


def total_years(positions: Iterable[Position], today: date) -> float | None:
    """Years worked, to one decimal; jobs at the same time count once. None where no job is dated.

    A year without a month stands for its middle, so that 2015 to 2019 are four years; the first and
    the last month count in full.
    """
    stretches = sorted(filter(None, (_months(position, today) for position in positions)))
    if not stretches:
        return None
    total, reached = 0, stretches[0][0]
    for first, after in stretches:
        total += max(0, after - max(first, reached))
        reached = max(reached, after)
    return round(total / _MONTHS_A_YEAR, 1)


def _months(position: Position, today: date) -> tuple[int, int] | None:
    """[first, after the last) month of a job, counted from the year 0."""
    now = today.year * _MONTHS_A_YEAR + today.month
    if position.start is None or (position.end is None and not position.is_current):
        return None
    start, end = position.start, position.end or PartialDate(today.year, today.month)
    first = start.year * _MONTHS_A_YEAR + (start.month or 7) - 1
    after = end.year * _MONTHS_A_YEAR + (end.month or 6)
    after = min(max(after, first + 1), now)
    return (first, after) if first < after else None


def _range(line: str, atoms: tuple[_Atom, ...], i: int, today: date) -> DateRange | None:
    """The range that begins with atom `i` and ends with the next one."""
    if i + 1 >= len(atoms):
        return None
    left, right = atoms[i], atoms[i + 1]
    if left.is_present or not _is_past(left, today) or not _are_joined(line, atoms, i):
        return None
    span = Span(left.span.start, right.span.end)
    if right.is_present:
        return DateRange(left.first, None, True, span) if left.first else None
    start, end = _start_before(left, right), right.last
    if start is None or end is None or _is_after(start, end):
        return None
    return DateRange(start, end, False, span)


def _are_joined(line: str, atoms: tuple[_Atom, ...], i: int) -> bool:
    between = line[atoms[i].span.end : atoms[i + 1].span.start]
    if _TO.fullmatch(between):
        return True
    # A dash that got lost; unless the second date begins a range of its own.
    begins_another = i + 2 < len(atoms) and _TO.fullmatch(
        line[atoms[i + 1].span.end : atoms[i + 2].span.start]
    )
    is_partial = atoms[i].first is None or atoms[i].needs_partner or atoms[i + 1].needs_partner
    return bool(_NOTHING_BETWEEN.fullmatch(between)) and not begins_another and not is_partial


def _start_before(left: _Atom, right: _Atom) -> PartialDate | None:
    """The left date; a month alone borrows the year of the right one."""
    if left.first is not None or right.last is None or not left.month:
        return left.first
    return PartialDate(right.last.year - (left.month > right.last.month > 0), left.month)


def _is_after(start: PartialDate, end: PartialDate) -> bool:
    if start.month and end.month:
        return start > end
    return start.year > end.year


def _alone(line: str, atom: _Atom, today: date) -> DateRange | None:
    if atom.first is None or atom.needs_partner or not _is_past(atom, today):
        return None
    before, after = (
        line[max(0, atom.span.start - _CONTEXT) : atom.span.start],
        line[atom.span.end :],
    )
    if atom.first != atom.last:
        return DateRange(atom.first, atom.last, False, atom.span)
    since = _SINCE.search(before)
    if since or _LEFT_OPEN.match(after):
        start = atom.span.start - (len(since.group()) if since else 0)
        return DateRange(atom.first, None, True, Span(start, atom.span.end))
    until = _UNTIL.search(before)
    if until:
        start = atom.span.start - len(until.group())
        return DateRange(None, atom.last, False, Span(start, atom.span.end))
    return DateRange(atom.first, None, False, atom.span)


def _atoms(line: str, today: date) -> tuple[_Atom, ...]:
    if not _DIGIT.search(line):
        return ()
    phones = [
        m.span() for m in _PHONE.finditer(line) if sum(map(str.isdigit, m[0])) >= _PHONE_DIGITS
    ]
    atoms: list[_Atom] = []
    for match in _ATOM.finditer(line):
        follows = atoms[-1].span.end if atoms else 0
        is_in_phone = any(start < match.end() and match.start() < end for start, end in phones)
        atom = None if is_in_phone else _atom(match, today)
        if atom and not _is_other_number(line, match, follows):
            atoms.append(atom)
    return tuple(atoms)


def _is_other_number(line: str, match: re.Match[str], follows: int) -> bool:
    """Whether the digits belong to a phone number, a product, an amount or a longer number."""
    before = line[max(follows, match.start() - _CONTEXT) : match.start()]
    after = line[match.end() : match.end() + _CONTEXT]
    if _NUMBER_BEFORE.search(before) or _PRODUCT_BEFORE.search(before):
        return True
    if match["year"] is None:
        return False
    next_is_date = _ATOM.match(line, match.end() + 1) is not None
    return bool(_COUNTED_AFTER.match(after) or (_NUMBER_AFTER.match(after) and not next_is_date))


def _is_past(atom: _Atom, today: date) -> bool:
    """Whether something can have begun then."""
    return atom.first is None or atom.first.year <= today.year + _YEARS_AHEAD


def _atom(match: re.Match[str], today: date) -> _Atom | None:
    span = Span(*match.span())
    if match["present"]:
        return _Atom(span, is_present=True)
    if match["lone_month"]:
        return _Atom(span, month=_MONTHS[match["lone_month"].casefold()])
    first = _first(match, today)
    last = _last_of_school_years(first, match["school_to"]) if match["school_to"] else first
    if first is None or last is None or last.year > today.year + _YEARS_AHEAD_AS_END:
        return None
    return _Atom(span, first, last, needs_partner=bool(match["short_month"]))


def _first(match: re.Match[str], today: date) -> PartialDate | None:
    """The date as written, or the first year of school years; None where there is no such month."""
    if match["name"]:
        short, written = match["name_short"], match["name_year"]
        year = _century(short, today) if short else int(written)
        return PartialDate(year, _MONTHS[match["name"].casefold()])
    if match["month_year"]:
        return _numeric(match["day"], int(match["month"]), match["mark"], int(match["month_year"]))
    if match["short_month"]:
        year = _century(match["short_month_year"], today)
        return _numeric(None, int(match["short_month"]), "/", year)
    if match["short"]:
        return PartialDate(_century(match["short"], today))
    written = match["iso_year"] or match["school_from"] or match["season_year"] or match["year"]
    return PartialDate(int(written), int(match["iso_month"] or 0))


def _numeric(day: str | None, month: int, mark: str | None, year: int) -> PartialDate | None:
    """Day and month in either order; with a slash only a number above 12 tells which is which."""
    if day and mark == "/":
        possible = {n for n in (int(day), month) if 1 <= n <= _MONTHS_A_YEAR}
        return PartialDate(year, possible.pop() if len(possible) == 1 else 0)
    return PartialDate(year, month) if 1 <= month <= _MONTHS_A_YEAR else None


def _last_of_school_years(first: PartialDate | None, short: str) -> PartialDate | None:
    if first is None:
        return None
    last = first.year - first.year % 100 + int(short)
    last += 100 * (last < first.year)
    return PartialDate(last) if 0 < last - first.year <= _LONGEST_STUDY else None


def _century(short: str, today: date) -> int:
    """1950 to next year for two digits."""
    year = 2000 + int(short)
    return year if year <= today.year + _YEARS_AHEAD else year - 100
