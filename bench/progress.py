"""Queries and CPU of the pages over all interviews, with ten answers each: `python -m bench.progress`."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from uuid import UUID

from bench.invented_history import InventedCandidate
from bench.queries import SIZES, application_on, page_cost
from bench.seeding import Visitor, application_in
from core.bootstrap import Application
from core.domain.interview import Interview
from core.domain.turn import Turn
from core.services.accounts import guest_id, new_guest_token

PAGES = ("progress", "history", "preparation")
ANSWERS = 10
_DIFFERENT = 20


def main() -> None:
    """Print a line for each page and each size of history."""
    print("| page | interviews | answers | queries (goal ≤ 3) | CPU of the run, ms (goal ≤ 300) |")
    print("|---|---|---|---|---|")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            data_dir = Path(name) / "var"
            visitor, answers = _seed(data_dir, size)
            with application_on(data_dir):
                for page in PAGES:
                    queries, cpu_ms = page_cost(visitor, page)
                    print(f"| {page} | {size} | {answers} | {queries} | {cpu_ms:.0f} |")


def _seed(data_dir: Path, size: int) -> tuple[Visitor, int]:
    """A guest with `size` interviews: some held, the others copies of them at other times."""
    app = application_in(data_dir)
    token = new_guest_token()
    held = list(
        InventedCandidate(app, lengths=(ANSWERS,)).interviews(
            min(size, _DIFFERENT), datetime.now(UTC)
        )
    )
    copies = list(_copies(held, size))
    for interview in copies:
        app.exporting.store.add_interview(guest_id(token), interview)
    _prepare(app, guest_id(token))
    return Visitor(token, copies[-1].id), sum(len(i.scored_turns) for i in copies)


def _prepare(app: Application, user: UUID) -> None:
    """A resume and an interview to come, so that the Preparation page has all it can show."""
    app.preparing.keep_resume(user, app.preparing.read_pasted(app.samples[0].text))
    day = app.clock.now().date() + timedelta(days=14)
    app.preparation_maps.add(user, "An interview to come", app.samples[0].text, day)


def _copies(held: list[Interview], size: int) -> Iterator[Interview]:
    random = Random(size)
    for number, interview in enumerate(islice(cycle(held), size)):
        new_id = UUID(int=random.getrandbits(128), version=4)
        yield replace(_earlier(interview, timedelta(hours=7 * number)), id=new_id)


def _earlier(interview: Interview, by: timedelta) -> Interview:
    turns = tuple(_turn_earlier(turn, by) for turn in interview.turns)
    return replace(interview, created_at=interview.created_at - by, turns=turns)


def _turn_earlier(turn: Turn, by: timedelta) -> Turn:
    attempts = tuple(replace(a, submitted_at=a.submitted_at - by) for a in turn.attempts)
    return replace(turn, asked_at=turn.asked_at - by, attempts=attempts)


if __name__ == "__main__":
    main()
