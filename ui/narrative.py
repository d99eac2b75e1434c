"""The report in prose, as the candidate's AI interviewer writes it."""

from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview
from core.domain.narrative import Finding, Narrative, PartialNarrative
from core.domain.work import WorkStatus
from core.ports import WorkKey, WorkKind
from ui.errors import act
from ui.interviewer_choice import interviewer_label
from ui.texts import plain
from ui.watching import LOOK_SECONDS, watched

_COMPLETE = "The report below is complete without it."


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
    if job is not None:
        for seconds in watched(job):
            if isinstance(job.shown, PartialNarrative):
                place.html(_html(job.shown.headline, job.shown.strengths, job.shown.weaknesses))
            status.caption(f"{_doing(interview)} … {seconds} s. {_COMPLETE}")
        _rerun_if_changed(app, user, interview)
    status.empty()
    _poll(app, user, interview)


@st.fragment(run_every=LOOK_SECONDS)
def _poll(app: Application, user: UUID, interview: Interview) -> None:
    """Look again for what another process writes, or what takes very long."""
    st.caption(f"{_doing(interview)} … {_COMPLETE}")
    _rerun_if_changed(app, user, interview)


def _doing(interview: Interview) -> str:
    who = plain(interviewer_label(interview.interviewer))
    return f":material/edit_note: {who} writes about your interview"


def _rerun_if_changed(app: Application, user: UUID, interview: Interview) -> None:
    if app.interviewing.version(user, interview.id) != interview.version:
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
    st.button(
        "Ask for them again",
        key="narrative_retry",
        icon=":material/refresh:",
        on_click=act,
        args=(app.interviewing.request_narrative, user, interview.id),
    )


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
