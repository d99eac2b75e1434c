from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.domain.interview import Phase
from core.domain.question import Kind, Question
from core.services.accounts import guest_id, new_guest_token
from tests.builders import NOW, a_plan, an_interview
from tests.ui.conftest import ROUTER
from tests.ui.test_pages import page_names, said

TOLD = (
    "At my last job our nightly import took three hours. I was asked to make it faster. So I measured "
    "each step and rewrote one slow query. In the end it ran in twenty minutes."
)


def tell(app: Application, user: UUID, question: Question) -> None:
    """An interview of one question, answered with the story and judged in earnest."""
    interview = an_interview(id=uuid4(), plan=a_plan(opener=question)).start("It opens.", NOW)
    judged = interview.submit_answer(1, TOLD, NOW).record_evaluation(
        1, 1, app.interviewing.glance(question, TOLD)
    )
    app.exporting.store.add_interview(user, replace(judged, phase=Phase.COMPLETE))


@pytest.fixture
def stories(app: Application) -> AppTest:
    """The page of a candidate who told one story for three questions."""
    token = new_guest_token()
    behavioral = [q for q in app.content.questions if q.kind is Kind.BEHAVIORAL and q.fits_role("")]
    for question in behavioral[:3]:
        tell(app, guest_id(token), question)
    visit = AppTest.from_file(str(ROUTER), default_timeout=60)
    visit.session_state["session_guest_token"] = token
    visit.run()
    return visit.switch_page("../pages/stories.py").run()


def test_page_without_stories_says_what_will_appear(visit: AppTest) -> None:
    visit.switch_page("../pages/stories.py").run()
    assert not visit.exception
    assert "is gathered here, in your own words" in said(visit)


def test_stories_are_told_in_the_candidates_own_sentences(stories: AppTest) -> None:
    assert "In the end it ran in twenty minutes" in said(stories)
    assert not stories.exception


def test_story_that_is_told_for_three_questions_is_called_overused(stories: AppTest) -> None:
    assert any("3 different questions" in warning.value for warning in stories.warning)


def test_what_has_no_good_story_yet_is_named(stories: AppTest) -> None:
    assert "No story with 50 points or more yet for" in stories.info[0].value


def test_story_leads_to_the_report_of_its_best_telling(stories: AppTest) -> None:
    stories.button(key="story_open_1").click().run()
    assert page_names(stories) == ["Your report"]
