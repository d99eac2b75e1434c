from core.domain.rubric import Criterion
from ui.charts import criteria_radar


def test_even_criteria_are_not_called_highest_and_lowest() -> None:
    chart = criteria_radar({Criterion.DEPTH: 2.0, Criterion.CLARITY: 2.0})
    assert chart.title == "All criteria are at level 2.0 of 5"


def test_radar_is_told_in_words_too() -> None:
    chart = criteria_radar({Criterion.DEPTH: 2.0, Criterion.CLARITY: 4.0})
    assert "Depth 2.0, Clarity 4.0" in chart.text
