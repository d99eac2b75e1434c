"""An interview that begins in the database, and a browser that is recognised as its candidate's.

A journey whose fact lies in the room need not draw the pages before it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Page

from core.domain.interview_setup import InterviewSetup
from core.domain.question import Seniority
from core.services.accounts import COOKIE_NAME, guest_id, new_guest_token
from tests.doubles import FrozenClock
from tests.e2e.server import Server


def enter_room(server: Server, page: Page, url: str = "", **setup: Any) -> None:
    """Seat a candidate and open the room; `url` where the browser does not reach the server directly."""
    _, interview = seat(server, page, **setup)
    page.goto(f"{url or server.url}/interview?interview={interview}")


def seat(server: Server, page: Page, seconds_ago: float = 0.0, **setup: Any) -> tuple[UUID, UUID]:
    """The ids of a candidate and of an interview of two questions; `setup` as `InterviewSetup` takes it.

    The first question was asked `seconds_ago`. The page's browser is the candidate's from now on.
    """
    token = new_guest_token()
    page.context.add_cookies([{"name": COOKIE_NAME, "value": token, "url": server.url}])
    usual: dict[str, Any] = {
        "role_title": "Backend Engineer",
        "seniority": Seniority.MID,
        "length": 2,
    }
    user = guest_id(token)
    asked_at = FrozenClock(datetime.now(UTC) - timedelta(seconds=seconds_ago))
    interviewing = replace(server.app.interviewing, clock=asked_at)
    return user, interviewing.start_interview(user, InterviewSetup(**(usual | setup))).id
