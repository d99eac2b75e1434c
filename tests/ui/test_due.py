"""From a weak answer to what is due, through drills on later days, to mastered."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.adapters.system_clock import SystemClock
from core.bootstrap import Application
from tests.ui.test_pages import candidates, page_names, said, start, submit

WEAK = "I am not sure. It depends, I suppose."


class Days:
    """Moves the product's clock on by whole days."""

    def __init__(self) -> None:
        self.passed = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.passed)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    moved = Days()
    monkeypatch.setattr(SystemClock, "now", lambda _clock: moved.now())
    return moved


def answer_weakly(visit: AppTest) -> AppTest:
    """An interview with one weak answer, and back to Practice."""
    start(visit)
    submit(visit, 1, WEAK)
    visit.button(key="room_finish").click().run()
    visit.button(key="room_finish_sure").click().run()
    return to_practice(visit)


def to_practice(visit: AppTest) -> AppTest:
    visit.query_params.clear()
    return visit.switch_page("../pages/practice.py").run()


def drill(visit: AppTest, text: str) -> AppTest:
    """A whole drill of one question."""
    visit.button(key="due_drill").click().run()
    room = visit.query_params["interview"]
    visit.switch_page("../pages/interview.py")  # the harness forgets that the page went there
    visit.query_params["interview"] = room
    submit(visit.run(), 1, text)
    return visit.button(key="room_next").click().run()


def is_due(visit: AppTest) -> bool:
    return any(button.key == "due_drill" for button in visit.button)


def test_first_visit_has_nothing_to_practise(visit: AppTest) -> None:
    assert not is_due(visit)
    assert "To practise again" not in said(visit)


def test_weak_answer_waits_until_the_next_day(visit: AppTest, days: Days) -> None:
    answer_weakly(visit)
    assert not is_due(visit)
    assert "To practise again: 2 things" in said(visit)
    days.passed = 1
    visit.run()
    assert "2 things are due" in said(visit)


def test_weak_answer_is_drilled_until_it_is_mastered(
    visit: AppTest, app: Application, days: Days
) -> None:
    answer_weakly(visit)
    good = app.content.opener.reference_answer
    for day, made in ((1, 1), (3, 2)):
        days.passed = day
        to_practice(visit)
        drill(visit, good)
        assert not visit.exception
        assert page_names(visit) == ["Your report"]
        assert f"made on {made} of 3 days" in said(visit)
        assert not is_due(to_practice(visit))
    days.passed = 9
    drill(to_practice(visit), good)
    assert "Mastered" in said(visit)
    days.passed = 400
    assert not is_due(to_practice(visit))


def test_point_that_is_missed_again_is_due_again_the_next_day(visit: AppTest, days: Days) -> None:
    answer_weakly(visit)
    days.passed = 1
    drill(to_practice(visit), WEAK)
    assert "made on 0 of 3 days" in said(visit)
    days.passed = 2
    assert is_due(to_practice(visit))


def test_drill_left_in_the_middle_is_gone_on_with(
    visit: AppTest, app: Application, days: Days
) -> None:
    answer_weakly(visit)
    days.passed = 1
    to_practice(visit)
    visit.button(key="due_drill").click().run()
    first = UUID(visit.query_params["interview"])
    to_practice(visit)
    visit.button(key="due_drill").click().run()
    assert UUID(visit.query_params["interview"]) == first
    assert len(app.interviewing.interviews(candidates(app)[0])) == 2


def test_outcome_of_a_drill_stands_below_the_reports_title(visit: AppTest, days: Days) -> None:
    answer_weakly(visit)
    days.passed = 1
    drill(to_practice(visit), WEAK)
    names = [getattr(e, "value", "") for e in visit.main]
    assert names.index("Your report") < names.index("What this drill showed")
