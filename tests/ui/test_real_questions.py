from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from tests.ui.test_pages import candidates, said, start

ASKED = "Why did you leave <i>your</i> last job?"


def note(visit: AppTest, lines: str = ASKED) -> AppTest:
    visit.text_area(key="real_lines").set_value(lines)
    return visit.button(key="real_keep").click().run()


def want(visit: AppTest, app: Application) -> AppTest:
    """Choose the one noted question for the next interview."""
    (noted,) = app.practising.ahead(candidates(app)[0])[1]
    return visit.multiselect(key="real_wanted").select(noted).run()


def test_noted_question_is_asked_when_it_is_wanted(visit: AppTest, app: Application) -> None:
    note(visit)
    assert visit.text_area(key="real_lines").value == ""
    want(visit, app)
    start(visit)
    visit.button(key="room_skip_1").click().run()
    visit.button(key="room_skip_2").click().run()
    assert not visit.exception
    assert "Why did you leave &lt;i&gt;your&lt;/i&gt; last job?" in said(visit)


def test_nothing_written_is_told_and_nothing_is_kept(visit: AppTest) -> None:
    note(visit, " ")
    assert "There is no question yet" in said(visit)
    assert not visit.multiselect


def test_deleted_question_is_not_offered_any_more_even_where_it_was_wanted(
    visit: AppTest, app: Application
) -> None:
    note(visit)
    want(visit, app)
    forget = next(b for b in visit.button if b.key and b.key.startswith("real_forget_"))
    forget.click().run()
    assert not visit.exception
    assert not visit.multiselect
