"""A transcript in pieces loses no word, and says where the pauses were."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.annotation import annotated
from core.domain.delivery import Delivery, Mark, MarkKind
from core.domain.speech import Span, Transcript
from tests.speaking_doubles import HEARD_TEXT, a_take

TEXT = a_take().heard.transcript or Transcript("", "")
DELIVERY = a_take().heard.delivery or Delivery(0, 0, 0)


def test_pause_stands_before_the_word_behind_it() -> None:
    pieces = annotated(TEXT, DELIVERY)
    at = next(n for n, piece in enumerate(pieces) if piece.pause_seconds)
    assert pieces[at].pause_seconds == 2.0
    assert pieces[at + 1].text.startswith(HEARD_TEXT.split()[8])


def test_marked_words_are_pieces_of_their_own() -> None:
    marked = [(p.text, p.mark) for p in annotated(TEXT, DELIVERY) if p.mark]
    assert marked == [("Um", MarkKind.FILLER), ("I think", MarkKind.HEDGE)]


def test_without_times_no_pause_is_placed() -> None:
    pieces = annotated(Transcript(HEARD_TEXT, "One"), DELIVERY)
    assert not any(piece.pause_seconds for piece in pieces)


@given(
    text=st.text(min_size=1, max_size=60),
    edges=st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True),
)
def test_pieces_together_are_the_text(text: str, edges: list[int]) -> None:
    ends = sorted(min(edge, len(text)) for edge in edges)
    marks = tuple(
        Mark(MarkKind.HEDGE, start, end)
        for start, end in zip(ends[::2], ends[1::2], strict=False)
        if start < end
    )
    delivery = Delivery(1.0, 1.0, 1, pauses=(Span(0.1, 0.9),), marks=marks)
    pieces = annotated(Transcript(text, "One"), delivery)
    assert "".join(piece.text for piece in pieces) == text
