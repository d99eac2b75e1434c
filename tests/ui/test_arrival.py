"""The door of a host that lets in people who are signed in, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import application, forget_application
from tests.ui.conftest import ROUTER

PAGES = (
    "practice",
    "progress",
    "history",
    "stories",
    "settings",
    "interview",
    "report",
    "preparation",
)


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("GUESTS", "none")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    forget_application()
    yield AppTest.from_file(str(ROUTER), default_timeout=30).run()
    application().close()
    forget_application()


@pytest.mark.parametrize("page", PAGES)
def test_visitor_who_is_not_signed_in_is_told_to_on_every_page(closed: AppTest, page: str) -> None:
    shown = closed.switch_page(f"../pages/{page}.py").run()
    assert not shown.exception
    assert [title.value for title in shown.title] == ["Practise the interview before it counts"]
    assert "Sign in to begin" in shown.info[0].value


def test_there_is_nothing_to_be_used_before_the_door(closed: AppTest) -> None:
    used = (closed.button, closed.text_input, closed.text_area, closed.selectbox, closed.checkbox)
    assert [len(elements) for elements in used] == [0, 0, 0, 0, 0]


def test_open_host_shows_its_pages(visit: AppTest) -> None:
    assert visit.button(key="practice_start").label == "Start interview"
