"""Where in the resume's text each fact was read, so that a candidate can see why it is believed."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.profile import CandidateProfile, Span


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the resume's text, and what was read there."""

    span: Span
    fact: str


def sources_of(profile: CandidateProfile, text: str) -> tuple[Source, ...]:
    """The places of all facts, in the text's order, none overlapping another.

    Of two that overlap the shorter one stays: it says more exactly where.
    """
    found = sorted(_all(profile, text), key=lambda s: s.span.end - s.span.start)
    kept: list[Source] = []
    for source in found:
        if not any(source.span.overlaps(other.span) for other in kept):
            kept.append(source)
    return tuple(sorted(kept, key=lambda s: s.span.start))


def _all(profile: CandidateProfile, text: str) -> Iterator[Source]:
    whole = Span(0, len(text))
    for name, value in (
        ("Name", profile.name),
        ("E-mail", profile.email),
        ("Phone", profile.phone),
    ):
        yield from _within(text, whole, value, name)
    for skill in profile.skills:
        for span in skill.spans:
            yield Source(span, f"Skill: {skill.name}")
    for position in profile.positions:
        yield from _within(text, position.span, position.title, "Title")
        yield from _within(text, position.span, position.company, "Company")
    for entry in profile.education:
        yield from _within(text, entry.span, entry.institution, "Institution")
        yield from _within(text, entry.span, entry.degree, "Degree")
    for project in profile.projects:
        yield from _within(text, project.span, project.name, "Project")


def _within(text: str, span: Span | None, value: str, fact: str) -> Iterator[Source]:
    """The first place of a value inside a span, where it stands there word for word."""
    if span is None or not value:
        return
    start = text.find(value, span.start, span.end)
    if start >= 0:
        yield Source(Span(start, start + len(value)), f"{fact}: {value}")


def doubts(profile: CandidateProfile) -> tuple[str, ...]:
    """What should be checked by the candidate, because it was not found or only in part."""
    found = [] if profile.name else ["Your name was not found."]
    for number, position in enumerate(profile.positions, 1):
        missing = [
            word
            for word, value in (
                ("title", position.title),
                ("company", position.company),
                ("start", position.start),
            )
            if not value
        ]
        if missing:
            called = position.title or position.company or f"number {number}"
            found.append(f"Position “{called}” has no {' and no '.join(missing)}.")
    if not profile.positions:
        found.append("No positions were found.")
    if not profile.skills:
        found.append("No skills were found.")
    found += [f"“{s.name}”: did you mean {s.near}?" for s in profile.skills if s.near]
    return tuple(found)
