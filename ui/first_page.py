"""Whether this process has drawn a page yet. Imports nothing, since the launcher waits for it."""

from threading import Event

_drawn = Event()


def tell_page_drawn() -> None:
    """A page was drawn for someone."""
    _drawn.set()


def wait_for_first_page(timeout_seconds: float) -> None:
    """Wait until this process has drawn a page for someone, or the time is over."""
    _drawn.wait(timeout_seconds)
