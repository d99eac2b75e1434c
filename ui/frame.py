"""The look around every page, and the boundary that catches what a page did not."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Event

import streamlit as st

from core.domain.errors import InterviewError
from ui.errors import show_page_error, show_unexpected

_first_page_drawn = Event()
_STYLE = Path(__file__).with_name("style.css")
_ICON = str(Path(__file__).with_name("icon.png"))


def draw_frame(title: str) -> None:
    """Name the browser tab and apply our few styles."""
    st.set_page_config(page_title=f"{title} · Mock Interview", page_icon=_ICON, layout="wide")
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
        _first_page_drawn.set()


def wait_for_first_page(timeout_seconds: float) -> None:
    """Wait until this process has drawn a page for someone, or the time is over."""
    _first_page_drawn.wait(timeout_seconds)
