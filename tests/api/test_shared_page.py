"""A shared report as a reader without an account gets it, and what every other link gives."""

from dataclasses import replace
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from api.guest_cookie import GuestCookieMiddleware
from app import shared
from core.bootstrap import Application
from core.domain.interview import Phase
from core.services.accounts import COOKIE_NAME
from tests.builders import ALICE, ANSWER, INTERVIEW_ID, a_judged_interview

QUESTION = "Why did you leave <Quillhaven>?"


@pytest.fixture
def reader(app: Application) -> TestClient:
    """A browser that knows nothing, before a report of Alice's."""
    judged = a_judged_interview()
    asked = replace(judged.turns[0], question=replace(judged.turns[0].question, text=QUESTION))
    over = replace(judged, phase=Phase.COMPLETE, turns=(asked,), name="My secret name")
    app.exporting.store.add_interview(ALICE, over)
    routes = Starlette(routes=[Route("/shared/{secret:path}", shared)])
    return TestClient(GuestCookieMiddleware(routes, is_hosted=False))


def link(app: Application, *, has_answers: bool = False) -> str:
    return f"/shared/{app.sharing.make_link(ALICE, INTERVIEW_ID, has_answers=has_answers)[1]}"


def test_scores_are_shown(reader: TestClient, app: Application) -> None:
    page = reader.get(link(app))
    assert page.status_code == 200
    assert "60 of 100" in page.text


def test_questions_and_answers_are_shown_only_where_it_was_ticked(
    reader: TestClient, app: Application
) -> None:
    scores, all_of_it = reader.get(link(app)).text, reader.get(link(app, has_answers=True)).text
    assert ANSWER not in scores
    assert "Quillhaven" not in scores
    assert ANSWER in all_of_it


def test_candidates_text_cannot_become_a_part_of_the_page(
    reader: TestClient, app: Application
) -> None:
    page = reader.get(link(app, has_answers=True)).text
    assert "&lt;Quillhaven&gt;" in page
    assert "<Quillhaven>" not in page


def test_candidates_own_name_for_the_interview_is_not_told(
    reader: TestClient, app: Application
) -> None:
    assert "My secret name" not in reader.get(link(app, has_answers=True)).text


def test_page_is_kept_nowhere_and_tells_nobody_its_address(
    reader: TestClient, app: Application
) -> None:
    headers = reader.get(link(app)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["known", "unknown"])
def test_reader_gets_no_cookie(reader: TestClient, app: Application, path: str) -> None:
    page = reader.get(link(app) if path == "known" else "/shared/unknown")
    assert "set-cookie" not in page.headers


def test_every_link_that_opens_nothing_looks_the_same(reader: TestClient, app: Application) -> None:
    revoked = link(app)
    app.sharing.revoke_link(ALICE, app.sharing.links(ALICE, INTERVIEW_ID)[0].id)
    gone = link(app)
    app.interviewing.delete_interview(ALICE, INTERVIEW_ID)
    paths = [revoked, gone, "/shared/", "/shared/a/b", f"/shared/{'a' * 43}", "/shared/%00%ff"]
    pages = [reader.get(path) for path in paths]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in pages}) == 1


def test_link_shows_its_candidates_report_whoever_reads_it(
    reader: TestClient, app: Application
) -> None:
    reader.cookies.set(COOKIE_NAME, "b" * 43)
    assert reader.get(link(app)).status_code == 200


def test_nothing_is_stored_by_reading(reader: TestClient, app: Application) -> None:
    path = link(app)
    before = app.interviewing.interview(ALICE, INTERVIEW_ID)
    reader.get(path)
    assert app.interviewing.interview(ALICE, INTERVIEW_ID) == before
    assert app.interviewing.interviews(uuid4()) == ()
