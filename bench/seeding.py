"""A candidate with a history, for benches."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import SecretStr
from sqlalchemy import Connection, text

from bench.candidates import strong
from bench.invented_history import InventedCandidate
from core.adapters.database import open_sqlite
from core.bootstrap import Application, build
from core.config import AppMode, Settings
from core.domain.interview_setup import InterviewSetup
from core.domain.question import Seniority
from core.services.accounts import guest_id, new_guest_token

_COPIED = {
    "interviews": "id",
    "plans": "interview_id",
    "responses": "interview_id",
    "answer_summaries": "interview_id",
}
_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Visitor:
    """A guest whose browser is known, with an interview to open."""

    token: str
    interview_id: UUID


def application_in(data_dir: Path) -> Application:
    """A local application of its own on the store in `data_dir`."""
    return build(Settings(app_mode=AppMode.LOCAL, data_dir=data_dir, database_url=SecretStr("")))


def seed_history(app: Application, count: int, until: datetime) -> Visitor:
    """A new guest with `count` finished interviews over six months; the newest is the visitor's."""
    token = new_guest_token()
    user = guest_id(token)
    for interview in InventedCandidate(app).interviews(count, until):
        own = replace(interview, id=uuid4())
        app.exporting.store.add_interview(user, own)
        app.practising.take_in(user, own)
    return Visitor(token, app.interviewing.interviews(user)[0].id)


def seed_visitor(data_dir: Path) -> Visitor:
    """A new store in `data_dir` with one interview, whose third answer is judged."""
    app = application_in(data_dir)
    token = new_guest_token()
    user = guest_id(token)
    setup = InterviewSetup(role_title="Backend Engineer", seniority=Seniority.MID)
    interview = app.interviewing.start_interview(user, setup)
    for position in (1, 2, 3):
        if position > 1:
            interview = app.interviewing.next_question(user, interview.id, position - 1)
        answer = strong(interview.current)
        app.interviewing.submit_answer(user, interview.id, position, answer)
        interview = app.interviewing.wait_for_work(user, interview.id, _WAIT_SECONDS)
    return Visitor(token, interview.id)


def multiply(data_dir: Path, interview_id: UUID, count: int) -> None:
    """Copy an interview with its answers until the store holds `count` of them, finished ones."""
    engine = open_sqlite(data_dir / "interviews.db")
    with engine.begin() as connection:
        columns = {table: _columns(connection, table) for table in _COPIED}
        for _ in range(count - 1):
            _copy(connection, interview_id, columns)
        _finish_copies(connection, interview_id)
    engine.dispose()


def _columns(connection: Connection, table: str) -> str:
    rows = connection.execute(text(f"pragma table_info({table})"))
    return ", ".join(row.name for row in rows if row.name not in ("id", "interview_id"))


def _copy(connection: Connection, interview_id: UUID, columns: dict[str, str]) -> None:
    ids = {"copy": uuid4().hex, "original": interview_id.hex}
    for table, key in _COPIED.items():
        names = columns[table]
        statement = (
            f"insert into {table} ({key}, {names}) "  # noqa: S608 - names of our own tables
            f"select :copy, {names} from {table} where {key} = :original"
        )
        connection.execute(text(statement), ids)


def _finish_copies(connection: Connection, interview_id: UUID) -> None:
    connection.execute(
        text(
            "update interviews set summary = json_set(summary, '$.phase', 'complete', '$.id', id) "
            "where id <> :original"
        ),
        {"original": interview_id.hex},
    )
