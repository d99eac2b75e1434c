from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from core.domain.drill import DRILL_QUESTIONS
from core.domain.errors import InvalidInputError
from core.domain.evaluation import Coverage
from core.domain.interview import Interview, Phase
from core.domain.interviewer_choice import BUILT_IN_CHOICE
from core.domain.practice import PracticeItem
from core.services.interviewing import Interviewing
from core.services.practising import Practising
from tests.builders import (
    ALICE,
    BOB,
    NOW,
    a_judged_interview,
    a_setup,
    an_evaluation,
    findings,
    real_content,
)
from tests.doubles import FrozenClock, MemoryStore, ScriptedInterviewer
from tests.learning_doubles import MemoryPracticeStore, an_item, next_day
from tests.services.application import an_interviewing

DAY_SECONDS = 24 * 3600.0
WEAK = an_evaluation(30.0, key_points=findings(missing=("verify",)))
GOOD = an_evaluation(90.0, key_points=findings())


def a_practising(store: MemoryStore | None = None, clock: FrozenClock | None = None) -> Practising:
    return Practising(
        store=store or MemoryStore(),
        practice=MemoryPracticeStore(),
        schedule=next_day,
        clock=clock or FrozenClock(),
        content=real_content(),
    )


def due_today(practising: Practising, *question_ids: str) -> None:
    items = tuple(an_item(question_id, due_on=NOW.date()) for question_id in question_ids)
    practising.practice.change_items(ALICE, frozenset(), lambda _: items)


def drill(practising: Practising) -> Interview:
    return practising.start_drill(ALICE, a_setup(), BUILT_IN_CHOICE)


def answered(interviewing: Interviewing, interview: Interview) -> Interview:
    """With one more question answered, and the next one put."""
    position = interview.current.position
    interviewing.submit_answer(ALICE, interview.id, position, "I would measure first.")
    return interviewing.next_question(ALICE, interview.id, position)


def test_weak_answer_is_due_the_next_day_and_not_before() -> None:
    clock = FrozenClock()
    practising = a_practising(clock=clock)
    practising.take_in(ALICE, a_judged_interview(WEAK))
    assert practising.agenda(ALICE).due == 0
    clock.advance(DAY_SECONDS)
    assert practising.agenda(ALICE).due == 1


def test_what_is_due_is_due_for_its_candidate_only() -> None:
    clock = FrozenClock()
    practising = a_practising(clock=clock)
    practising.take_in(ALICE, a_judged_interview(WEAK))
    clock.advance(DAY_SECONDS)
    assert practising.agenda(BOB).due == 0


def test_interviews_are_taken_in_in_the_order_in_which_they_were_held() -> None:
    practising = a_practising()
    weak = a_judged_interview(WEAK, id=UUID(int=1))
    later = a_judged_interview(GOOD, id=UUID(int=2), created_at=NOW.replace(hour=12))
    practising.take_in_all(ALICE, (later, weak))
    assert len(practising.shown_in(ALICE, later)) == 1


def test_drill_asks_the_due_questions_in_their_order_and_ends_with_the_last() -> None:
    store, clock = MemoryStore(), FrozenClock()
    practising = a_practising(store, clock)
    due_today(practising, "a", "b")
    interviewing = an_interviewing(store=store, clock=clock)
    interview = drill(practising)
    asked = []
    while not interview.is_over:
        asked.append(interview.current.question.id)
        interview = answered(interviewing, interview)
    assert asked == ["a", "b"]
    assert interview.phase is Phase.COMPLETE


def test_drill_asks_a_question_once_however_much_of_it_is_due() -> None:
    practising = a_practising()
    items: tuple[PracticeItem, ...] = tuple(
        an_item(key_point_id=point, due_on=NOW.date()) for point in ("index", "verify")
    )
    practising.practice.change_items(ALICE, frozenset(), lambda _: items)
    assert drill(practising).setup.length == 1


def test_drill_is_short_however_much_is_due() -> None:
    practising = a_practising()
    due_today(practising, *"abcdefgh")
    assert drill(practising).setup.length == DRILL_QUESTIONS


def test_drill_that_is_not_finished_is_gone_on_with() -> None:
    practising = a_practising()
    due_today(practising, "a")
    assert drill(practising) == drill(practising)


def test_drill_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="Nothing is due"):
        drill(a_practising())


def test_answer_that_is_judged_is_taken_in() -> None:
    store, clock = MemoryStore(), FrozenClock()
    practising = a_practising(store, clock)
    interviewing = an_interviewing(interviewer=ScriptedInterviewer(WEAK), store=store, clock=clock)
    work = replace(interviewing.work, after_judging=practising.take_in)
    interviewing = replace(interviewing, work=work)
    interview = interviewing.start_interview(ALICE, a_setup())
    answered(interviewing, interview)
    (item,) = practising.shown_in(ALICE, interviewing.interview(ALICE, interview.id))
    assert item.reviews[0].coverage is Coverage.MISSING


def test_judgement_counts_where_taking_it_in_goes_wrong() -> None:
    def fail(_user_id: UUID, _interview: Interview) -> None:
        raise ValueError

    interviewing = an_interviewing(interviewer=ScriptedInterviewer(WEAK))
    interviewing = replace(interviewing, work=replace(interviewing.work, after_judging=fail))
    interview = interviewing.start_interview(ALICE, a_setup())
    answered(interviewing, interview)
    assert interviewing.interview(ALICE, interview.id).turn_at(1).overall is not None


def test_schedule_sees_every_review_of_an_item() -> None:
    seen: list[int] = []

    def schedule(reviews: Sequence[object]) -> date:
        seen.append(len(reviews))
        return NOW.date()

    practising = replace(a_practising(), schedule=schedule)
    practising.take_in(ALICE, a_judged_interview(WEAK, id=UUID(int=1)))
    practising.take_in(ALICE, a_judged_interview(GOOD, id=UUID(int=2)))
    assert seen == [1, 2]
