"""Preparing for one interview: what it asks for, what there is to show, and what to do until then."""

from dataclasses import replace
from datetime import date, timedelta
from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.preparation import (
    FARTHEST,
    MAX_TITLE_CHARACTERS,
    AnswerEvidence,
    PlannedDay,
    Preparation,
    Requirement,
    Standing,
    Task,
    gaps,
)
from core.services.preparation_maps import PreparationMap
from ui import session
from ui.errors import act, show_remembered
from ui.navigation import go_to_practice
from ui.texts import counted, plain

_WEEK = timedelta(days=7)
_CHOSEN = "preparation_chosen"
_NEW = "preparation_new"
_MARKS = {
    Standing.SHOWN: ("✓", "covered"),
    Standing.CLAIMED: ("◐", "partly"),
    Standing.WEAK: ("△", "partly"),
    Standing.OPEN: ("○", "missing"),
}
"""A sign and a style; the standing's own words stand beside."""
_DO = {
    Standing.OPEN: "Prepare what you can truthfully say about {}, then be asked about it",
    Standing.WEAK: "Answer on {} again: your best answer so far is below solid",
    Standing.CLAIMED: "Be asked about {}: you name it, and no question on it is judged yet",
}


def draw_preparation(app: Application, user: UUID) -> None:
    """The interviews to come, the map of the chosen one, and the form for another."""
    found = app.preparation_maps.of(user)
    show_remembered()
    if not found:
        st.write(
            "Paste the description of a job and the day of your interview. You will see what it asks for, "
            "in its own words, beside what you have to show for it in your resume and your answers here, and "
            "what to practise on the days that are left."
        )
    chosen = _draw_choice(found, app.clock.now().date())
    if chosen:
        _draw_map(app, app.preparation_maps.map_of(user, chosen))
        _draw_change(app, user, chosen)
    with st.expander(
        "Prepare for another interview" if found else "The interview to come",
        icon=":material/add:",
        expanded=not found,
        key=f"preparation_add_{'another' if found else 'first'}",
    ):
        _draw_new(app, user)


def _draw_choice(found: tuple[Preparation, ...], today: date) -> Preparation | None:
    """Which one to look at: the next to come, unless another is chosen."""
    if len(found) < 2:
        return found[0] if found else None
    by_id = {one.id: one for one in found}
    first = next((one for one in found if one.interview_on >= today), found[-1])
    if session.value(_CHOSEN) not in by_id:
        session.remember(_CHOSEN, first.id)
    chosen = st.selectbox(
        "Interview",
        list(by_id),
        key=_CHOSEN,
        format_func=lambda key: f"{by_id[key].title}, {by_id[key].interview_on:%d %B %Y}",
        persist_state="session",
    )
    return by_id.get(chosen, first)


def _draw_map(app: Application, mapped: PreparationMap) -> None:
    preparation = mapped.preparation
    today = app.clock.now().date()
    st.header(plain(preparation.title), anchor=False)
    st.caption(
        f"{preparation.interview_on:%A, %d %B %Y} · {_left(preparation.interview_on, today)}"
    )
    if not mapped.requirements:
        st.info(
            "No skill that we know stands in this description, so that there is nothing to set side by side. "
            "A whole interview with it is still worth while.",
            icon=":material/info:",
        )
    else:
        st.subheader(_finding(mapped), anchor=False)
    _draw_plan(mapped, today)
    st.button(
        "Practise with this job description",
        key="preparation_practise",
        type="primary",
        icon=":material/forum:",
        on_click=_take_along,
        args=(preparation,),
    )
    if session.value("preparation_leave"):
        session.forget("preparation_leave")
        go_to_practice()
    if mapped.requirements:
        _draw_requirements(mapped)


def _take_along(preparation: Preparation) -> None:
    """Practice begins with this job description in its box."""
    session.remember("practice_job", preparation.job_description)
    session.remember("preparation_leave", True)


