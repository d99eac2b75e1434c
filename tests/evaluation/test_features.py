import numpy as np
import pytest

from core.evaluation.features import FEATURES, Reference
from tests.doubles import known_words

_QUESTION = "What does a queue promise?"
_REFERENCE = "A queue hands out elements in order of arrival."


def _measured(answer: str, question: str = _QUESTION) -> dict[str, float]:
    features = Reference(question, _REFERENCE, known_words()).features(answer)
    return dict(zip(FEATURES, features.tolist(), strict=True))


def test_reference_itself_tells_everything() -> None:
    found = _measured(_REFERENCE)
    assert found["told"] == found["told_squared"] == pytest.approx(1)
    assert found["closeness"] == pytest.approx(1)
    assert found["same_pairs"] == 1


def test_word_of_the_question_tells_next_to_nothing() -> None:
    assert _measured("a queue")["told"] < 0.01


def test_word_beyond_the_question_tells_its_share() -> None:
    assert _measured("arrival")["told"] == pytest.approx(1 / 5, abs=0.01)


@pytest.mark.parametrize("answer", ["", "…", "it is"])
def test_answer_without_content_tells_nothing(answer: str) -> None:
    found = _measured(answer)
    assert {name: value for name, value in found.items() if value != 0} == {}


def test_denying_what_the_reference_states_is_seen() -> None:
    found = _measured("It does not hand out elements.")
    assert (found["denies"], found["denies_otherwise"]) == (1, 1)


@pytest.mark.parametrize("question", ["", "What is it?"])
def test_question_without_content_can_be_asked(question: str) -> None:
    assert _measured(_REFERENCE, question)["told"] == pytest.approx(1)


def test_all_features_are_finite_without_a_reference() -> None:
    features = Reference("", "", known_words()).features("a queue")
    assert np.isfinite(features).all()
