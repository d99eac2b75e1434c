"""The report in prose, as the candidate's AI interviewer writes it."""

import time
from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview, WorkStatus
from core.domain.narrative import Finding, Narrative, PartialNarrative
from core.ports import WorkKey, WorkKind
from ui.errors import remembering_errors
from ui.interviewer_choice import interviewer_label
from ui.texts import plain

WATCH_SECONDS = 120.0
LOOK_SECONDS = 1.0


def draw_narrative(app: Application, user: UUID, interview: Interview) -> None:
    """What the interviewer writes about the interview; the computed report stands without it."""
    if interview.narrative is not None:
        _draw(interview.narrative)
    elif interview.narration.status is WorkStatus.PENDING:
        _watch(app, user, interview)
    elif interview.narration.status is WorkStatus.FAILED:
        _draw_failure(app, user, interview)
    elif _is_wanted(interview):
        app.interviewing.request_narrative(user, interview.id)
        st.rerun()


def _is_wanted(interview: Interview) -> bool:
    """Once for an AI interviewer's interview, when nothing is being judged any more."""
    statuses = {turn.latest.status for turn in interview.scored_turns if turn.latest}
    is_judged = any(turn.overall is not None for turn in interview.scored_turns)
    return (
        not interview.interviewer.is_built_in
        and not interview.is_capped
        and is_judged
        and "pending" not in statuses
    )


def _watch(app: Application, user: UUID, interview: Interview) -> None:
    """Show it as it is written."""
    key = WorkKey(interview.id, kind=WorkKind.NARRATIVE)
    job = app.interviewing.start_work(user, interview).get(key)
    status, place = st.empty(), st.empty()
    began, seen = time.monotonic(), 0
    while job is not None and not job.wait(0) and time.monotonic() - began < WATCH_SECONDS:
        status.caption(
            f":material/edit_note: {plain(interviewer_label(interview.interviewer))} writes about your "
            f"interview … {int(time.monotonic() - began)} s. The report below is complete without it."
        )
        seen = job.wait_for_change(seen, LOOK_SECONDS)
        if isinstance(job.shown, PartialNarrative):
            place.html(_html(job.shown.headline, job.shown.strengths, job.shown.weaknesses))
    status.empty()
    if app.interviewing.interview(user, interview.id) != interview:
        st.rerun()


def _draw(narrative: Narrative) -> None:
    st.html(_html(narrative.headline, narrative.strengths, narrative.weaknesses) + _plan(narrative))
    st.caption(
        f"Written by {plain(narrative.author)} from your answers; the quotes were checked. It gives no "
        "scores: those are computed."
    )


def _draw_failure(app: Application, user: UUID, interview: Interview) -> None:
    st.warning(interview.narration.failure, icon=":material/report:")
    st.caption("The report below is complete without the interviewer's own words.")
    if st.button("Ask for them again", key="narrative_retry", icon=":material/refresh:"):
        with remembering_errors():
            app.interviewing.request_narrative(user, interview.id)
        st.rerun()


def _html(headline: str, strengths: tuple[Finding, ...], weaknesses: tuple[Finding, ...]) -> str:
    said = f"<p><strong>{escape(headline)}</strong></p>" if headline else ""
    return (
        f'<div class="narrative" aria-live="polite">{said}'
        f"{_findings('What carried you', strengths)}"
        f"{_findings('What to work on', weaknesses)}</div>"
    )


def _findings(title: str, findings: tuple[Finding, ...]) -> str:
    items = "".join(
        f"<li>{escape(f.text)} (question {f.position})"
        f'<br><span class="quiet">“{escape(f.quote)}”</span></li>'
        for f in findings
    )
    return f"<h3>{title}</h3><ul>{items}</ul>" if items else ""


def _plan(narrative: Narrative) -> str:
    items = "".join(
        f"<li>Day {_days(step.day_from, step.day_to)}: {escape(step.what)}</li>"
        for step in narrative.plan
    )
    return f"<h3>Two weeks of practice</h3><ul>{items}</ul>" if items else ""


def _days(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
