"""Choosing to speak, and what is shown of a spoken answer."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.domain.answer_delivery import answer_measures
from core.domain.delivery import Delivery, Measure, PacePoint
from core.domain.heard import Take
from core.domain.speech import TranscriberKind, TranscriptFlag
from tests.speaking_doubles import a_take
from tests.ui.test_pages import said, start, submit
from ui.delivery import measures_html, transcript_html
from ui.pace_chart import pace_line


def speak(visit: AppTest) -> AppTest:
    """Choose to answer by voice, then start."""
    visit.segmented_control(key="practice_answer_by").set_value("Voice").run()
    return start(visit)


def interview_of(visit: AppTest, app: Application) -> tuple[UUID, UUID]:
    """The candidate and the interview in which the visit is."""
    from core.services.accounts import guest_id

    user = guest_id(visit.session_state["session_guest_token"])
    return user, app.interviewing.interviews(user)[0].id


def hear(visit: AppTest, app: Application, take: Take) -> AppTest:
    """As if a recording had been written down."""
    user, interview_id = interview_of(visit, app)
    app.speaking.store.change_interview(user, interview_id, lambda i: i.record_take(1, take))
    return visit.run()


def test_typing_is_chosen_unless_one_wants_to_speak(visit: AppTest, app: Application) -> None:
    start(visit)
    user, interview_id = interview_of(visit, app)
    assert not app.interviewing.interview(user, interview_id).setup.speech.is_spoken
    assert not visit.toggle(key=f"room_speak_{interview_id}").value


def test_service_without_a_contract_is_used_only_after_a_yes(
    visit: AppTest, app: Application
) -> None:
    speak(visit)
    assert not visit.exception
    assert "Choose who writes your words down, or type your answer." in said(visit)
    user, interview_id = interview_of(visit, app)
    speech = app.interviewing.interview(user, interview_id).setup.speech
    assert speech.is_spoken
    assert speech.transcriber is None


def test_yes_on_the_first_page_holds_in_the_room(visit: AppTest, app: Application) -> None:
    visit.segmented_control(key="practice_answer_by").set_value("Voice").run()
    consent = f"speech_transcriber_{TranscriberKind.GOOGLE_WEB}_consent"
    visit.checkbox(key=consent).check().run()
    start(visit)
    assert "Choose who writes your words down" not in said(visit)
    user, interview_id = interview_of(visit, app)
    chosen = app.interviewing.interview(user, interview_id).setup.speech.transcriber
    assert chosen is not None
    assert chosen.kind is TranscriberKind.GOOGLE_WEB


def test_spoken_interview_can_be_typed_throughout(visit: AppTest) -> None:
    speak(visit)
    submit(visit, 1)
    assert "of 100" in said(visit)
    assert "How you said it" not in [expander.label for expander in visit.expander]


def test_doubt_about_a_transcript_is_told_before_it_is_judged(
    visit: AppTest, app: Application
) -> None:
    speak(visit)
    take = a_take()
    doubtful = replace(take, heard=replace(take.heard, flags=(TranscriptFlag.LOW_CONFIDENCE,)))
    hear(visit, app, doubtful)
    assert "The transcriber was unsure" in said(visit)


def test_delivery_stands_beside_the_judgement_of_what_was_edited(
    visit: AppTest, app: Application
) -> None:
    speak(visit)
    hear(visit, app, a_take())
    submit(visit, 1, "What I made of it: I measured each step and rewrote the slow query.")
    assert any("not part of the score" in expander.label for expander in visit.expander)
    shown = said(visit)
    assert "pause 2.0 s" in shown
    assert "180 words a minute" in shown
    assert "What I made of it" in shown


def test_delivery_counts_only_where_the_candidate_says_so(visit: AppTest, app: Application) -> None:
    visit.segmented_control(key="practice_answer_by").set_value("Voice").run()
    assert not visit.toggle(key="practice_scores_delivery").value
    visit.toggle(key="practice_scores_delivery").set_value(True).run()
    start(visit)
    hear(visit, app, a_take())
    submit(visit, 1)
    assert any("a tenth of the score" in expander.label for expander in visit.expander)
    assert "Delivery is a tenth of this score, as you chose: 180 words a minute" in said(visit)
    user, _ = interview_of(visit, app)
    assert app.interviewing.interviews(user)[0].counts_delivery


def test_measures_are_set_against_answers_of_earlier_interviews(
    visit: AppTest, app: Application
) -> None:
    speak(visit)
    user, interview_id = interview_of(visit, app)
    interview = app.interviewing.interview(user, interview_id)
    for days in (1, 2):
        before = replace(interview, id=uuid4(), created_at=interview.created_at - timedelta(days))
        answered = before.record_take(1, a_take()).submit_answer(1, "Said.", interview.created_at)
        app.speaking.store.add_interview(user, answered)
    hear(visit, app, a_take())
    submit(visit, 1)
    assert "against your last 2 spoken answers: 1.0" in said(visit)


def test_transcript_of_a_candidate_is_escaped() -> None:
    from core.domain.annotation import Piece

    assert "<script>" not in transcript_html([Piece("<script>alert(1)</script>")])


def test_measure_that_is_not_known_is_left_out() -> None:
    html = measures_html(answer_measures([Delivery(30.0, 20.0, 50)]))
    assert "Filler" not in html
    assert "Pauses" in html


def test_measure_is_set_against_the_median_of_the_answers_before() -> None:
    before = [{Measure.FIRST_WORD: seconds} for seconds in (1.0, 2.0, 6.0)]
    html = measures_html({Measure.FIRST_WORD: 4.0}, before)
    assert "4.0 seconds" in html
    assert "against your last 3 spoken answers: 2.0" in html


def test_nothing_is_called_usual_after_one_answer() -> None:
    html = measures_html({Measure.FIRST_WORD: 4.0}, [{Measure.FIRST_WORD: 1.0}])
    assert "against" not in html


def a_pace(*rates: float) -> Delivery:
    points = tuple(PacePoint(7.5 + 5 * at, rate) for at, rate in enumerate(rates))
    return Delivery(60.0, 50.0, 120, pace=points)


def test_pace_line_says_its_finding() -> None:
    assert (
        pace_line(a_pace(120, 150)).title == "Easy to follow throughout: 120 to 150 words a minute"
    )
    assert pace_line(a_pace(150, 190)).title.startswith("Faster than 165 in part")
    assert pace_line(a_pace(80, 90)).title.startswith("Slower than 100 throughout")
    assert pace_line(a_pace(80, 190)).title.startswith("From slow to fast")


def test_pace_line_is_told_in_words_too() -> None:
    assert "8 s: 120, 12 s: 150" in pace_line(a_pace(120, 150)).text
