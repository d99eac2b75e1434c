"""Delivery set against the candidate's own earlier answers."""

from dataclasses import replace
from datetime import timedelta

from core.domain.delivery import Measure
from core.domain.history import AnswerSummary, answers_of
from core.domain.interview import Interview
from core.domain.usual_delivery import MOST_EARLIER, Usual, spoken_before, usual
from tests.builders import NOW, a_started_interview, an_evaluation
from tests.speaking_doubles import a_take


def a_spoken_interview() -> Interview:
    return a_started_interview().record_take(1, a_take()).submit_answer(1, "Said.", NOW)


def answers(*rates: float) -> tuple[AnswerSummary, ...]:
    """One spoken answer a question, at these rates."""
    [answer] = answers_of(a_spoken_interview())
    return tuple(
        replace(answer, position=at, spoken={Measure.PACE: rate})
        for at, rate in enumerate(rates, 1)
    )


def paces(interview: Interview, position: int, *earlier: tuple[AnswerSummary, ...]) -> list[float]:
    return [one[Measure.PACE] for one in spoken_before(interview, position, earlier)]


def test_usual_is_the_median_of_the_answers_that_tell_it() -> None:
    before = [{Measure.PACE: rate} for rate in (100.0, 130.0, 190.0)]
    assert usual(Measure.PACE, [*before, {Measure.FIRST_WORD: 1.0}]) == Usual(130.0, 3)


def test_nothing_is_usual_after_one_answer() -> None:
    assert usual(Measure.PACE, [{Measure.PACE: 130.0}]) is None


def test_spoken_answer_keeps_its_measures_in_short_and_a_typed_one_has_none() -> None:
    [spoken] = answers_of(a_spoken_interview())
    [typed] = answers_of(a_started_interview().submit_answer(1, "Typed.", NOW))
    assert spoken.spoken[Measure.PACE] == 180.0
    assert typed.spoken == {}


def test_first_answer_is_set_against_earlier_interviews() -> None:
    assert paces(a_started_interview(), 1, answers(100, 110), answers(90)) == [110, 100, 90]


def test_answers_of_the_same_interview_come_first() -> None:
    judged = a_spoken_interview().record_evaluation(1, 1, an_evaluation())
    later = judged.continue_().ask(judged.plan.questions[0], "Next.", NOW + timedelta(minutes=1))
    assert paces(later, 2, answers(100)) == [180, 100]


def test_answer_is_not_set_against_itself() -> None:
    assert paces(a_spoken_interview(), 1) == []


def test_newest_of_several_attempts_counts() -> None:
    [first, second] = (replace(answers(rate)[0], number=at) for at, rate in ((1, 100), (2, 120)))
    assert paces(a_started_interview(), 1, (first, second)) == [120]


def test_typed_answers_are_left_out() -> None:
    typed = replace(answers(100)[0], spoken={})
    assert paces(a_started_interview(), 1, (typed,)) == []


def test_only_the_last_answers_count() -> None:
    many = [answers(*range(100, 108)) for _ in range(3)]
    assert len(paces(a_started_interview(), 1, *many)) == MOST_EARLIER
