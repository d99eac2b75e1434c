from core.domain.rubric import Criterion
from ui.charts import criteria_radar
from ui.progress_charts import HEAT, HEAT_TEXT


def test_even_criteria_are_not_called_highest_and_lowest() -> None:
    chart = criteria_radar({Criterion.DEPTH: 2.0, Criterion.CLARITY: 2.0})
    assert chart.title == "All criteria are at level 2.0 of 5"


def test_radar_is_told_in_words_too() -> None:
    chart = criteria_radar({Criterion.DEPTH: 2.0, Criterion.CLARITY: 4.0})
    assert "Depth 2.0, Clarity 4.0" in chart.text


def _luminance(colour: str) -> float:
    """Relative luminance of “#rrggbb”, 0–1, by WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_numbers_in_the_heat_map_can_be_read_on_each_of_its_colours() -> None:
    text = _luminance(HEAT_TEXT) + 0.05
    assert min((_luminance(colour) + 0.05) / text for _, colour in HEAT) >= 4.5
