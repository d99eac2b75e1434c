from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.domain.interview import Focus
from tests.ui.test_pages import said, start, submit

STORY = (
    "At my last job the nightly import took three hours and <b>nobody</b> could say why. I had to fix it "
    "before the audit. I measured each step and rewrote the slow query. As a result it ran in 20 minutes."
)


def stories(visit: AppTest) -> AppTest:
    return visit.switch_page("../pages/stories.py").run()


def tell(visit: AppTest) -> None:
    """A story in answer to the second question of a behavioral interview."""
    visit.segmented_control(key="practice_focus").set_value(Focus.BEHAVIORAL)
    start(visit)
    visit.button(key="room_skip_1").click().run()
    submit(visit, 2, STORY)


def test_page_without_stories_says_what_will_appear(visit: AppTest) -> None:
    assert "is gathered here, in your own words" in said(stories(visit))


def test_told_answer_is_a_story_in_its_own_words_and_never_as_markup(visit: AppTest) -> None:
    tell(visit)
    page = said(stories(visit))
    assert not visit.exception
    assert "I measured each step and rewrote the slow query." in page
    assert "&lt;b&gt;nobody" in page
    assert "<b>nobody" not in page


def test_what_has_no_story_yet_is_named(visit: AppTest, app: Application) -> None:
    tell(visit)
    page = said(stories(visit))
    titles = {q.competency for q in app.content.questions if q.is_about_conduct}
    assert "No story with 50 points or more yet for:" in page
    assert any(app.content.competency_title(title).lower() in page for title in titles)
