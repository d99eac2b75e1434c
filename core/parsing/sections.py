"""The sections of a resume, by their headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.domain.profile import Span
from core.parsing.lines import Line, covering
from core.parsing.section_headings import SectionKind, heading_kind, is_phrase, plain
from core.parsing.vocabulary import SPOKEN_LANGUAGES, phrase_set, word_set

_ALSO_ITEMS = phrase_set(
    """
    software | tools | programming | training | trainings | teaching | service | leadership |
    social | work | project | technical | tech | stack | other | language | frameworks |
    statement | recognition | research | volunteer | volunteering | courses | presentations |
    strengths | social media | activities | informatique | outils | engagement | fields |
    status | links | highlights | kurse | software skills | additional | empleo
    """
)
_WITH_ENTRIES = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.EDUCATION})
_NEVER_INSIDE_ENTRIES = frozenset(
    {SectionKind.LANGUAGES, SectionKind.INTERESTS, SectionKind.REFERENCES, SectionKind.EDUCATION}
)
_NEVER_LABELS = word_set(
    """
    experience education skills employment history languages references interests hobbies
    certifications publications summary contact declaration ausbildung berufserfahrung
    sprachen kenntnisse formation langues competences educacion experiencia idiomas
    habilidades work profile objective awards
    """
)
_INLINE = re.compile(r"([^:]{2,40}?)\s?:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Section:
    """`lines` are those below the heading; the part before the first heading has no title."""

    kind: SectionKind
    title: str
    lines: tuple[Line, ...]
    heading: Line | None = None

    @property
    def span(self) -> Span | None:
        """From the heading to the last line."""
        return covering((*filter(None, (self.heading,)), *self.lines))


def find_sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """The sections in order; together they hold every line that is no heading."""
    sections = [Section(SectionKind.OTHER, "", ())]
    held: list[Line] = []
    for line in lines:
        opened = _opened_by(line, sections[-1].kind)
        if opened is None:
            held.append(line)
            continue
        sections[-1] = replace(sections[-1], lines=tuple(held))
        sections.append(opened)
        held = list(opened.lines)
    sections[-1] = replace(sections[-1], lines=tuple(held))
    return tuple(section for section in sections if section.heading or section.lines)


def lines_of(sections: Iterable[Section], *kinds: SectionKind) -> tuple[Line, ...]:
    """The lines of all sections of these kinds."""
    return tuple(line for section in sections if section.kind in kinds for line in section.lines)


def _opened_by(line: Line, current: SectionKind) -> Section | None:
    """The section that a line opens, with what it says behind the colon as its first line."""
    if line.is_bullet and not (line.content.isupper() and line.follows_blank):
        return None
    kind = heading_kind(line.content)
    if kind is not None:
        title = line.content.strip(" :#*=-")
        return Section(kind, title, (), line) if _stands_out(line, current) else None
    return _opened_inline(line, current)


def _stands_out(line: Line, current: SectionKind) -> bool:
    """Whether a line of heading words is set as a heading, not an item or a label of the section."""
    if line.content.isupper() or (line.mark and not line.is_bullet):
        return True
    words = plain(line.content)
    first_letter = next(char for char in line.content if char.isalpha())
    if current in _WITH_ENTRIES and line.content.endswith(":") and _is_label(words):
        return False
    if not first_letter.isupper() or words in _ALSO_ITEMS:
        return line.follows_blank and is_phrase(words)
    return True


def _opened_inline(line: Line, current: SectionKind) -> Section | None:
    match = _INLINE.match(line.content)
    kind = heading_kind(match[1]) if match else None
    if match is None or kind is None or not match[1][0].isupper():
        return None
    offset = line.mark + match.end()
    rest = Line(line.text[offset:], line.start + offset)
    if kind is SectionKind.LANGUAGES and not _names_spoken_language(rest.text):
        return None
    if current in _WITH_ENTRIES and kind not in _NEVER_INSIDE_ENTRIES:
        return None
    return Section(kind, match[1], (rest,), Line(match[1], line.start + line.mark))


def _is_label(words: str) -> bool:
    return not _NEVER_LABELS.intersection(words.split())


def _names_spoken_language(text: str) -> bool:
    return not SPOKEN_LANGUAGES.isdisjoint(plain(text).split())
