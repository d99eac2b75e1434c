"""Fillers, hedges and repetitions are found where they are, and only there."""

import pytest

from core.domain.delivery import MarkKind
from core.speech.wording import marks_in, words_in


def marked(text: str, kind: MarkKind, *, with_fillers: bool = True) -> list[str]:
    return [
        text[mark.start : mark.end]
        for mark in marks_in(text, with_fillers=with_fillers)
        if mark.kind is kind
    ]


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("Um, I used uh a cache.", ["Um", "uh"]),
        ("Ummm, well, uhh, er, erm, hmm.", ["Ummm", "uhh", "er", "erm", "hmm"]),
        ("It was, like, slow, you know, and, I mean, old.", ["like", "you know", "I mean"]),
        ("A structure like a queue, and I like it.", []),
        ("Do you know what I mean by that?", []),
        ("The umbrella of the error in hummus.", []),
        ("So I actually went right there.", []),
    ],
)
def test_fillers(text: str, fillers: list[str]) -> None:
    assert marked(text, MarkKind.FILLER) == fillers


def test_fillers_are_left_alone_where_they_cannot_be_relied_on() -> None:
    assert marked("Um, I used a cache.", MarkKind.FILLER, with_fillers=False) == []


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("I think it was maybe kind of slow.", ["I think", "maybe", "kind of"]),
        ("I’m not sure, perhaps it was a lock or something like that.",
         ["I’m not sure", "perhaps", "or something like that"]),
        ("We measured it: 40 ms.", []),
        ("The thinking was sound.", []),
    ],
)  # fmt: skip
def test_hedges(text: str, hedges: list[str]) -> None:
    assert marked(text, MarkKind.HEDGE) == hedges


@pytest.mark.parametrize(
    ("text", "repetitions"),
    [
        ("I I used the the the cache.", ["I I", "the the the"]),
        ("And then, and then it failed.", ["And then, and then"]),
        ("We had had it, and that that was so is known.", []),
        ("One cache. Another cache.", []),
        ("It scales, it scales well.", ["It scales, it scales"]),
    ],
)
def test_repetitions(text: str, repetitions: list[str]) -> None:
    assert marked(text, MarkKind.REPETITION) == repetitions


def test_overlapping_marks_keep_the_first_kind() -> None:
    marks = marks_in("um um I think", with_fillers=True)
    assert [mark.kind for mark in marks] == [MarkKind.FILLER, MarkKind.FILLER, MarkKind.HEDGE]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I didn’t use node.js 3.5, but C and a look-up.", 10),
        ("", 0),
        ("— … !", 0),
        ("naïve Zoë", 2),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert len(words_in(text)) == count
