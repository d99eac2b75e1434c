import re
from dataclasses import replace

import pytest

from core.domain.language_model import ModelRequest
from core.domain.turn import Turn
from core.prompting.report import INSTRUCTIONS, report_request
from tests.prompting.prompts import FRESH, HOSTILE, a_context, a_turn, fences, is_well_formed


def _request(*turns: Turn) -> ModelRequest:
    return report_request(a_context(), turns, FRESH)


def test_every_question_and_answer_goes_whole() -> None:
    long = "word " * 3_000 + "ends."
    request = _request(a_turn(1, long, "First?"), a_turn(2, "Second answer.", "Second?"))
    assert all(text in request.volatile for text in (long, "First?", "Second?", "Second answer."))


def test_levels_and_missing_points_are_told() -> None:
    volatile = _request(a_turn()).volatile
    assert "Turn 1. Levels: correctness 3, clarity 3" in volatile
    assert "Missing in the answer: Verify that it became faster." in volatile


def test_overall_scores_are_not_told() -> None:
    told = re.sub(r"id=\w+", "", _request(a_turn(answer="No numbers.")).volatile)
    assert "60" not in told


def test_turn_without_an_answer_is_named_as_skipped() -> None:
    assert "Not judged." in _request(replace(a_turn(), attempts=())).volatile
    assert "Skipped." in _request(replace(a_turn(), attempts=())).volatile


def test_each_turn_has_fences_of_its_own() -> None:
    answers = [key for key in fences(_request(a_turn(1), a_turn(2))) if key[0] == "answer"]
    assert len(answers) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_prompt_well_formed(text: str) -> None:
    request = _request(a_turn(1, text, text), a_turn(2, text, text))
    assert is_well_formed(request)
    assert request.instructions == INSTRUCTIONS
