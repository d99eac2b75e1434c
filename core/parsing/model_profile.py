"""What a model read from a resume, laid over what the rules read: only facts that stand in the text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Protocol, TypeVar

from core.domain.profile import (
    CandidateProfile,
    Education,
    PartialDate,
    Position,
    Project,
    Skill,
    Span,
)
from core.parsing.dates import total_years
from core.parsing.listed_skills import CATEGORY
from core.prompting.fences import cleaned
from core.prompting.read_resume import (
    EducationReply,
    NamedReply,
    PositionReply,
    ProjectReply,
    ResumeReply,
)
from core.prompting.verbatim import find_verbatim

_WORD = re.compile(r"[^\W_]+[+#]*")
_DATE = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?")
_LONGEST_FACT = 400


class _Placed(Protocol):
    @property
    def span(self) -> Span | None: ...


_T = TypeVar("_T", bound=_Placed)
_Names = Callable[[_T], Sequence[str]]


def laid_over(
    profile: CandidateProfile, reply: ResumeReply, text: str, today: date
) -> CandidateProfile:
    """The rules' profile, completed and corrected by a model's reading of the same text.

    A fact counts whose quote and whose words stand in `text`; it gets the quote's span. One of the rules
    gives way only to one of the model's that overlaps it and has a name in common with it. Years of
    experience follow from the positions up to `today`; the suggested role is left as it is.
    """
    read = _Reading(text, frozenset(_WORD.findall(text.casefold())))
    positions = _merged(
        tuple(read.positions(reply.positions)),
        profile.positions,
        lambda p: (p.title, p.company),
        _with_position,
    )
    return replace(
        profile,
        years_of_experience=total_years(positions, today) or profile.years_of_experience,
        positions=positions,
        education=_merged(
            tuple(read.education(reply.education)),
            profile.education,
            lambda e: (e.institution, e.degree),
            _with_education,
        ),
        projects=_merged(
            tuple(read.projects(reply.projects)),
            profile.projects,
            lambda p: (p.name,),
            _with_project,
        ),
        skills=(*profile.skills, *_new_skills(read.skills(reply.skills), profile.skills)),
        certifications=_with_new(profile.certifications, read.names(reply.certifications)),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A resume's text with its words, to hold facts against."""

    text: str
    words: frozenset[str]

    def positions(self, replies: Iterable[PositionReply]) -> Iterator[Position]:
        for reply in replies:
            title, company = self._said(reply.title), self._said(reply.company)
            span = self._span(reply.quote)
            if span and (title or company):
                start, end = self._date(reply.start), self._date(reply.end)
                is_current = reply.is_current and end is None
                highlights = self._highlights(reply.highlights)
                yield Position(title, company, start, end, is_current, "", highlights, span)

    def education(self, replies: Iterable[EducationReply]) -> Iterator[Education]:
        for reply in replies:
            school, degree = self._said(reply.institution), self._said(reply.degree)
            span = self._span(reply.quote)
            if span and (school or degree):
                yield Education(
                    school, degree, self._date(reply.start), self._date(reply.end), span
                )

    def projects(self, replies: Iterable[ProjectReply]) -> Iterator[Project]:
        for reply in replies:
            name, span = self._said(reply.name), self._span(reply.quote)
            if span and name:
                description = self._said(reply.description)
                yield Project(name, description, self._highlights(reply.highlights), span)

    def skills(self, replies: Iterable[NamedReply]) -> Iterator[Skill]:
        """Skills whose name stands inside their quote; the span is the name's."""
        for reply in replies:
            span, name = self._span(reply.quote), self._said(reply.name)
            at = span and name and _place(self.text[span.start : span.end], name)
            if span and at:
                start = span.start + at.start
                yield Skill(name, CATEGORY, spans=(Span(start, start + at.end - at.start),))

    def names(self, replies: Iterable[NamedReply]) -> Iterator[str]:
        for reply in replies:
            name = self._said(reply.name)
            if name and self._span(reply.quote):
                yield name

    def _said(self, fact: str) -> str:
        """The fact on one line; empty where a word of it stands nowhere in the text."""
        fact = " ".join(cleaned(fact, _LONGEST_FACT).split())
        return fact if self.words.issuperset(_WORD.findall(fact.casefold())) else ""

    def _span(self, quote: str) -> Span | None:
        found = find_verbatim(self.text, quote)
        return Span(*found) if found else None

    def _highlights(self, items: Iterable[str]) -> tuple[str, ...]:
        """The items that stand in the text word for word."""
        kept = (" ".join(cleaned(item, 2 * _LONGEST_FACT).split()) for item in items)
        return tuple(item for item in kept if self._span(item))

    def _date(self, written: str) -> PartialDate | None:
        """The date, where its year stands in the text."""
        found = _DATE.fullmatch(written.strip())
        if not found or not self._has_year(found[1]):
            return None
        return PartialDate(int(found[1]), int(found[2] or 0))

    def _has_year(self, year: str) -> bool:
        """Whether a year is written out, or by its last two digits (’19, 03/19)."""
        return bool(re.search(rf"(?<!\d)(?:{year}|{year[2:]})(?!\d)", self.text))


