"""The look around every page, and the boundary that catches what a page did not."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from core.domain.errors import InterviewError
from ui.errors import show_page_error, show_unexpected
from ui.first_page import tell_page_drawn

_STYLE = Path(__file__).with_name("style.css")


def draw_frame(title: str) -> None:
    """Name the browser tab and apply our few styles; the tab's picture comes from the launcher."""
    st.set_page_config(page_title=f"{title} · Mock Interview", layout="wide")
    st.html(_style())


@cache
def _style() -> str:
    return f"<style>{_STYLE.read_text('utf-8')}</style>"


def run_guarded(run: Callable[[], None]) -> None:
    """Run a page; what it raises is told in a sentence, with everything stored still there."""
    try:
        run()
    except InterviewError as error:
        show_page_error(error)
    except Exception as error:  # noqa: BLE001 - the boundary of a page
        show_unexpected(error)
    finally:
        tell_page_drawn()
