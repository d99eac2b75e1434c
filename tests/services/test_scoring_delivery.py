"""Whether delivery counts is the candidate's choice, made when the interview begins."""

from functools import partial

from core.domain.heard import Take
from core.domain.interview import Interview
from core.domain.interview_setup import SpeechSetup
from core.domain.repeating import plan_again
from core.domain.rubric import Criterion
from tests.builders import ALICE, a_setup
from tests.services.application import an_interviewing
from tests.speaking_doubles import a_take

COUNTED = SpeechSetup(is_spoken=True, scores_delivery=True)
ANSWER = "I would measure first, because guessing costs time."


def an_answered(speech: SpeechSetup, *takes: Take) -> Interview:
    """An interview whose first answer was made of these recordings, and is judged."""
    interviewing = an_interviewing()
    interview = interviewing.start_interview(ALICE, a_setup(speech=speech), None)
    for take in takes:
        heard = partial(Interview.record_take, position=1, take=take)
        interviewing.store.change_interview(ALICE, interview.id, heard)
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    return interviewing.interview(ALICE, interview.id)


def test_delivery_stays_out_of_the_score_unasked() -> None:
    evaluation = an_answered(SpeechSetup(is_spoken=True), a_take()).current.evaluation
    assert evaluation is not None
    assert evaluation.delivery is None


def test_delivery_counts_where_the_candidate_said_so() -> None:
    evaluation = an_answered(COUNTED, a_take()).current.evaluation
    assert evaluation is not None
    assert evaluation.delivery is not None
    assert evaluation.delivery.words_per_minute == 180.0
    assert evaluation.content != evaluation.overall


def test_typed_answer_of_such_an_interview_is_scored_as_any_other() -> None:
    typed = an_answered(COUNTED).current.evaluation
    usual = an_answered(SpeechSetup()).current.evaluation
    assert typed == usual


def test_levels_are_those_without_delivery() -> None:
    with_it = an_answered(COUNTED, a_take()).current.evaluation
    without = an_answered(SpeechSetup(), a_take()).current.evaluation
    assert with_it is not None
    assert without is not None
    assert with_it.criteria == without.criteria
    assert {judgement.criterion for judgement in with_it.criteria} == set(Criterion)


def test_interview_that_is_held_again_counts_it_again() -> None:
    first = an_answered(COUNTED, a_take())
    setup, _ = plan_again(first, (first.current.question,))
    assert setup.speech.scores_delivery
