from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from core.domain.evaluation import ScoreRange
from core.domain.history import InterviewSummary
from core.domain.interview import Phase
from core.domain.interview_setup import Focus, Way
from core.domain.listing import DRILL, UNFINISHED, Order, Wanted, listed, tags_of
from core.domain.question import Seniority

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def made(number: int, score: float | None = None, **changes: object) -> InterviewSummary:
    summary = InterviewSummary(
        id=UUID(int=number),
        role_title="Backend Engineer",
        seniority=Seniority.MID,
        focus=Focus.MIXED,
        phase=Phase.COMPLETE,
        length=3,
        answered=3,
        created_at=FIRST + timedelta(days=number),
        finished_at=None,
        overall=None if score is None else ScoreRange(score, score, score),
    )
    return replace(summary, **changes)  # type: ignore[arg-type]


ALL = (
    made(1, 40, focus=Focus.TECHNICAL, tags=("calm",)),
    made(2, None, phase=Phase.LISTENING, way=Way.REALISTIC),
    made(3, 90, name="Dress rehearsal", company_name="Quillhaven", tags=("calm", "evening")),
)


ANYTHING = Wanted()


def numbers(wanted: Wanted = ANYTHING, order: Order = Order.NEWEST) -> list[int]:
    return [summary.id.int for summary in listed(ALL, wanted, order)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, [3, 2, 1]),
        (Order.OLDEST, [1, 2, 3]),
        (Order.HIGHEST, [3, 1, 2]),
        (Order.LOWEST, [1, 3, 2]),
    ],
)
def test_order_puts_interviews_without_a_score_last_by_score(
    order: Order, expected: list[int]
) -> None:
    assert numbers(order=order) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [3, 2, 1]),
        ("REHEARSAL", [3]),
        ("backend calm", [3, 1]),
        ("quillhaven", [3]),
        ("realistic", [2]),
        ("03 march", [2]),
        ("baker", []),
    ],
)
def test_search_finds_every_word_in_any_letter_case(text: str, expected: list[int]) -> None:
    assert numbers(Wanted(text)) == expected


@pytest.mark.parametrize(
    ("chips", "expected"),
    [
        ({"technical", "mixed"}, [3, 2, 1]),
        ({"technical"}, [1]),
        ({UNFINISHED}, [2]),
        ({"calm", "mixed"}, [3]),
        ({"calm", "evening"}, [3, 1]),
        ({UNFINISHED, "calm"}, []),
    ],
)
def test_chips_of_one_sort_are_alternatives_and_sorts_are_all_asked_for(
    chips: set[str], expected: list[int]
) -> None:
    assert numbers(Wanted(chips=frozenset(chips))) == expected


def test_tags_are_told_by_how_frequent_they_are() -> None:
    assert tags_of(ALL) == ("calm", "evening")


def test_drills_are_found_by_their_chip() -> None:
    drill = made(4, 50, is_drill=True)
    assert listed([*ALL, drill], Wanted(chips=frozenset({DRILL}))) == (drill,)
