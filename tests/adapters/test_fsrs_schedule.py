from datetime import timedelta

from core.adapters.fsrs_schedule import due_day
from core.domain.evaluation import Coverage
from core.domain.practice import Review
from tests.builders import NOW
from tests.learning_doubles import a_review

_MISS, _PARTLY, _MADE = Coverage.MISSING, Coverage.PARTLY, Coverage.COVERED


def days_until_due(*reviews: tuple[int, Coverage]) -> int:
    """From the last of these reviews, each given by its day, to the day that is due."""
    made: list[Review] = [
        a_review(coverage, NOW + timedelta(days=day)) for day, coverage in reviews
    ]
    return (due_day(made) - made[-1].at.date()).days


def test_what_was_missed_is_due_the_next_day() -> None:
    assert days_until_due((0, _MISS)) == 1


def test_what_is_made_each_time_is_due_in_growing_steps() -> None:
    steps = [
        days_until_due((0, _MISS), (1, _MADE)),
        days_until_due((0, _MISS), (1, _MADE), (3, _MADE)),
        days_until_due((0, _MISS), (1, _MADE), (3, _MADE), (9, _MADE)),
    ]
    assert steps == [2, 6, 17]


def test_another_miss_brings_it_back_the_next_day() -> None:
    assert days_until_due((0, _MISS), (1, _MADE), (3, _MADE), (9, _MISS)) == 1


def test_what_is_made_partly_comes_back_sooner_than_what_is_made() -> None:
    partly = days_until_due((0, _MISS), (1, _MADE), (3, _PARTLY))
    assert partly < days_until_due((0, _MISS), (1, _MADE), (3, _MADE))


def test_the_same_reviews_give_the_same_day() -> None:
    reviews = ((0, _MISS), (1, _PARTLY), (3, _MADE))
    assert days_until_due(*reviews) == days_until_due(*reviews)
