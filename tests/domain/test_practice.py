from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.domain.evaluation import Coverage, Evaluation
from core.domain.interview import Interview
from core.domain.practice import (
    WHOLE_ANSWER,
    PracticeItem,
    items_after,
    practised_questions,
    shown_by,
)
from core.domain.question import Origin
from tests.builders import (
    NOW,
    a_judged_interview,
    a_question,
    a_void_evaluation,
    an_evaluation,
    findings,
)
from tests.learning_doubles import a_review, an_item, next_day

ALL_MADE = findings()
COVERED, PARTLY, MISSING = Coverage.COVERED, Coverage.PARTLY, Coverage.MISSING


def judged(
    score: float = 60.0, missing: tuple[str, ...] = (), partly: tuple[str, ...] = ()
) -> Evaluation:
    return an_evaluation(score, key_points=findings(missing, partly))


def held(evaluation: Evaluation, days: int = 0) -> Interview:
    """An interview whose one answer was judged so, `days` after the first one."""
    interview = a_judged_interview(evaluation, id=UUID(int=days + 1))
    turn = interview.turn_at(1)
    at = NOW + timedelta(days=days)
    attempts = tuple(replace(a, submitted_at=at) for a in turn.attempts)
    return replace(interview, turns=(replace(turn, attempts=attempts),))


def after(*interviews: Interview) -> tuple[PracticeItem, ...]:
    items: tuple[PracticeItem, ...] = ()
    for interview in interviews:
        items = items_after(items, interview, next_day)
    return items


def points(items: tuple[PracticeItem, ...]) -> list[str]:
    return [item.key_point_id for item in items]


def with_first_judgement(interview: Interview, evaluation: Evaluation) -> Interview:
    """As a second look leaves it."""
    turn = interview.turn_at(1)
    first = replace(turn.attempts[0], evaluation=evaluation)
    return replace(interview, turns=(replace(turn, attempts=(first, *turn.attempts[1:])),))


def test_missed_key_point_becomes_an_item_due_as_scheduled() -> None:
    (item,) = after(held(judged(missing=("verify",))))
    assert item.key == ("opener", "verify")
    assert item.due_on == NOW.date() + timedelta(days=1)


def test_only_the_weightiest_missed_points_of_an_answer_become_items() -> None:
    items = after(held(judged(10.0, missing=("measure", "index", "verify"))))
    assert points(items) == ["measure", "index"]


def test_point_made_partly_becomes_no_item() -> None:
    assert after(held(judged(partly=("verify",)))) == ()


def test_weak_answer_that_missed_no_point_becomes_an_item_as_a_whole() -> None:
    (item,) = after(held(an_evaluation(39.9, key_points=ALL_MADE)))
    assert (item.key_point_id, item.text) == (WHOLE_ANSWER, "")


def test_weak_answer_that_missed_a_point_is_practised_by_the_point() -> None:
    assert points(after(held(judged(20.0, missing=("verify",))))) == ["verify"]


def test_fair_answer_that_missed_no_point_becomes_no_item() -> None:
    assert after(held(an_evaluation(40.0, key_points=ALL_MADE))) == ()


def test_whole_answer_is_made_from_a_strong_score_on() -> None:
    items = after(
        *(held(an_evaluation(score, key_points=()), day) for day, score in enumerate((30, 69, 70)))
    )
    assert [review.coverage for review in items[0].reviews] == [MISSING, PARTLY, COVERED]


def test_answer_without_a_score_shows_nothing() -> None:
    assert after(held(a_void_evaluation())) == ()


def test_skipped_question_shows_nothing() -> None:
    interview = a_judged_interview(judged()).continue_().ask(a_question(), "It is time.", NOW)
    assert after(interview.skip(2)) == ()


def test_answer_to_a_follow_up_shows_nothing() -> None:
    interview = a_judged_interview(judged()).continue_()
    interview = interview.ask(a_question("f", origin=Origin.FOLLOW_UP), "It is open.", NOW)
    interview = interview.submit_answer(2, "No.", NOW)
    assert after(interview.record_evaluation(2, 1, judged(missing=("index",)))) == ()


