"""History and Progress with an invented candidate's interviews behind them, through the router."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from bench.seeding import Visitor, application_in, seed_history
from core.bootstrap import Application
from core.domain.history import InterviewSummary
from core.services.accounts import guest_id
from tests.ui.conftest import ROUTER
from tests.ui.test_pages import page_names, said

COUNT = 24


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the interviews in it, which are held once for all tests."""
    return tmp_path_factory.mktemp("history")


@pytest.fixture(scope="module")
def visitor(seeded: Path) -> Visitor:
    app = application_in(seeded)
    found = seed_history(app, COUNT, datetime(2026, 6, 1, tzinfo=UTC))
    app.close()
    return found


@pytest.fixture
def data_dir(tmp_path: Path, seeded: Path, visitor: Visitor) -> Path:  # noqa: ARG001 - fills the folder
    """A copy of it for one test."""
    return shutil.copytree(seeded, tmp_path / "var", ignore=shutil.ignore_patterns("processes"))


@pytest.fixture
def page(app: Application, visitor: Visitor) -> Iterator[AppTest]:  # noqa: ARG001 - the store that the pages find
    visit = AppTest.from_file(str(ROUTER), default_timeout=60)
    visit.session_state["session_guest_token"] = visitor.token
    yield visit.run()
    assert not visit.exception


def _summaries(app: Application, visitor: Visitor) -> tuple[InterviewSummary, ...]:
    return app.interviewing.interviews(guest_id(visitor.token))


def _open_buttons(page: AppTest) -> list[UUID]:
    """The interviews that the page lists."""
    keys = [button.key or "" for button in page.button]
    opens = [key for key in keys if key.startswith("history_open_")]
    return [UUID(key.removeprefix("history_open_")) for key in opens]


def test_progress_tells_findings_about_each_part(page: AppTest) -> None:
    page.switch_page("../pages/progress.py").run()
    titles = [str(title.value) for title in page.subheader]
    assert len(titles) == 10
    assert titles[0].startswith("Overall")


def test_scores_of_another_evaluator_are_a_choice_and_never_mixed_in(page: AppTest) -> None:
    page.switch_page("../pages/progress.py").run()
    before = [str(title.value) for title in page.subheader]
    page.segmented_control(key="progress_evaluator").set_value("compatible/example-model").run()
    assert [str(title.value) for title in page.subheader] != before


def test_filters_say_how_many_interviews_are_left(
    page: AppTest, app: Application, visitor: Visitor
) -> None:
    page.switch_page("../pages/progress.py").run()
    page.pills(key="progress_ways").set_value(["coach"]).run()
    coach = sum(s.way == "coach" for s in _summaries(app, visitor))
    assert f"{coach} interviews of {COUNT}." in said(page)


def test_history_shows_a_page_of_twenty_and_finds_by_words(
    page: AppTest, app: Application, visitor: Visitor
) -> None:
    page.switch_page("../pages/history.py").run()
    newest = [summary.id for summary in _summaries(app, visitor)]
    assert _open_buttons(page) == newest[:20]
    page.text_input(key="history_search").set_value("data engineer").run()
    wanted = [s.id for s in _summaries(app, visitor) if s.role_title == "Data Engineer"]
    assert _open_buttons(page) == wanted


def test_interview_can_be_named_and_tagged(
    page: AppTest, app: Application, visitor: Visitor
) -> None:
    page.switch_page("../pages/history.py").run()
    key = f"history_more_{visitor.interview_id}"
    page.button(key=key).click().run()
    page.text_input(key=f"{key}_name").set_value("Dress *rehearsal*")
    page.button(key=f"{key}_save").click().run()
    assert _summaries(app, visitor)[0].name == "Dress *rehearsal*"
    assert r"Dress \*rehearsal\*" in said(page)


def test_no_two_buttons_of_the_list_have_the_same_name(page: AppTest) -> None:
    page.switch_page("../pages/history.py").run()
    labels = [button.label for button in page.button]
    assert len(labels) > 20
    assert len(set(labels)) == len(labels)


def test_no_two_tables_of_the_charts_have_the_same_name(page: AppTest) -> None:
    page.switch_page("../pages/progress.py").run()
    labels = [fold.label for fold in page.expander]
    assert len(labels) >= 10
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("which", ["same", "new"])
def test_report_leads_into_the_interview_again(
    page: AppTest, app: Application, visitor: Visitor, which: str
) -> None:
    page.switch_page("../pages/report.py")
    page.query_params["interview"] = str(visitor.interview_id)
    page.run()
    assert page_names(page) == ["Your report"]
    page.button(key=f"repeat_{which}_{visitor.interview_id}").click().run()
    assert "Question 1 of" in said(page)
    assert len(_summaries(app, visitor)) == COUNT + 1


def test_history_leads_into_the_interview_again(page: AppTest, visitor: Visitor) -> None:
    page.switch_page("../pages/history.py").run()
    page.button(key=f"history_more_{visitor.interview_id}").click().run()
    page.button(key=f"repeat_same_{visitor.interview_id}").click().run()
    assert "Question 1 of" in said(page)


def test_same_questions_are_asked_in_their_order(app: Application, visitor: Visitor) -> None:
    user = guest_id(visitor.token)
    earlier = app.interviewing.interview(user, visitor.interview_id)
    again = app.interviewing.ask_again(user, visitor.interview_id)
    while not again.is_over:
        again = app.interviewing.skip_question(user, again.id, again.current.position)
    assert [t.question.id for t in again.turns] == [t.question.id for t in earlier.turns]


def test_report_is_compared_with_an_earlier_one(page: AppTest, visitor: Visitor) -> None:
    page.session_state["report_compare"] = True
    page.switch_page("../pages/report.py")
    page.query_params["interview"] = str(visitor.interview_id)
    page.run()
    assert "Overall" in said(page)
    assert 'class="compared"' in said(page)
