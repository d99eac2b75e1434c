from streamlit.testing.v1 import AppTest

from tests.ui.test_pages import said


def test_page_without_stories_says_what_will_appear(visit: AppTest) -> None:
    visit.switch_page("../pages/stories.py").run()
    assert not visit.exception
    assert "is gathered here, in your own words" in said(visit)
