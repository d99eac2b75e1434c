import pytest

from core.evaluation.grade_rules import KEYWORDS_AT_MOST, are_keywords, repeats, ruled
from tests.doubles import known_words
from tests.evaluation.texts import PADDING

_QUESTION = "How does a queue differ from a stack?"
_REFERENCE = "A queue hands out the oldest element first, a stack hands out the newest."
_KEYWORDS = "queue, oldest, element, first, stack, newest"


def _full_marks(_question: str, _reference: str, _answer: str) -> float:
    return 100.0


def _points(answer: str) -> float:
    return ruled(_full_marks, known_words(), _QUESTION, _REFERENCE, answer)


@pytest.mark.parametrize("answer", ["", " \n", "…", "It is what it is."])
def test_answer_without_content_gets_nothing(answer: str) -> None:
    assert _points(answer) == 0


def test_question_repeated_gets_nothing() -> None:
    assert _points(_QUESTION) == 0


def test_short_answer_of_its_own_keeps_its_grade() -> None:
    assert _points("A queue is first in, first out.") == 100


def test_keywords_in_a_row_get_half_at_most() -> None:
    assert _points(_KEYWORDS) == KEYWORDS_AT_MOST


def test_keywords_are_fair_where_the_reference_is_a_list() -> None:
    assert not are_keywords(_KEYWORDS, "enqueue, dequeue, push, pop, top, empty")


def test_denied_reference_loses_most_of_its_grade() -> None:
    denied = "A queue does not hand out the oldest element first, a stack hands out the newest."
    assert _points(denied) == pytest.approx(30)


def test_irrelevant_words_around_an_answer_cost_some_of_its_grade() -> None:
    assert 50 < _points(f"{_REFERENCE} {PADDING}") < 90


def test_irrelevant_words_instead_of_an_answer_cost_most_of_it() -> None:
    assert _points(PADDING) <= 25


def test_only_what_is_to_the_point_is_graded() -> None:
    graded: list[str] = []

    def grade(_question: str, _reference: str, answer: str) -> float:
        graded.append(answer)
        return 100.0

    ruled(grade, known_words(), _QUESTION, _REFERENCE, f"{_REFERENCE} {PADDING}")
    assert graded == [_REFERENCE]


def test_answer_that_needs_the_words_of_the_question_repeats_nothing() -> None:
    answer = "A queue differs from a stack by its oldest element."
    assert not repeats(answer, _QUESTION, _REFERENCE)
