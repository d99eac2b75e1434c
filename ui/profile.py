"""What was read from the resume, editable, beside the document's text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.career import Gap, career_gaps
from core.domain.profile import (
    CandidateProfile,
    Education,
    PartialDate,
    Position,
    Project,
    Skill,
)
from core.domain.resume import Resume
from core.domain.sources import doubts, sources_of
from core.parsing.dates import find_dates
from ui import session
from ui.texts import MARK_NAMES, plain, with_sources

_NOW = ("present", "now", "today")
_DATE = re.compile(r"^\s*((?:19|20)\d\d)(?:-(0?[1-9]|1[0-2]))?\s*$")


def draw_profile(app: Application, user: UUID, resume: Resume) -> Resume:
    """Two columns: the facts to correct, the text they came from. The resume as corrected."""
    st.header("What we read", anchor=False)
    facts, document = st.columns([3, 2], gap="medium")
    with facts:
        corrected = _draw_facts(resume, app.clock.now().date())
        if corrected != resume.profile:
            resume = app.preparing.correct_profile(user, resume, corrected)
            st.caption("Your corrections are saved.")
    with document, st.container(border=True, height=640):
        st.caption("The text of your document. What was read is marked.")
        sources = sources_of(corrected, resume.document.text)
        st.html(MARK_NAMES + with_sources(resume.document.text, sources))
    return resume


def _draw_facts(resume: Resume, today: date) -> CandidateProfile:
    profile, prefix = _first_given(resume)
    name = st.text_input("Name", profile.name, key=f"{prefix}_name", max_chars=120)
    headline = st.text_input("Headline", profile.headline, key=f"{prefix}_headline", max_chars=200)
    _draw_doubts(profile)
    years = profile.years_of_experience
    if years is not None:
        st.caption(f"About {years:g} years of experience, overlapping jobs counted once.")
    skills = _draw_skills("Skills and technologies", profile.skills, f"{prefix}_skills")
    soft = _draw_skills("Soft skills", profile.skills, f"{prefix}_soft", is_soft=True)
    positions = _draw_positions(profile, prefix, today)
    education = _draw_education(profile, prefix, today)
    _draw_gaps(career_gaps(positions, education, today))
    projects = _draw_projects(profile, prefix)
    certifications = _draw_chips("Certifications", profile.certifications, f"{prefix}_certificates")
    languages = _draw_chips("Languages", profile.spoken_languages, f"{prefix}_languages")
    links = _draw_chips("Links", profile.links, f"{prefix}_links")
    return replace(
        profile,
        name=name or "",
        headline=headline or "",
        skills=(*skills, *soft),
        positions=positions,
        education=education,
        projects=projects,
        certifications=tuple(certifications),
        spoken_languages=tuple(languages),
        links=tuple(links),
    )


def _first_given(resume: Resume) -> tuple[CandidateProfile, str]:
    """What the editors were first given, and the beginning of their keys.

    They keep their changes relative to it, so it must not move while they are on the page. After
    leaving it they start anew from what is stored, under new keys: the browser remembers old ones.
    """
    first, visits = f"profile_{resume.id}_first", f"profile_{resume.id}_visits"
    prefix = f"profile_{resume.id}_{session.value(visits, 0)}"
    if session.value(f"{prefix}_name") is None:
        session.remember(visits, session.value(visits, 0) + 1)
        session.remember(first, resume.profile)
        prefix = f"profile_{resume.id}_{session.value(visits)}"
    return session.value(first), prefix


def _draw_doubts(profile: CandidateProfile) -> None:
    found = doubts(profile)
    if found:
        items = "\n".join(f"- {plain(doubt)}" for doubt in found)
        st.warning(f"Please check:\n{items}", icon=":material/help:")


def _draw_gaps(gaps: Sequence[Gap]) -> None:
    """Neutrally: an interviewer may ask, so it is good to have an answer ready."""
    if gaps:
        said = "; ".join(f"{gap.start} to {gap.end}" for gap in gaps)
        st.caption(f"Neither job nor study: {said}. An interviewer may ask about it.")


def _draw_skills(
    title: str, skills: Sequence[Skill], key: str, *, is_soft: bool = False
) -> tuple[Skill, ...]:
    known = {skill.name: skill for skill in skills if skill.is_soft == is_soft}
    chosen = _draw_chips(title, list(known), key)
    return tuple(known.get(name, Skill(name, is_soft=is_soft)) for name in chosen)


def _draw_chips(title: str, values: Sequence[str], key: str) -> list[str]:
    """Values as chips, to take away and to add to."""
    return st.multiselect(
        title,
        values,
        default=values,
        accept_new_options=True,
        wrap=True,
        key=key,
        help="Remove what is wrong; write to add what is missing.",
    )


def _draw_positions(profile: CandidateProfile, prefix: str, today: date) -> tuple[Position, ...]:
    rows = _draw_table(
        "Positions",
        [
            {
                "Title": p.title,
                "Company": p.company,
                "From": str(p.start or ""),
                "To": "present" if p.is_current else str(p.end or ""),
            }
            for p in profile.positions
        ],
        ["Title", "Company", "From", "To"],
        f"{prefix}_positions",
    )
    return tuple(
        _position(row, _known_position(profile, n, row), today) for n, row in rows if _any(row)
    )


def _known_position(profile: CandidateProfile, n: int, row: dict[str, str]) -> Position | None:
    """The position that a row was; none where another job took a deleted one's place."""
    known: Position | None = _nth(profile.positions, n)
    is_same = known and (known.title == row["Title"] or known.company == row["Company"])
    return known if is_same else None


