"""A resume's text → what it says of the candidate, by rules and without a model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from core.domain.profile import CandidateProfile, Position, Skill, Span
from core.domain.role import RoleDefinition
from core.parsing.contact import read_contact
from core.parsing.dates import total_years
from core.parsing.education import find_education
from core.parsing.entries import items_of
from core.parsing.lexicon import SkillLexicon
from core.parsing.lines import Line, covering, split_lines
from core.parsing.listed_skills import find_listed_skills
from core.parsing.positions import find_positions
from core.parsing.projects import find_projects
from core.parsing.role import suggest_role
from core.parsing.rows import rows_of
from core.parsing.section_headings import SectionKind
from core.parsing.sections import Section, find_sections, lines_of
from core.parsing.vocabulary import SPOKEN_LANGUAGES, title_score

_STATED_YEARS = re.compile(
    r"\b(\d{1,2})\+?\s(?:years?|yrs?|jahre|ans|años)\b[^.\n]{0,40}?\b(?:experience|erfahrung|expérience|experiencia)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"contact|kontakt|coordonn|personal|persönlich|datos|person", re.IGNORECASE)
_MOST_YEARS = 50
_ITEM_END = re.compile(r"[,;|/\u00b7\u2022\n]|\s{3,}|\s(?:and|und|et|y)\s")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_ITEM = 160
_LONGEST_LANGUAGE = 40


def read_profile(
    text: str, lexicon: SkillLexicon, roles: tuple[RoleDefinition, ...], today: date
) -> CandidateProfile:
    """Reads a resume; what it does not say stays empty. Never raises, whatever the text is."""
    lines = split_lines(text)
    sections = find_sections(lines)
    positions = _positions(sections, today)
    contact = read_contact(text, lines, _header(sections), today)
    profile = CandidateProfile(
        name=contact.name,
        headline=contact.headline,
        email=contact.email,
        phone=contact.phone,
        links=contact.links,
        years_of_experience=total_years(positions, today) or _stated_years(text),
        positions=positions,
        education=find_education(lines_of(sections, SectionKind.EDUCATION), today),
        projects=find_projects(lines_of(sections, SectionKind.PROJECTS), today),
        skills=_skills(text, lexicon, sections, positions),
        certifications=tuple(_certifications(sections, today)),
        spoken_languages=tuple(dict.fromkeys(_spoken_languages(sections))),
    )
    return replace(profile, suggested_role=suggest_role(profile, roles, today))


def _positions(sections: Sequence[Section], today: date) -> tuple[Position, ...]:
    """The jobs under their headings; in a resume without these, what reads like a job anywhere."""
    found = find_positions(lines_of(sections, SectionKind.EXPERIENCE), today)
    if found:
        return found
    elsewhere = lines_of(sections, SectionKind.OTHER, SectionKind.SUMMARY, SectionKind.SKILLS)
    return tuple(
        position
        for position in find_positions(elsewhere, today)
        if position.start and (position.end or position.is_current) and title_score(position.title)
    )


def _skills(
    text: str, lexicon: SkillLexicon, sections: Sequence[Section], positions: Sequence[Position]
) -> tuple[Skill, ...]:
    """The skills that the text names elsewhere than in employers' names, and those it only lists."""
    employers = [span for position in positions for span in _company_spans(text, position)]
    found = (_outside(skill, employers) for skill in lexicon.find(text, _listings(sections)))
    known = tuple(skill for skill in found if skill.spans)
    return (
        *known,
        *find_listed_skills(lines_of(sections, SectionKind.SKILLS), known, lexicon.nearest),
    )


def _company_spans(text: str, position: Position) -> Iterator[Span]:
    if position.span and position.company:
        start = text.find(position.company, position.span.start, position.span.end)
        if start >= 0:
            yield Span(start, start + len(position.company))


def _outside(skill: Skill, spans: Sequence[Span]) -> Skill:
    inside = [s for s in skill.spans if any(o.start <= s.start and s.end <= o.end for o in spans)]
    return (
        replace(skill, spans=tuple(s for s in skill.spans if s not in inside)) if inside else skill
    )


def _header(sections: Sequence[Section]) -> list[Line]:
    """The lines before the first heading and those of a contact section."""
    return [line for s in sections if not s.title or _is_contact(s.title) for line in s.lines]


def _is_contact(title: str) -> bool:
    return bool(_CONTACT.search(title))


def _listings(sections: Sequence[Section]) -> list[Span]:
    """Where skills are listed."""
    spans = (covering(s.lines) for s in sections if s.kind is SectionKind.SKILLS)
    return [span for span in spans if span]


def _certifications(sections: Sequence[Section], today: date) -> Iterator[str]:
    rows = rows_of(lines_of(sections, SectionKind.CERTIFICATIONS), today)
    return (item.text for item in items_of(rows) if len(item.text) <= _LONGEST_ITEM)


def _spoken_languages(sections: Sequence[Section]) -> Iterator[str]:
    """The items that name a language, as written, with the level where one is given."""
    text = "\n".join(line.content for line in lines_of(sections, SectionKind.LANGUAGES))
    for item in _ITEM_END.split(text):
        written = item.strip(" .:-\u2013")
        words = _LETTERS.findall(written.casefold())
        if len(written) <= _LONGEST_LANGUAGE and not SPOKEN_LANGUAGES.isdisjoint(words):
            yield written


def _stated_years(text: str) -> float | None:
    """The years of experience that the resume itself claims; the largest of several."""
    stated = [int(match[1]) for match in _STATED_YEARS.finditer(text)]
    return float(max(stated)) if stated and max(stated) <= _MOST_YEARS else None
