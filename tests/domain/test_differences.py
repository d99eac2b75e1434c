import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.differences import Difference, Piece, differences, text_after, text_before

_SAME, _REMOVED, _ADDED = Difference.SAME, Difference.REMOVED, Difference.ADDED
_answers = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(["I", "measure", "first", ",", ".", "\n", "don't", " "]), max_size=60
    ).map(" ".join),
)


@given(_answers, _answers)
@example("a " * 300, "b " * 300 + "a")
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert (text_before(pieces), text_after(pieces)) == (before, after)


@given(_answers, _answers)
def test_no_piece_is_empty(before: str, after: str) -> None:
    assert all(piece.text for piece in differences(before, after))


@given(_answers)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert {piece.difference for piece in differences(text, text)} <= {_SAME}


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("I add an index.", "I add one index.", [(_SAME, "I add"), (_REMOVED, " an"), (_ADDED, " one"),
                                                 (_SAME, " index.")]),
        ("I measure.", "I measure first.", [(_SAME, "I measure"), (_ADDED, " first"), (_SAME, ".")]),
        ("I measure.", "I measure. Then I act.", [(_SAME, "I measure."), (_ADDED, " Then I act.")]),
        ("It's done", "It’s done", [(_REMOVED, "It's"), (_ADDED, "It’s"), (_SAME, " done")]),
        ("", "New", [(_ADDED, "New")]),
    ],
)  # fmt: skip
def test_whole_words_differ(before: str, after: str, pieces: list[tuple[Difference, str]]) -> None:
    assert differences(before, after) == tuple(Piece(d, text) for d, text in pieces)