def _merged(
    model: Sequence[_T], rules: Sequence[_T], names: _Names[_T], completed: Callable[[_T, _T], _T]
) -> tuple[_T, ...]:
    """The model's facts, completed by the rules' that they replace, and the other rules' facts.

    In the order of the text.
    """
    facts = []
    replaced: list[_T] = []
    for fact in model:
        same = [other for other in rules if _are_same(fact, other, names)]
        replaced += same
        facts.append(completed(fact, same[0]) if same else fact)
    facts += [other for other in rules if other not in replaced]
    return tuple(sorted(facts, key=lambda fact: fact.span.start if fact.span else inf))


def _are_same(fact: _T, other: _T, names: _Names[_T]) -> bool:
    if not (fact.span and other.span and fact.span.overlaps(other.span)):
        return False
    mine, others = ({n.casefold() for n in names(f) if n} for f in (fact, other))
    return any(a in b or b in a for a in mine for b in others)


def _with_position(fact: Position, rules: Position) -> Position:
    return replace(
        fact,
        title=fact.title or rules.title,
        company=fact.company or rules.company,
        start=fact.start or rules.start,
        end=fact.end or (None if fact.is_current else rules.end),
        is_current=fact.is_current or (rules.is_current and fact.end is None),
        location=rules.location,
        highlights=fact.highlights or rules.highlights,
        span=_both(fact.span, rules.span),
    )


def _with_education(fact: Education, rules: Education) -> Education:
    return replace(
        fact,
        institution=fact.institution or rules.institution,
        degree=fact.degree or rules.degree,
        start=fact.start or rules.start,
        end=fact.end or rules.end,
        span=_both(fact.span, rules.span),
    )


def _with_project(fact: Project, rules: Project) -> Project:
    return replace(
        fact,
        description=fact.description or rules.description,
        highlights=fact.highlights or rules.highlights,
        span=_both(fact.span, rules.span),
    )


def _both(one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return Span(min(one.start, other.start), max(one.end, other.end))


def _new_skills(found: Iterable[Skill], known: Sequence[Skill]) -> Iterator[Skill]:
    """Those that the rules did not see: neither the name nor the place is taken."""
    names = {skill.name.casefold() for skill in known}
    taken = [span for skill in known for span in skill.spans]
    for skill in found:
        is_taken = any(span.overlaps(other) for span in skill.spans for other in taken)
        if skill.name.casefold() not in names and not is_taken:
            names.add(skill.name.casefold())
            yield skill


def _with_new(known: Sequence[str], found: Iterable[str]) -> tuple[str, ...]:
    kept = list(known)
    for name in found:
        if not any(
            name.casefold() in k.casefold() or k.casefold() in name.casefold() for k in kept
        ):
            kept.append(name)
    return tuple(kept)


def _place(text: str, name: str) -> Span | None:
    """Where a name stands as whole words."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return Span(*found.span()) if found else None