def test_another_attempt_right_after_the_feedback_is_no_review() -> None:
    again = held(judged(missing=("verify",))).try_again().submit_answer(1, "Better.", NOW)
    (item,) = after(again.record_evaluation(1, 2, judged(90.0)))
    assert [review.coverage for review in item.reviews] == [MISSING]


def test_later_answer_is_a_review_in_whatever_interview() -> None:
    (item,) = after(held(judged(missing=("verify",))), held(judged(), days=1))
    assert [review.coverage for review in item.reviews] == [MISSING, COVERED]
    assert item.due_on == NOW.date() + timedelta(days=2)


def test_point_made_with_the_hint_is_made_partly() -> None:
    hinted = held(judged(), days=1)
    hinted = replace(hinted, turns=(replace(hinted.turn_at(1), is_hint_used=True),))
    (item,) = after(held(judged(missing=("verify",))), hinted)
    assert item.reviews[-1].coverage is PARTLY


def test_the_same_interview_again_changes_nothing() -> None:
    once = after(held(judged(missing=("verify",))), held(judged(), days=1))
    assert items_after(once, held(judged(), days=1), next_day) == once


def test_second_look_that_finds_the_point_takes_the_item_away() -> None:
    first = held(judged(missing=("verify",)))
    items = after(first)
    assert items_after(items, with_first_judgement(first, judged()), next_day) == ()


def test_second_look_that_misses_the_point_makes_the_item() -> None:
    first = held(judged())
    second = with_first_judgement(first, judged(missing=("verify",)))
    assert points(after(first, second)) == ["verify"]


def test_interview_taken_in_late_is_put_where_it_was_held() -> None:
    missed, made, older = held(judged(missing=("verify",))), held(judged(), 3), held(judged(), 2)
    (item,) = after(missed, made, older)
    assert [review.at for review in item.reviews] == sorted(review.at for review in item.reviews)


def test_item_made_on_three_different_days_is_mastered() -> None:
    interviews = [held(judged(missing=("verify",))), *(held(judged(), day) for day in (1, 3, 9))]
    assert not after(*interviews[:-1])[0].is_mastered
    assert after(*interviews)[0].is_mastered


def test_making_it_thrice_on_one_day_masters_nothing() -> None:
    same_day = tuple(a_review(COVERED, NOW + timedelta(days=1, hours=n)) for n in range(3))
    assert not an_item(reviews=(a_review(), *same_day)).is_mastered


def test_making_it_partly_begins_the_days_anew() -> None:
    coverages = (MISSING, COVERED, COVERED, PARTLY, COVERED)
    reviews = tuple(a_review(c, NOW + timedelta(days=n)) for n, c in enumerate(coverages))
    assert len(an_item(reviews=reviews).made_days) == 1


def test_mastered_item_that_is_missed_again_is_practised_again() -> None:
    days = [(0, ("verify",)), (1, ()), (3, ()), (9, ()), (40, ("verify",))]
    (item,) = after(*(held(judged(missing=missing), day) for day, missing in days))
    assert not item.is_mastered


def test_what_an_interview_showed_is_told_and_nothing_of_others() -> None:
    (item,) = after(held(judged(missing=("verify",))), held(judged(), days=1))
    shown = shown_by(item, UUID(int=2))
    assert shown is not None
    assert shown.coverage is COVERED
    assert shown_by(item, UUID(int=9)) is None


_SUBSETS = st.lists(st.sampled_from(["measure", "index", "verify"]), unique=True).map(tuple)


@given(missed=st.lists(_SUBSETS, min_size=1, max_size=8))
def test_taking_everything_in_twice_is_taking_it_in_once(missed: list[tuple[str, ...]]) -> None:
    interviews = [held(judged(missing=points), day) for day, points in enumerate(missed)]
    once = after(*interviews)
    assert set(after(*interviews, *interviews)) == set(once)
    assert all(item.reviews[0].coverage is MISSING for item in once)
    assert {item.question.id for item in once} <= practised_questions(interviews[0])
