"""Showing a report to others by a link: make one, see which are open, revoke."""

from urllib.parse import urlsplit
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview
from core.domain.share import SHARED_FOR, Share
from ui import session
from ui.errors import act, show_remembered
from ui.texts import of_row

_MADE = "share_made"


def draw_sharing(app: Application, user: UUID, interview: Interview) -> None:
    """The folded block; the links are read when it is opened."""
    folded = st.expander(
        "Share this report", icon=":material/share:", key="share", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        st.write(
            "Whoever has the link can read the scores, without an account. "
            f"It ends after {SHARED_FOR.days} days, or when you revoke it."
        )
        show_remembered()
        _draw_made()
        st.checkbox(
            "Show the questions and my answers too",
            key="share_answers",
            help="Questions may tell what stands in your resume.",
        )
        st.button(
            "Make a link",
            key="share_make",
            icon=":material/add_link:",
            on_click=act,
            args=(_make, app, user, interview.id),
        )
        for share in app.sharing.links(user, interview.id):
            _draw_share(app, user, share)


def _make(app: Application, user: UUID, interview_id: UUID) -> None:
    has_answers = bool(session.value("share_answers", False))
    share, secret = app.sharing.make_link(user, interview_id, has_answers=has_answers)
    session.remember(_MADE, (share, secret))


def _draw_made() -> None:
    """The link that was just made; it is remembered for this drawing of the page alone."""
    made = session.value(_MADE)
    if not made:
        return
    session.forget(_MADE)
    share, secret = made
    told = "scores, questions and answers" if share.has_answers else "scores alone"
    st.success(
        f"This link shows {told}. Copy it now: it is not kept and cannot be shown again.",
        icon=":material/check_circle:",
    )
    st.code(_address(secret), language=None, wrap_lines=True)


def _address(secret: str) -> str:
    """The link as others open it, from where this page is in the candidate's browser."""
    here = urlsplit(st.context.url or "")
    folder = here.path.rstrip("/").rpartition("/")[0]
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{origin}{folder}/shared/{secret}"


def _draw_share(app: Application, user: UUID, share: Share) -> None:
    what = "with answers" if share.has_answers else "scores alone"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"Made on {share.created_at:%d %B, %H:%M} UTC, {what}, until {share.expires_at:%d %B %Y}"
        )
        st.button(
            of_row("Revoke", f"{share.created_at:%d %B, %H:%M}"),
            key=f"share_revoke_{share.id}",
            icon=":material/link_off:",
            help="The link opens nothing from then on",
            on_click=act,
            args=(app.sharing.revoke_link, user, share.id),
        )
