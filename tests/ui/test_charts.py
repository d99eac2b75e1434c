from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from core.domain.evaluation import ScoreRange
from core.domain.history import InterviewSummary
from core.domain.interview import Focus, Phase
from core.domain.question import Seniority
from core.domain.rubric import Criterion
from ui.charts import criteria_radar, score_trend

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def held(day: int, score: float, half_width: float = 5.0) -> InterviewSummary:
    overall = ScoreRange(score, score - half_width, score + half_width)
    when = FIRST + timedelta(days=day)
    return InterviewSummary(
        UUID(int=day),
        "Tester",
        Seniority.MID,
        Focus.MIXED,
        Phase.COMPLETE,
        3,
        3,
        when,
        when,
        overall,
    )


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (held(9, 62), "Up 32 points from the first to the last of 2 interviews"),
        (held(9, 10), "Down 20 points from the first to the last of 2 interviews"),
        (
            held(9, 38),
            "No clear change over 2 interviews: the ranges of first and last overlap",
        ),
    ],
)
def test_trend_is_claimed_only_beyond_the_ranges(last: InterviewSummary, title: str) -> None:
    assert score_trend([last, held(1, 30)]).title == title


def test_even_criteria_are_not_called_highest_and_lowest() -> None:
    chart = criteria_radar({Criterion.DEPTH: 2.0, Criterion.CLARITY: 2.0})
    assert chart.title == "All criteria are at level 2.0 of 5"


def test_radar_is_told_in_words_too() -> None:
    chart = criteria_radar({Criterion.DEPTH: 2.0, Criterion.CLARITY: 4.0})
    assert "Depth 2.0, Clarity 4.0" in chart.text
