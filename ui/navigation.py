"""The pages by name, and how to get from one to another."""

from pathlib import Path
from typing import NoReturn
from uuid import UUID

import streamlit as st

_PAGES = Path(__file__).resolve().parents[1] / "pages"
PRACTICE = _PAGES / "practice.py"
PREPARATION = _PAGES / "preparation.py"
PROGRESS = _PAGES / "progress.py"
HISTORY = _PAGES / "history.py"
STORIES = _PAGES / "stories.py"
SETTINGS = _PAGES / "settings.py"
ACCOUNT = _PAGES / "account.py"
INTERVIEW = _PAGES / "interview.py"
REPORT = _PAGES / "report.py"


def go_to_practice() -> NoReturn:
    """Leave for the Practice page."""
    st.switch_page(PRACTICE)


def go_to_interview(interview_id: UUID) -> NoReturn:
    """Enter the room of an interview; its address can be reloaded and opened in a second tab."""
    st.switch_page(INTERVIEW, query_params={"interview": str(interview_id)})


def go_to_report(interview_id: UUID) -> NoReturn:
    """Open the report of an interview."""
    st.switch_page(REPORT, query_params={"interview": str(interview_id)})


def link_to_practice() -> None:
    """A link for pages that have nothing to show."""
    st.page_link(PRACTICE, label="Go to Practice", icon=":material/arrow_forward:")
