import pytest

from core.evaluation.scorelike import names_score, without_marks, without_scores


@pytest.mark.parametrize(
    "text",
    [
        "That is 8/10.",
        "About 75% there.",
        "You get 7 out of 10.",
        "A score of 72.",
        "This is level 4.",
        "Graded B+ overall.",
        "It earns 60 points.",
    ],
)
def test_number_that_looks_like_a_score_is_seen(text: str) -> None:
    assert names_score(text)


@pytest.mark.parametrize(
    "text",
    [
        "You led four people in 2019.",
        "Three of ten requests failed.",
        "A higher level of detail helps.",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not names_score(text)


def test_share_that_the_candidate_named_is_no_score() -> None:
    assert not names_score("You cut errors by 75%.", "We cut errors by 75% in May.")


def test_only_the_sentence_with_the_score_goes() -> None:
    assert without_scores("Clear and calm. That is 8/10. Go on.", "") == "Clear and calm. Go on."


def test_share_stays_where_only_marks_go() -> None:
    told = "Say that it fell by 40%. I give you 9 out of 10."
    assert without_marks(told, "") == "Say that it fell by 40%."
