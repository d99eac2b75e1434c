"""Key points in other words than ours, on real word vectors."""

from core.adapters.word_vectors import WordTable
from core.domain.question import KeyPoint, Question
from core.evaluation.coverage import Match, match_key_points
from core.evaluation.other_words import OtherWords
from core.evaluation.text import sentences
from tests.builders import a_question
from tests.evaluation.texts import FOOTBALL_REPORT

_POINT = KeyPoint("cost", "Every write has to update the index, so inserts become slower", 1)
_QUESTION = a_question(text="What is the price of an index?", key_points=(_POINT,))
_OTHER_WORDS = OtherWords(WordTable.bundled(), {})
_IN_OTHER_WORDS = (
    "The indexes need an update whenever a row is inserted or written, which slows it."
)


def _strength(answer: str, question: Question = _QUESTION) -> float:
    return _improved(answer, question).strength


def _improved(answer: str, question: Question = _QUESTION) -> Match:
    told = sentences(answer)
    found = (Match(question.key_points[0], 0.0, None),)
    return _OTHER_WORDS.improved(question, found, told, len(set(answer.split())))[0]


def test_point_made_in_other_words_is_found() -> None:
    assert _strength(_IN_OTHER_WORDS) > 0.3


def test_sentence_that_makes_the_point_is_the_one_shown() -> None:
    sentence = _improved(f"I like this question. {_IN_OTHER_WORDS}").sentence
    assert sentence is not None
    assert sentence.text == _IN_OTHER_WORDS


def test_long_text_about_something_else_makes_no_point() -> None:
    assert _strength(FOOTBALL_REPORT) == 0


def test_what_was_found_in_our_words_is_never_weakened() -> None:
    found = match_key_points(_QUESTION, sentences(_POINT.text), {})
    told = sentences("Nothing of the kind.")
    assert _OTHER_WORDS.improved(_QUESTION, found, told, 4) == found


def test_nothing_told_changes_nothing() -> None:
    found = (Match(_POINT, 0.0, None),)
    assert _OTHER_WORDS.improved(_QUESTION, found, (), 0) == found


def test_question_without_key_points_has_no_matches() -> None:
    question = a_question(key_points=())
    assert _OTHER_WORDS.improved(question, (), sentences(_IN_OTHER_WORDS), 10) == ()
