"""What the drills share: a server that can be held still, and a candidate in the middle of an interview."""

import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Way
from tests.e2e import seating
from tests.e2e.journey import ANSWER
from tests.e2e.server import Server
from tests.e2e.slow_app import MOMENTS
from tests.spawner import spawn

WAIT_SECONDS = 30.0
_LOOK_SECONDS = 0.05
_SIZE_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class DrillServer(Server):
    """A server that stops at the moments named in `tests.e2e.slow_app`, pauses, and runs out of disk."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self._drills = folder / "drills"
        self._drills.mkdir()
        super().__init__(
            folder / "var",
            module="tests.e2e.slow_app",
            launch=spawn,
            DRILLS=str(self._drills),
            **environment,
        )

    def hold(self, *moments: str) -> None:
        """Let whoever comes to these moments wait there."""
        for moment in moments:
            (self._drills / moment).touch()

    def go_on(self) -> None:
        """Let all go on who wait at a moment."""
        for moment in MOMENTS:
            (self._drills / moment).unlink(missing_ok=True)

    def release(self) -> None:
        """Let all go on, with the machine's own clock and disk."""
        for file in self._drills.iterdir():
            file.unlink()
        if self.is_running:
            os.kill(self.pid, signal.SIGCONT)
            self.empty_disk()

    def wait_until_reached(self, moment: str) -> None:
        """Until someone waits at the moment."""
        until((self._drills / f"{moment}.reached").exists)

    def set_clock(self, seconds: float) -> None:
        """Put the clock of the process wrong by so much."""
        written = self._drills / "clock.new"
        written.write_text(str(seconds))
        written.replace(self._drills / "clock")

    def pause(self) -> None:
        """Stop the process in the middle of whatever it does."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused process go on."""
        os.kill(self.pid, signal.SIGCONT)

    def fill_disk(self) -> None:
        """From now on the kernel refuses every byte that the process writes to a file."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def empty_disk(self) -> None:
        """Let the process write again."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, _SIZE_UNLIMITED)

    def restart(self) -> None:
        """End it as a crash would, and start it on what is left."""
        self.kill()
        self.start()

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the database as they are on disk."""
        with sqlite3.connect(self.data_dir / "interviews.db") as database:
            return database.execute(sql, values).fetchall()

    def answers(self, interview_id: UUID) -> list[tuple[int, int, str]]:
        """Position, attempt and status of every stored answer of an interview."""
        return self.query(
            "select position, attempt, status from responses where interview_id = ? order by 1, 2",
            interview_id.hex,
        )


@dataclass(frozen=True)
class Candidate:
    """Someone in the middle of an interview, with a browser that is recognised as theirs."""

    server: DrillServer
    page: Page
    user: UUID
    interview_id: UUID
    url: str
    """Where the browser reaches the server."""

    @property
    def room(self) -> str:
        """The address of the interview."""
        return f"{self.url}/interview?interview={self.interview_id}"

    @property
    def interview(self) -> Interview:
        """The interview as it is stored."""
        return self.server.app.interviewing.interview(self.user, self.interview_id)

    @property
    def answers(self) -> list[tuple[int, int, str]]:
        """Position, attempt and status of every stored answer."""
        return self.server.answers(self.interview_id)

    @property
    def asked(self) -> list[int]:
        """The position of every question that was put."""
        found = self.server.query(
            "select position from asked_questions where interview_id = ? order by 1",
            self.interview_id.hex,
        )
        return [position for (position,) in found]

    def second_tab(self) -> Page:
        """Another tab of the same browser, in the same room."""
        tab = self.page.context.new_page()
        tab.goto(self.room)
        return tab


def enter(
    server: DrillServer, page: Page, url: str = "", seconds_ago: float = 0.0, **setup: Any
) -> Candidate:
    """A candidate in front of the first of two questions; `setup` as `InterviewSetup` takes it.

    `url` is given where the browser does not reach the server directly. The question was asked
    `seconds_ago`.
    """
    user, interview = seating.seat(server, page, seconds_ago, **setup)
    candidate = Candidate(server, page, user, interview, url or server.url)
    page.goto(candidate.room)
    return candidate


def box(page: Page, position: int, attempt: int = 1) -> Locator:
    """The answer box of this very attempt: for a moment the one before it is still there."""
    return page.locator(f".st-key-room_answer_{position}_{attempt} textarea")


def answer(page: Page, position: int, text: str = ANSWER) -> None:
    """Answer the question that is asked."""
    box(page, position).fill(text)
    page.get_by_role("button", name="Submit answer").click()


def next_question(page: Page) -> None:
    """Leave the feedback."""
    page.get_by_role("button", name="Next question").click()


def leave_last_words(page: Page, position: int = 3) -> None:
    """Skip the closing question; the report is there."""
    page.locator(f".st-key-room_skip_{position} button").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()


def finish(candidate: Candidate) -> None:
    """Go on from wherever the interview of two questions stands, to a report with two judged answers."""
    page, is_coach = candidate.page, candidate.interview.setup.way is Way.COACH
    if is_coach and candidate.interview.phase in (Phase.PROCESSING, Phase.FEEDBACK):
        next_question(page)
    for position in range(len(candidate.answers) + 1, 3):
        answer(page, position)
        if is_coach:
            next_question(page)
    leave_last_words(page)
    expect_whole(candidate)


def expect_whole(candidate: Candidate) -> None:
    """Two questions and the closing one, two answers, each judged once."""
    expect(candidate.page.get_by_text("2 judged")).to_be_visible()
    assert candidate.answers == [(1, 1, "done"), (2, 1, "done")]
    assert candidate.asked == [1, 2, 3]


def interview_id(page: Page) -> UUID:
    """Of the interview that a page shows."""
    return UUID(parse_qs(urlsplit(page.url).query)["interview"][0])


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that no page shows."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("What was waited for did not come.")
        time.sleep(_LOOK_SECONDS)
