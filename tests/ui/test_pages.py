"""The pages through Streamlit's own test harness, always entered by the router."""

from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.adapters.practice_interviewer import PracticeInterviewer
from core.bootstrap import Application
from core.domain.errors import EvaluationError
from core.domain.interview import Phase
from core.domain.interview_setup import Persona

ANSWER = (
    "First I measure, because guesses cost time. At my last job the import took three hours, so I "
    "rewrote the slow query, and in the end it ran in twenty minutes."
)


def start(visit: AppTest) -> AppTest:
    visit.slider(key="practice_length").set_value(3)
    return visit.button(key="practice_start").click().run()


def submit(visit: AppTest, position: int, text: str = ANSWER) -> AppTest:
    visit.text_area(key=f"room_answer_{position}_1").set_value(text)
    return visit.button(key=f"room_answer_{position}_1_submit").click().run()


def said(visit: AppTest) -> str:
    """Everything the page says, in one string."""
    kinds = (visit.markdown, visit.caption, visit.warning, visit.info, visit.success, visit.error)
    texts = [str(element.value) for kind in kinds for element in kind]
    return "\n".join([*texts, *(str(e.proto.body) for e in visit.get("html"))])


def page_names(visit: AppTest) -> list[str]:
    return [str(element.value) for element in visit.title]


def test_first_page_needs_one_click_to_start(visit: AppTest) -> None:
    assert not visit.exception
    assert page_names(visit) == ["Practise the interview before it counts"]
    start(visit)
    assert not visit.exception
    assert "Question 1 of 3" in said(visit)


def test_whole_interview_ends_in_a_report(visit: AppTest) -> None:
    start(visit)
    for position in (1, 2, 3):
        submit(visit, position)
        assert "of 100" in said(visit)
        visit.button(key="room_next").click().run()
    visit.button(key="room_skip_4").click().run()
    assert not visit.exception
    assert page_names(visit) == ["Your report"]
    assert "3 judged" in said(visit)


def test_skipped_question_is_shown_as_skipped_and_not_as_zero(visit: AppTest) -> None:
    start(visit)
    visit.button(key="room_skip_1").click().run()
    submit(visit, 2)
    visit.button(key="room_finish").click().run()
    visit.button(key="room_finish_sure").click().run()
    assert "1 judged · 1 skipped" in said(visit)
    assert any("skipped" in expander.label for expander in visit.expander)


def test_empty_answer_says_what_to_do_and_stays_on_the_question(visit: AppTest) -> None:
    start(visit)
    submit(visit, 1, "   ")
    assert "There is no answer yet" in said(visit)
    assert "Question 1 of 3" in said(visit)


def test_asking_to_repeat_is_answered_and_not_judged(visit: AppTest) -> None:
    start(visit)
    submit(visit, 1, "Could you repeat the question, please?")
    assert "Once more: Tell me about yourself" in said(visit)
    assert "Question 1 of 3" in said(visit)


def test_hint_is_shown_and_noted(visit: AppTest) -> None:
    start(visit)
    visit.button(key="room_hint").click().run()
    assert "A hint (it is noted in the report)" in said(visit)
    submit(visit, 1)
    assert "You used the hint." in said(visit)


def test_try_again_keeps_the_earlier_attempt(visit: AppTest) -> None:
    start(visit)
    submit(visit, 1)
    visit.button(key="room_again").click().run()
    visit.text_area(key="room_answer_1_2").set_value(f"{ANSWER} I learned to measure first.")
    visit.button(key="room_answer_1_2_submit").click().run()
    assert "<summary>Attempts 1 and 2 side by side</summary>" in said(visit)
    assert "Since attempt 1" in said(visit)
    assert "Best so far" in said(visit)


def test_sample_candidate_is_read_and_role_and_seniority_are_suggested(visit: AppTest) -> None:
    visit.button(key="resume_sample_maya-backend").click().run()
    assert not visit.exception
    assert visit.text_input[0].value == "Maya Ravindale"
    assert visit.selectbox(key="practice_role").value == "Backend Engineer"


def test_chosen_company_suggests_its_manner_and_is_named_in_the_report(visit: AppTest) -> None:
    visit.selectbox(key="practice_company").set_value("amazon").run()
    assert "Modelled on public information; not affiliated" in said(visit).replace("\\", "")
    assert visit.selectbox(key="practice_persona").value == Persona.DEMANDING
    start(visit)
    submit(visit, 1)
    visit.button(key="room_finish").click().run()
    visit.button(key="room_finish_sure").click().run()
    assert not visit.exception
    assert "Against what Amazon looks for" in said(visit)
    assert "not asked" in said(visit)


def test_manner_that_the_candidate_chose_stays_when_the_company_changes(visit: AppTest) -> None:
    visit.selectbox(key="practice_persona").set_value(Persona.FRIENDLY).run()
    visit.selectbox(key="practice_company").set_value("amazon").run()
    assert visit.selectbox(key="practice_persona").value == Persona.FRIENDLY


def test_pasted_job_description_can_be_chosen_as_long_as_it_is_there(visit: AppTest) -> None:
    pasted = "Like the job description I pasted"
    assert pasted not in visit.selectbox(key="practice_company").options
    visit.text_area(key="practice_job").set_value("You write SQL.").run()
    visit.selectbox(key="practice_company").set_value("pasted-job").run()
    assert "It asks for" in said(visit)
    visit.text_area(key="practice_job").set_value("").run()
    assert not visit.exception
    assert visit.selectbox(key="practice_company").value is None


