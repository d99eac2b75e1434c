"""The same interview by the page and by the API leaves the same rows."""

import json
import sqlite3
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.config import ROOT
from core.domain.interview import Interview
from core.services import interviewing
from core.services.accounts import guest_id, new_guest_token
from tests.api.calls import ANSWER, answer, start
from tests.builders import ALICE

SEED = 7
OWN_TO_EACH = (
    *("id", "user_id", "interview_id"),
    *("created_at", "finished_at", "asked_at", "submitted_at"),
)
"""What no two interviews share."""

QUERIES = {
    "interviews": "select * from interviews where id = ?",
    "plans": "select * from plans where interview_id = ?",
    "responses": "select * from responses where interview_id = ? order by position, attempt",
    "asked_questions": "select * from asked_questions where interview_id = ? order by position",
    "leases": "select * from leases where interview_id = ?",
}
JSON_COLUMNS = ("session_state", "plan", "summary", "evaluation", "details")


class _OneSeed:
    """Chooses the same seed for every interview."""

    def randrange(self, *_: int) -> int:
        return SEED


def _by_page(app: Application) -> Interview:
    token = new_guest_token()
    visit = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=30)
    visit.session_state["session_guest_token"] = token
    visit.run()
    visit.slider(key="practice_length").set_value(3)
    visit.button(key="practice_start").click().run()
    for position in (1, 2):
        visit.text_area(key=f"room_answer_{position}_1").set_value(ANSWER)
        visit.button(key=f"room_answer_{position}_1_submit").click().run()
        visit.button(key="room_next").click().run()
    for position in (3, 4):
        visit.button(key=f"room_skip_{position}").click().run()
    return _only_interview(app, guest_id(token))


def _by_api(app: Application, client: TestClient, like: Interview) -> Interview:
    told = start(
        client,
        role=like.setup.role_title,
        seniority=like.setup.seniority,
        questions=like.setup.length,
        seed=SEED,
    )
    for position in (1, 2):
        assert answer(client, told["session_id"], position).status_code == 200
    for position in (3, 4):
        address = f"/interview/{told['session_id']}/skip"
        assert client.post(address, json={"position": position}).status_code == 200
    return _only_interview(app, ALICE)


def _only_interview(app: Application, user: UUID) -> Interview:
    (summary,) = app.interviewing.interviews(user)
    return app.interviewing.interview(user, summary.id)


def _rows(app: Application, interview: Interview) -> dict[str, Any]:
    """Everything that the database has of an interview."""
    connection = sqlite3.connect(app.settings.database_path)
    connection.row_factory = sqlite3.Row
    found = {
        table: [_row(row) for row in connection.execute(query, (interview.id.hex,))]
        for table, query in QUERIES.items()
    }
    connection.close()
    return found


def _row(row: sqlite3.Row) -> dict[str, Any]:
    return {
        name: json.loads(value) if name in JSON_COLUMNS and value else value
        for name, value in zip(row.keys(), row, strict=True)
    }


def _shared(stored: Any) -> Any:
    """What is stored, without what no two interviews share."""
    if isinstance(stored, dict):
        return {k: _shared(v) for k, v in stored.items() if k not in OWN_TO_EACH}
    return [_shared(item) for item in stored] if isinstance(stored, list) else stored


@pytest.mark.slow
def test_same_interview_by_page_and_by_api_leaves_the_same_rows(
    app: Application, alice: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interviewing, "SystemRandom", _OneSeed)
    by_page = _by_page(app)
    by_api = _by_api(app, alice, by_page)
    assert by_page.is_over
    assert _shared(_rows(app, by_api)) == _shared(_rows(app, by_page))