def _left(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return "over"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _finding(mapped: PreparationMap) -> str:
    total = len(mapped.requirements)
    shown = total - len(gaps(mapped.requirements))
    nothing = sum(r.standing is Standing.OPEN for r in mapped.requirements)
    told = f"{shown} of {counted(total, 'requirement')} answered solidly"
    return f"{told}, {nothing} with nothing to show yet" if nothing else told


def _draw_plan(mapped: PreparationMap, today: date) -> None:
    """What to do day by day; it follows from today and from what is answered by now."""
    day, plan = mapped.preparation.interview_on, mapped.plan
    if day < today:
        st.caption("This interview is over. What was asked there can be noted on Practice.")
        return
    if day == today:
        st.info(
            "It is today: read your best answers once more, and learn nothing new.",
            icon=":material/today:",
        )
        return
    rows = "".join(_day_row(planned, today) for planned in plan.days)
    st.html(f'<h3>Until then</h3><dl class="plan">{rows}</dl>')
    notes = ["The plan changes with each answer and each day; days that are not named are free."]
    if plan.left_out:
        names = ", ".join(requirement.name for requirement in plan.left_out)
        notes.append(f"No room is left for: {plain(names)}.")
    st.caption(" ".join(notes))


def _day_row(planned: PlannedDay, today: date) -> str:
    name = "Today" if planned.day == today else f"{planned.day:%a %d %B}"
    tasks = "".join(f"<li>{escape(_told(task))}</li>" for task in planned.tasks)
    return f"<dt>{name}</dt><dd><ul>{tasks}</ul></dd>"


def _told(task: Task) -> str:
    if task.requirement is None:
        return "A whole interview in the realistic way, with this job description"
    return _DO[task.requirement.standing].format(task.requirement.name)


def _draw_requirements(mapped: PreparationMap) -> None:
    rows = "".join(_requirement(requirement) for requirement in mapped.requirements)
    st.html(f'<h3>What it asks for, and what you have to show</h3><dl class="evidence">{rows}</dl>')
    resume = (
        "" if mapped.has_resume else " There is no resume yet; with one, its words stand here too."
    )
    st.caption(
        "Requirements are the skills that the description names; what it says in other words is not "
        f"found. Words in quotation marks are verbatim.{resume}"
    )


def _requirement(requirement: Requirement) -> str:
    sign, style = _MARKS[requirement.standing]
    lines = [_quoted("The job", requirement.words)]
    lines += [_quoted("Your resume", words) for words in requirement.resume]
    if requirement.answer:
        lines.append(_answered(requirement.answer))
    return (
        f'<dt>{escape(requirement.name)}<br><span class="coverage {style}">'
        f'<span aria-hidden="true">{sign}</span> {escape(requirement.standing.capitalize())}</span></dt>'
        f"<dd>{''.join(lines)}</dd>"
    )


def _answered(evidence: AnswerEvidence) -> str:
    answer = evidence.answer
    when = f"{answer.answered_at:%d %B %Y}"
    if evidence.is_asked:
        return _quoted(f"Your best answer, {answer.score:.0f} of 100, {when}", evidence.words)
    return _quoted(f"Named in an answer to another question, {when}", evidence.words)


def _quoted(source: str, words: str) -> str:
    return f'<p><span class="quiet">{escape(source)}:</span> “{escape(words)}”</p>'


def _draw_new(app: Application, user: UUID) -> None:
    session.remember_first(f"{_NEW}_day", app.clock.now().date() + _WEEK)
    _draw_fields(app, _NEW, None)
    st.button(
        "See what it asks for",
        key=f"{_NEW}_save",
        type="primary",
        icon=":material/map:",
        on_click=act,
        args=(_add, app, user),
    )


def _draw_fields(app: Application, key: str, known: Preparation | None) -> None:
    today = app.clock.now().date()
    first = min(today, known.interview_on) if known else today
    left, right = st.columns([3, 2])
    left.text_input(
        "Name", key=f"{key}_title", max_chars=MAX_TITLE_CHARACTERS, placeholder="Employer, role …"
    )
    right.date_input(
        "Day of the interview", key=f"{key}_day", min_value=first, max_value=today + FARTHEST
    )
    st.text_area("Job description", key=f"{key}_job", height=160)


def _add(app: Application, user: UUID) -> None:
    """Store what is written, and empty the fields only then."""
    title, job, day = (session.value(f"{_NEW}_{name}") for name in ("title", "job", "day"))
    made = app.preparation_maps.add(user, title or "", job or "", day)
    for name in ("title", "job"):
        session.remember(f"{_NEW}_{name}", "")
    session.remember(_CHOSEN, made.id)


def _draw_change(app: Application, user: UUID, known: Preparation) -> None:
    key = f"preparation_{known.id}"
    values = {"title": known.title, "job": known.job_description, "day": known.interview_on}
    with st.expander("Change or delete", icon=":material/edit:", key=f"{key}_change"):
        for name, value in values.items():
            session.remember_first(f"{key}_{name}", value)
        _draw_fields(app, key, known)
        with st.container(horizontal=True):
            st.button(
                "Save",
                key=f"{key}_save",
                icon=":material/check:",
                on_click=act,
                args=(_change, app, user, known),
            )
            if st.button("Delete", key=f"{key}_delete", icon=":material/delete:", type="tertiary"):
                _confirm_delete(app, user, known)


def _change(app: Application, user: UUID, known: Preparation) -> None:
    key = f"preparation_{known.id}"
    changed = replace(
        known,
        title=session.value(f"{key}_title") or "",
        job_description=session.value(f"{key}_job") or "",
        interview_on=session.value(f"{key}_day"),
    )
    app.preparation_maps.change(user, changed)


@st.dialog("Delete this preparation?")
def _confirm_delete(app: Application, user: UUID, known: Preparation) -> None:
    st.write(
        f"{plain(known.title)}: the job description and its map will be gone. Your answers stay. "
        "This cannot be undone."
    )
    if st.button(
        "Delete it",
        key="preparation_delete_sure",
        type="primary",
        on_click=act,
        args=(app.preparation_maps.delete, user, known.id),
    ):
        st.rerun()
