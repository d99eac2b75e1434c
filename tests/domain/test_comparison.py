from core.domain.comparison import compare
from core.domain.interview import Interview
from core.domain.report import build_report
from tests.builders import NOW, a_judged_interview, a_started_interview, an_evaluation


def _sentence(earlier: Interview, later: Interview) -> str:
    before, after = (build_report(interview.finish(NOW)) for interview in (earlier, later))
    return compare(before, after, {}).sentence


def _scored(score: float, evaluator: str = "scripted") -> Interview:
    return a_judged_interview(an_evaluation(score, evaluator=evaluator))


def test_clear_difference_is_told_in_points() -> None:
    assert _sentence(_scored(30), _scored(80)) == "Overall this is 50 points higher."


def test_within_overlapping_ranges_no_difference_is_claimed() -> None:
    assert "no clear difference" in _sentence(_scored(50), _scored(60))


def test_different_evaluators_are_said_to_be_so() -> None:
    assert "Different evaluators" in _sentence(_scored(30), _scored(80, "openai/a-model"))


def test_without_a_score_nothing_is_compared() -> None:
    assert "cannot be compared" in _sentence(a_started_interview().skip(1), _scored(80))


def test_competencies_of_both_are_held_against_each_other() -> None:
    before, after = (build_report(_scored(score)) for score in (40, 60))
    values = {value.name: value.difference for value in compare(before, after, {}).values}
    assert values["Overall (0–100)"] == 20
    assert values["databases"] == 20
