import pytest

from core.evaluation.denial import denied_share, denies

_REFERENCE = "A foreign key refers to a row of another table. It may be empty."


@pytest.mark.parametrize(
    "sentence",
    [
        "A foreign key does not refer to a row of another table.",
        "It is not true that a foreign key refers to a row of another table.",
        "A foreign key never refers to a row of another table!",
    ],
)
def test_near_copy_with_a_denying_word_denies(sentence: str) -> None:
    assert denies(_REFERENCE, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A foreign key refers to a row of another table.",
        "A foreign key is not the name of a column.",
        "Another table's row is what it cannot miss.",
        "",
    ],
)
def test_other_sentence_denies_nothing(sentence: str) -> None:
    assert not denies(_REFERENCE, sentence)


def test_denial_can_be_taken_out_of_a_reference_that_denies() -> None:
    assert denies("An index is not free for writes.", "An index is free for writes.")


def test_share_is_of_the_reference_sentences() -> None:
    answer = "A foreign key does not refer to a row of another table. It may be empty."
    assert denied_share(_REFERENCE, answer) == 0.5
