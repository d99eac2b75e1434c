import pytest

from core.domain.errors import InvalidInputError
from core.domain.own_questions import MAX_OWN_CHARACTERS
from core.domain.real_question import MOST_NOTED, noted_questions
from tests.builders import NOW


def texts(lines: str) -> list[str]:
    return [question.text for question in noted_questions(lines, NOW)]


def test_each_line_is_a_question() -> None:
    assert texts("Why us?\n\n  What   went wrong? \n") == ["Why us?", "What went wrong?"]


def test_the_same_question_in_other_letter_case_is_noted_once() -> None:
    assert len(texts("Why us?\nWHY US?")) == 1


def test_very_long_line_is_cut() -> None:
    assert len(texts("x" * 5000)[0]) == MAX_OWN_CHARACTERS


def test_characters_that_no_database_takes_are_left_out() -> None:
    assert texts("Why\0 us\ud800?") == ["Why us??"]


@pytest.mark.parametrize("lines", ["", "  \n \0"])
def test_nothing_written_is_told(lines: str) -> None:
    with pytest.raises(InvalidInputError, match="There is no question yet"):
        noted_questions(lines, NOW)


def test_too_many_at_once_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="still in the box"):
        noted_questions("\n".join(f"Question {n}?" for n in range(MOST_NOTED + 1)), NOW)