def test_uploaded_resume_leads_to_its_profile(visit: AppTest, app: Application) -> None:
    content = app.samples[1].text.encode()
    visit.file_uploader(key="resume_file_0").set_value(("resume.txt", content, "text/plain")).run()
    assert "What we read" in [element.value for element in visit.header]


def test_unreadable_upload_says_why_and_the_page_goes_on(visit: AppTest) -> None:
    visit.file_uploader(key="resume_file_0").set_value(
        ("resume.pdf", b"\x89PNG\r\n\x1a\n123", "application/pdf")
    ).run()
    assert not visit.exception
    assert len(visit.warning) >= 1
    assert visit.button(key="practice_start") is not None


def test_corrected_name_is_kept(visit: AppTest) -> None:
    visit.button(key="resume_sample_maya-backend").click().run()
    visit.text_input[0].set_value("Maya R. Stone").run()
    visit.switch_page("../pages/history.py").run()
    visit.switch_page("../pages/practice.py").run()
    assert visit.text_input[0].value == "Maya R. Stone"


def test_correction_made_right_before_the_start_is_asked_about(
    visit: AppTest, app: Application
) -> None:
    visit.button(key="resume_sample_maya-backend").click().run()
    visit.text_input[1].set_value("Beekeeping engineer")
    start(visit)
    resume = app.preparing.current_resume(next(iter(candidates(app))))
    assert resume is not None
    assert resume.profile.headline == "Beekeeping engineer"


def test_unknown_interview_says_so_and_offers_a_way_on(visit: AppTest) -> None:
    visit.switch_page("../pages/interview.py")
    visit.query_params["interview"] = str(UUID(int=7))
    visit.run()
    assert "does not exist, or it is not yours" in said(visit)


def test_empty_history_and_progress_say_what_will_appear(visit: AppTest) -> None:
    visit.switch_page("../pages/history.py").run()
    assert "Your interviews will be listed here" in said(visit)
    visit.switch_page("../pages/progress.py").run()
    assert "3 more to go" in said(visit)


def test_history_lists_an_unfinished_interview_to_continue(visit: AppTest) -> None:
    start(visit)
    visit.switch_page("../pages/history.py").run()
    assert "unfinished, 0 of 3 answered" in said(visit)
    assert any(button.label.startswith("Continue :small") for button in visit.button)


def test_visit_without_a_cookie_says_that_it_lasts_one_session(visit: AppTest) -> None:
    assert "kept only until you close or reload this tab" in said(visit)


def test_deleting_everything_leaves_an_empty_history(visit: AppTest) -> None:
    start(visit)
    visit.switch_page("../pages/settings.py").run()
    visit.button(key="privacy_delete").click().run()
    visit.button(key="privacy_delete_sure").click().run()
    visit.switch_page("../pages/history.py").run()
    assert "Your interviews will be listed here" in said(visit)


def test_candidates_text_is_shown_as_text_and_never_as_markup(visit: AppTest) -> None:
    start(visit)
    submit(visit, 1, f"<img src=x onerror=alert(1)> **bold** {ANSWER}")
    bodies = "\n".join(str(element.proto.body) for element in visit.get("html"))
    assert "&lt;img src=x" in bodies
    assert "<img" not in bodies


def test_failed_judgement_keeps_the_answer_and_can_be_retried(
    visit: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = PracticeInterviewer.evaluate

    def fail(*_: object) -> None:
        raise EvaluationError("The interviewer did not answer. Your answer is saved.")

    monkeypatch.setattr(PracticeInterviewer, "evaluate", fail)
    start(visit)
    submit(visit, 1)
    assert "The interviewer did not answer" in said(visit)
    monkeypatch.setattr(PracticeInterviewer, "evaluate", judge)
    visit.button(key="room_retry").click().run()
    assert "of 100" in said(visit)


def test_going_on_without_a_score_is_told_in_the_report(
    visit: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise EvaluationError("The interviewer did not answer. Your answer is saved.")

    monkeypatch.setattr(PracticeInterviewer, "evaluate", fail)
    start(visit)
    submit(visit, 1)
    visit.button(key="room_unscored").click().run()
    visit.button(key="room_finish").click().run()
    visit.button(key="room_finish_sure").click().run()
    assert "1 without a score" in said(visit)
    assert "No answer of this interview has a score yet." in [s.value for s in visit.header]


def test_room_of_an_interview_that_moved_on_shows_where_it_stands(
    visit: AppTest, app: Application
) -> None:
    start(visit)
    submit(visit, 1)
    room = UUID(visit.query_params["interview"])
    user = next(iter(candidates(app)))
    app.interviewing.next_question(user, room, 1)
    visit.button(key="room_again").click().run()
    assert not visit.exception
    assert app.interviewing.interview(user, room).phase is Phase.LISTENING


def candidates(app: Application) -> list[UUID]:
    from sqlalchemy import create_engine, select

    from core.adapters.sql_tables import users

    engine = create_engine(f"sqlite:///{app.settings.database_path}")
    with engine.connect() as connection:
        return list(connection.scalars(select(users.c.id)))
