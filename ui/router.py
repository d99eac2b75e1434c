"""The frame around every page: navigation, look, and what to show when a page fails."""

import sys
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # `streamlit run ui/router.py` puts only `ui/` there
    sys.path.insert(0, str(ROOT))

from ui.account_ways import can_sign_in, goes_to_account  # noqa: E402 - needs the path above
from ui.arrival import run_admitted  # noqa: E402 - needs the path above
from ui.frame import draw_frame, run_guarded  # noqa: E402 - needs the path above
from ui.navigation import (  # noqa: E402 - needs the path above
    ACCOUNT,
    HISTORY,
    INTERVIEW,
    PRACTICE,
    PREPARATION,
    PROGRESS,
    REPORT,
    SETTINGS,
    STORIES,
)


def run_page(chosen: StreamlitPage) -> None:
    """Run the page; whoever comes back from a provider's sign-in goes on to the Account page."""
    if chosen.url_path != "account" and goes_to_account():
        st.switch_page(ACCOUNT)
    run_admitted(chosen.run, is_open=chosen.url_path == "account")


page = st.navigation(
    [
        st.Page(PRACTICE, title="Practice", url_path="practice", default=True),
        st.Page(PREPARATION, title="Preparation", url_path="preparation"),
        st.Page(PROGRESS, title="Progress", url_path="progress"),
        st.Page(STORIES, title="Stories", url_path="stories"),
        st.Page(HISTORY, title="History", url_path="history"),
        st.Page(SETTINGS, title="Settings", url_path="settings"),
        st.Page(
            ACCOUNT,
            title="Account",
            url_path="account",
            visibility="visible" if can_sign_in() else "hidden",
        ),
        st.Page(INTERVIEW, title="Interview", url_path="interview", visibility="hidden"),
        st.Page(REPORT, title="Report", url_path="report", visibility="hidden"),
    ],
    position="top",
)
draw_frame(page.title)
run_guarded(lambda: run_page(page))
