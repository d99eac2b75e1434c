import numpy as np
import pytest

from core.evaluation.terms import (
    SLIP_LIKENESS,
    Meaning,
    best_likeness,
    closeness,
    likeness,
    negations,
    terms,
)
from tests.doubles import known_words


def _stems(text: str) -> list[str]:
    return [term.stem for term in terms(text)]


def test_words_of_grammar_carry_no_content() -> None:
    assert _stems("It is the first of them") == ["first"]


def test_variable_of_a_running_time_is_a_word() -> None:
    assert _stems("O(n log n)") == ["o", "n", "log", "n"]


@pytest.mark.parametrize(
    ("text", "count"), [("It isn't so", 1), ("It is so", 0), ("never without a key", 2)]
)
def test_denying_words_are_counted(text: str, count: int) -> None:
    assert negations(text) == count


def test_same_stem_is_wholly_alike() -> None:
    vectors = known_words()
    assert best_likeness(Meaning("queues", vectors), Meaning("a queue", vectors)).tolist() == [1.0]


def test_typing_slip_is_nearly_the_word() -> None:
    vectors = known_words()
    alike = best_likeness(Meaning("pointer", vectors), Meaning("piointer", vectors))
    assert alike.tolist() == [SLIP_LIKENESS]


def test_words_used_alike_are_alike_in_part() -> None:
    vectors = known_words(car=(1.0, 0.0), lorry=(0.8, 0.6))
    assert likeness(Meaning("car", vectors), Meaning("lorry", vectors)) == pytest.approx(0.8)


def test_opposite_direction_is_not_less_than_nothing() -> None:
    vectors = known_words(car=(1.0, 0.0), lorry=(-1.0, 0.0))
    assert likeness(Meaning("car", vectors), Meaning("lorry", vectors)) == 0


def test_text_without_content_is_alike_to_nothing() -> None:
    vectors = known_words()
    assert best_likeness(Meaning("it is", vectors), Meaning("queue", vectors)).tolist() == []
    assert best_likeness(Meaning("queue", vectors), Meaning("", vectors)).tolist() == [0.0]


def test_nothing_is_close_to_nothing() -> None:
    assert closeness(np.zeros(2), np.ones(2)) == 0
