"""From a job description to its map, and on to practice with it, through the router."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from bench.seeding import Visitor, seed_history
from core.bootstrap import Application
from core.services.accounts import guest_id
from tests.learning_doubles import JOB
from tests.ui.conftest import ROUTER
from tests.ui.test_pages import page_names, said

PAGE = "../pages/preparation.py"


@pytest.fixture
def visitor(app: Application) -> Visitor:
    return seed_history(app, 6, datetime(2026, 6, 1, tzinfo=UTC))


@pytest.fixture
def page(visitor: Visitor) -> AppTest:
    visit = AppTest.from_file(str(ROUTER), default_timeout=60)
    visit.session_state["session_guest_token"] = visitor.token
    visit.run()
    return visit.switch_page(PAGE).run()


def make(page: AppTest, title: str, job: str = JOB) -> AppTest:
    page.text_input(key="preparation_new_title").set_value(title)
    page.text_area(key="preparation_new_job").set_value(job)
    return page.button(key="preparation_new_save").click().run()


def test_map_shows_requirements_in_the_words_of_the_description(page: AppTest) -> None:
    make(page, "Quillhaven")
    assert not page.exception
    assert "“Experience with Kubernetes is a must.”" in said(page)
    assert "in 7 days" in said(page)
    assert "A whole interview in the realistic way" in said(page)


def test_description_cannot_become_a_part_of_the_page(page: AppTest) -> None:
    make(page, "<b>x</b>", "You know <script>alert(1)</script> Python.")
    assert "<script>" not in said(page)
    assert "&lt;script&gt;" in said(page)


def test_what_is_out_of_bounds_is_told_and_stays_in_its_fields(page: AppTest) -> None:
    make(page, "Quillhaven", " ")
    assert "Paste the job description" in page.warning[0].value
    assert page.text_input(key="preparation_new_title").value == "Quillhaven"


def test_map_can_be_changed_and_deleted(page: AppTest, app: Application, visitor: Visitor) -> None:
    make(page, "Quillhaven")
    user = guest_id(visitor.token)
    (made,) = app.preparation_maps.of(user)
    page.text_input(key=f"preparation_{made.id}_title").set_value("Second round")
    page.date_input(key=f"preparation_{made.id}_day").set_value(
        datetime.now(UTC).date() + timedelta(days=2)
    )
    page.button(key=f"preparation_{made.id}_save").click().run()
    assert app.preparation_maps.of(user)[0].title == "Second round"
    assert "in 2 days" in said(page)
    page.button(key=f"preparation_{made.id}_delete").click().run()
    page.button(key="preparation_delete_sure").click().run()
    assert app.preparation_maps.of(user) == ()


def test_each_of_several_maps_can_be_looked_at(page: AppTest) -> None:
    make(page, "Quillhaven")
    make(page, "Tarnwell", "You write Rust.")
    assert [header.value for header in page.header] == ["Tarnwell"]
    box = page.selectbox(key="preparation_chosen")
    box.select_index(1 - box.options.index(box.format_func(box.value))).run()
    assert [header.value for header in page.header] == ["Quillhaven"]


def test_practice_begins_with_the_job_description(page: AppTest) -> None:
    make(page, "Quillhaven")
    page.button(key="preparation_practise").click().run()
    assert page_names(page) == ["Practise the interview before it counts"]
    assert page.text_area(key="practice_job").value == JOB