def _position(row: dict[str, str], known: Position | None, today: date) -> Position:
    known = known or Position("", "")
    ends = find_dates(row["To"], today)
    is_current = row["To"].lower() in _NOW or bool(ends and ends[0].is_current)
    return replace(
        known,
        title=row["Title"],
        company=row["Company"],
        start=_date(row["From"], known.start, today),
        end=None if is_current else _date(row["To"], known.end, today),
        is_current=is_current,
    )


def _draw_education(profile: CandidateProfile, prefix: str, today: date) -> tuple[Education, ...]:
    rows = _draw_table(
        "Education",
        [
            {
                "Institution": e.institution,
                "Degree": e.degree,
                "From": str(e.start or ""),
                "To": str(e.end or ""),
            }
            for e in profile.education
        ],
        ["Institution", "Degree", "From", "To"],
        f"{prefix}_education",
    )
    return tuple(
        replace(
            _nth(profile.education, n) or Education(""),
            institution=row["Institution"],
            degree=row["Degree"],
            start=_date(row["From"], None, today),
            end=_date(row["To"], None, today),
        )
        for n, row in rows
        if _any(row)
    )


def _draw_projects(profile: CandidateProfile, prefix: str) -> tuple[Project, ...]:
    rows = _draw_table(
        "Projects",
        [{"Name": p.name, "What it is": p.description} for p in profile.projects],
        ["Name", "What it is"],
        f"{prefix}_projects",
    )
    return tuple(
        replace(
            _nth(profile.projects, n) or Project(""),
            name=row["Name"],
            description=row["What it is"],
        )
        for n, row in rows
        if _any(row)
    )


def _draw_table(
    title: str, rows: list[dict[str, str]], columns: list[str], key: str
) -> list[tuple[int, dict[str, str]]]:
    """An editable table; its rows, each with the index it had before (new ones past the end)."""
    import pandas as pd  # takes half a second, which only a resume is worth

    st.markdown(f"**{title}**")
    edited = st.data_editor(
        pd.DataFrame(rows, columns=columns, dtype=str),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={
            "From": st.column_config.TextColumn(
                width=80, help="A year, or year and month: 2021-03"
            ),
            "To": st.column_config.TextColumn(width=80, help="The same, or “present”"),
        },
        key=key,
        alt=f"{title} as read from the resume, editable",
    )
    return [
        (int(index) if isinstance(index, int) else len(rows), _as_texts(row, columns))
        for index, row in edited.iterrows()
    ]


def _as_texts(row: Any, columns: Sequence[str]) -> dict[str, str]:
    return {c: row[c].strip() if isinstance(row[c], str) else "" for c in columns}


def _date(text: str, known: PartialDate | None, today: date) -> PartialDate | None:
    """The date in a cell, in any usual form; the one known before where none can be read in it."""
    if not text:
        return None
    found = _DATE.match(text)
    if found:
        return PartialDate(int(found[1]), int(found[2] or 0))
    read = find_dates(text, today)
    return (read[0].start or read[0].end or known) if read else known


def _any(row: dict[str, str]) -> bool:
    return any(row.values())


def _nth(items: Sequence[Any], index: int) -> Any:
    return items[index] if index < len(items) else None
