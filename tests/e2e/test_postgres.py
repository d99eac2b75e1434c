"""The product on the hosted database: two people apart, and a database that goes away and comes back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey, slow_app
from tests.e2e.drills import DrillServer
from tests.e2e.server import Server
from tests.hosted_database import HostedDatabase
from tests.postgres_server import PostgresServer
from tests.spawner import spawn

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]

AWAY = "The database cannot be reached just now."


@pytest.fixture(scope="module")
def shared_postgres_server() -> Iterator[PostgresServer]:
    """A server that these tests may stop."""
    server = PostgresServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def database(shared_postgres_server: PostgresServer) -> HostedDatabase:
    return HostedDatabase.migrated(shared_postgres_server.url("postgres", "postgres"))


@pytest.fixture(scope="module")
def shared_app(
    database: HostedDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The app on it."""
    folder = tmp_path_factory.mktemp("hosted")
    app = Server(folder / "var", launch=spawn, DATABASE_URL=database.url)
    app.start()
    yield app
    app.kill()


@pytest.fixture
def postgres_server(shared_postgres_server: PostgresServer) -> PostgresServer:
    """The server, running."""
    shared_postgres_server.start()
    return shared_postgres_server


@pytest.fixture
def app(postgres_server: PostgresServer, shared_app: Server) -> Server:
    assert postgres_server.is_running
    return shared_app


def test_two_people_hold_their_interviews_side_by_side_and_see_nothing_of_each_other(
    app: Server, new_visitor: Visitor, database: HostedDatabase
) -> None:
    first, second = (journey.begin(new_visitor, app.url, length=3) for _ in range(2))
    for page, said in ((first, "The first person says this."), (second, "The second one does.")):
        journey.submit_and_see_feedback(page, f"{said} {journey.ANSWER}")
    addresses = [page.url for page in (first, second)]
    for page, other in zip((first, second), reversed(addresses), strict=True):
        page.goto(other)
        expect(page.get_by_text("does not exist, or it is not yours")).to_be_visible()
        journey.go_to(page, "History")
        expect(page.get_by_role("button", name="Delete")).to_have_count(1)
    for page, address in zip((first, second), addresses, strict=True):
        page.goto(address)
        page.get_by_role("button", name="Next question").click()
        journey.finish(page, length=3, first=2)
    assert not (app.data_dir / "interviews.db").exists()
    found = database.query("select user_id, count(*) from responses group by 1")
    assert [count for _, count in found] == [3, 3]


def test_draft_that_is_typed_while_the_database_is_away_is_saved_when_it_is_back(
    app: Server, new_visitor: Visitor, postgres_server: PostgresServer, database: HostedDatabase
) -> None:
    page = journey.begin(new_visitor, app.url)
    postgres_server.stop()
    journey.answer_box(page).press_sequentially("Typed while nothing could be stored.")
    expect(page.get_by_text(AWAY).first).to_be_visible()
    expect(page.get_by_text("Draft saved")).to_be_hidden()
    postgres_server.start()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_hidden()
    expect(journey.answer_box(page)).to_have_value("Typed while nothing could be stored.")
    found = database.query("select draft ->> 'text' from interviews where id = :id", id=_id(page))
    assert found == [("Typed while nothing could be stored.",)]


def test_answer_that_is_sent_while_the_database_is_away_is_stored_once_when_it_is_back(
    app: Server, new_visitor: Visitor, postgres_server: PostgresServer, database: HostedDatabase
) -> None:
    page = journey.begin(new_visitor, app.url)
    journey.answer_box(page).fill(journey.ANSWER)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    postgres_server.stop()
    page.get_by_role("button", name="Submit answer").click()
    expect(page.get_by_text(AWAY).first).to_be_visible()
    expect(journey.answer_box(page)).to_have_value(journey.ANSWER)
    postgres_server.start()
    page.get_by_role("button", name="Submit answer").click()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    found = database.query("select answer from responses where interview_id = :id", id=_id(page))
    assert found == [(journey.ANSWER,)]


def test_judgement_that_is_made_while_the_database_is_away_is_shown_when_it_is_back(
    postgres_server: PostgresServer,
    database: HostedDatabase,
    new_visitor: Visitor,
    tmp_path: Path,
) -> None:
    app = DrillServer(tmp_path, DATABASE_URL=database.url)
    app.start()
    try:
        page = journey.begin(new_visitor, app.url)
        app.hold(slow_app.RECORD)
        journey.submit(page)
        app.wait_until_reached(slow_app.RECORD)
        expect(page.get_by_text("Your answer is saved").first).to_be_visible()
        postgres_server.stop()
        app.go_on()
        expect(page.get_by_text("Your answer is saved").first).to_be_visible()
        postgres_server.start()
        expect(page.get_by_role("button", name="Next question")).to_be_visible()
    finally:
        app.release()
        app.kill()
    query = "select status, attempt from responses where interview_id = :id"
    assert database.query(query, id=_id(page)) == [("done", 1)]


def test_page_that_is_opened_while_the_database_is_away_comes_by_itself_when_it_is_back(
    app: Server, new_visitor: Visitor, postgres_server: PostgresServer
) -> None:
    page = journey.begin(new_visitor, app.url)
    asked = journey.question_text(page)
    journey.answer_box(page).press_sequentially("Begun before.")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    postgres_server.stop()
    page.reload()
    expect(page.get_by_text(AWAY)).to_be_visible()
    postgres_server.start()
    journey.expect_question(page, 1)
    expect(page.get_by_text(AWAY)).to_be_hidden()
    assert journey.question_text(page) == asked
    expect(journey.answer_box(page)).to_have_value("Begun before.")


def test_app_that_starts_before_its_database_says_so_and_goes_on_when_it_is_there(
    postgres_server: PostgresServer,
    database: HostedDatabase,
    own_server: Callable[..., Server],
    new_visitor: Visitor,
) -> None:
    postgres_server.stop()
    app = own_server(DATABASE_URL=database.url)
    page = new_visitor()
    page.goto(app.url)
    expect(page.get_by_text(AWAY)).to_be_visible()
    postgres_server.start()
    expect(page.get_by_role("button", name="Start interview")).to_be_visible()
    assert "only-for-tests" not in app.log.read_text()


def test_page_names_the_command_where_the_tables_are_not_there(
    postgres_server: PostgresServer,
    database: HostedDatabase,
    own_server: Callable[..., Server],
    new_visitor: Visitor,
) -> None:
    assert postgres_server.is_running
    bare = HostedDatabase.bare(database.admin_url)
    app = own_server(DATABASE_URL=bare.url)
    page = new_visitor()
    page.goto(app.url)
    expect(page.get_by_text("has no tables of this app yet")).to_be_visible()
    bare.migrate()
    page.reload()
    expect(page.get_by_role("button", name="Start interview")).to_be_visible()


def _id(page: Page) -> str:
    """The id of the interview that a page shows."""
    return parse_qs(urlsplit(page.url).query)["interview"][0]
