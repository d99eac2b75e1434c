"""What a candidate sees after an answer: levels with their evidence, attempts, ratings, second looks."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.adapters.chosen_interviewers import ChosenInterviewers
from core.bootstrap import Application
from core.domain.errors import EvaluationError
from core.domain.evaluation import Evaluation
from core.domain.interview import Interview
from core.domain.interview_setup import Way
from core.domain.interviewer_choice import InterviewerChoice
from core.ports import Interviewer
from tests.builders import ANSWER, an_evaluation
from tests.doubles import FailingInterviewer, ScriptedInterviewer
from tests.known_providers import OPENAI
from tests.ui.test_pages import candidates, said, start, submit

_AI = InterviewerChoice(OPENAI, "a-model")
Judged = Callable[..., AppTest]


@pytest.fixture
def ai(monkeypatch: pytest.MonkeyPatch) -> Callable[[Interviewer], None]:
    """Makes every AI interviewer the given one."""

    def be(interviewer: Interviewer) -> None:
        monkeypatch.setattr(ChosenInterviewers, "interviewer", lambda *_: interviewer)

    return be


@pytest.fixture
def judged(visit: AppTest, app: Application, ai: Callable[[Interviewer], None]) -> Judged:
    """Makes a visit that shows an AI's judgement; further evaluations are for further looks."""

    def make(*evaluations: Evaluation) -> AppTest:
        ai(ScriptedInterviewer(*evaluations))
        start(visit)
        app.interviewing.switch_interviewer(next(iter(candidates(app))), room(visit), _AI)
        return submit(visit.run(), 1, ANSWER)

    return make


def room(visit: AppTest) -> UUID:
    return UUID(visit.query_params["interview"])


def stored(visit: AppTest, app: Application) -> Interview:
    return app.interviewing.interview(next(iter(candidates(app))), room(visit))


def settled(visit: AppTest, app: Application) -> AppTest:
    """The page once nothing waits for a judgement."""
    app.interviewing.wait_for_work(next(iter(candidates(app))), room(visit), 20.0)
    return visit.run()


# --- criteria and key points --------------------------------------------------------------------


def test_criterion_names_the_words_it_rests_on_the_next_level_and_one_thing_to_do(
    judged: Judged, app: Application
) -> None:
    page = said(judged(an_evaluation(60.0)))
    assert '<span class="named-mark">mark 1</span> “I would measure first.”' in page
    assert "Next, level 5" in page
    assert "One thing to do" in page
    assert any(sentences[3] in page for sentences in app.content.advice.values())


def test_key_point_is_told_with_its_mark_and_words(judged: Judged) -> None:
    page = said(judged(an_evaluation(60.0)))
    assert "<summary>Key points: 1 of 2 covered</summary>" in page
    assert "</span> partly</span>" in page
    assert '<span class="named-mark">mark 2</span> “Then I add an index”' in page


def test_rubric_of_the_questions_kind_is_shown(judged: Judged, app: Application) -> None:
    visit = judged()
    kind = stored(visit, app).current.question.kind
    words = app.content.rubrics[kind].descriptors
    assert "<summary>How answers are judged</summary>" in said(visit)
    assert all(levels[5][:20] in said(visit) for levels in words.values())


def test_judgement_of_a_model_is_not_explained_as_the_built_in_ones(judged: Judged) -> None:
    page = said(judged())
    assert "A model can be wrong" in page
    assert "The built-in interviewer compares" not in page


# --- own rating ---------------------------------------------------------------------------------


@pytest.fixture
def rating(visit: AppTest) -> AppTest:
    """A visit whose first answer waits for the candidate's own rating."""
    visit.toggle(key="practice_self_rated").set_value(True)
    return submit(start(visit), 1)


def test_feedback_waits_for_the_own_rating(rating: AppTest) -> None:
    assert "of 100" not in said(rating)
    assert not rating.exception


def test_gap_between_rating_and_judgement_is_shown_and_reported(
    rating: AppTest, app: Application
) -> None:
    rating.button_group[0].set_value(4).run()
    assert "You rated 4, the judgement is" in said(rating)
    assert stored(rating, app).turn_at(1).attempts[0].self_rating == 4
    rating.button(key="room_finish").click().run()
    rating.button(key="room_finish_sure").click().run()
    assert "(one rating)" in said(rating)


def test_rating_can_be_left_out(rating: AppTest, app: Application) -> None:
    rating.button(key="room_unrated").click().run()
    assert "of 100" in said(rating)
    assert "You rated" not in said(rating)
    assert stored(rating, app).turn_at(1).attempts[0].self_rating is None


def test_next_question_needs_no_rating(rating: AppTest) -> None:
    rating.button(key="room_next").click().run()
    assert "Question 2 of 3" in said(rating)


def test_realistic_way_asks_for_no_rating(visit: AppTest) -> None:
    visit.button_group(key="practice_way").set_value(Way.REALISTIC).run()
    assert "practice_self_rated" not in [toggle.key for toggle in visit.toggle]


# --- second look --------------------------------------------------------------------------------


def test_disputed_answer_shows_both_judgements_the_newer_first(
    judged: Judged, app: Application
) -> None:
    visit = judged(an_evaluation(58.0), an_evaluation(66.0))
    visit.text_area(key="second_look_1_1_reason").set_value("I did name <b>the index</b>.")
    visit.button(key="second_look_1_1_dispute").click().run()
    settled(visit, app)
    assert "66 <small>of 100, range 56–76" in said(visit)
    assert "<summary>The first judgement: 58 of 100</summary>" in said(visit)
    assert "You objected: I did name &lt;b&gt;the index&lt;/b&gt;." in said(visit)


def test_check_without_a_reason_shows_the_spread_of_both_scores(
    judged: Judged, app: Application
) -> None:
    visit = judged(an_evaluation(58.0), an_evaluation(66.0))
    visit.button(key="second_look_1_1_check").click().run()
    settled(visit, app)
    assert "66 <small>of 100, two looks 58–66" in said(visit)


def test_second_look_that_fails_says_so_and_the_first_judgement_stays(
    judged: Judged, app: Application, ai: Callable[[Interviewer], None]
) -> None:
    visit = judged(an_evaluation(58.0))
    ai(FailingInterviewer(EvaluationError("The line broke.")))
    visit.button(key="second_look_1_1_check").click().run()
    settled(visit, app)
    assert "58 <small>of 100" in said(visit)
    assert "The first judgement stands." in said(visit)
    assert "The line broke." in said(visit)


def test_after_two_judgements_no_third_is_offered(judged: Judged, app: Application) -> None:
    visit = judged(an_evaluation(58.0), an_evaluation(66.0))
    visit.button(key="second_look_1_1_check").click().run()
    settled(visit, app)
    assert "second_look_1_1_check" not in [button.key for button in visit.button]
    assert "judged twice already" in said(visit)


def test_built_in_interviewer_says_why_it_looks_only_once(visit: AppTest) -> None:
    submit(start(visit), 1)
    assert "The built-in interviewer goes by fixed rules" in said(visit)


def test_report_offers_a_second_look_at_an_answer(judged: Judged, app: Application) -> None:
    visit = judged(an_evaluation(58.0), replace(an_evaluation(66.0), version="2"))
    visit.button(key="room_finish").click().run()
    visit.button(key="room_finish_sure").click().run()
    visit.button(key="second_look_1_1_check").click().run()
    settled(visit, app)
    assert "66 <small>of 100, two looks 58–66" in said(visit)
