"""The topics of the real questions, on real word vectors."""

from functools import cache
from itertools import pairwise

import pytest

from core.adapters.practice_interviewer import content_rarity
from core.adapters.word_vectors import WordTable
from core.domain.question import Kind
from core.evaluation.topics import Topics
from tests.builders import a_question, real_content
from tests.evaluation.texts import COOKING_STORY

_CONTENT = real_content()
_PLAIN = [q for q in _CONTENT.questions if q.kind is Kind.TECHNICAL]
_STORIES = [q for q in _CONTENT.questions if q.kind is Kind.BEHAVIORAL]


@cache
def _topics() -> Topics:
    return Topics(_CONTENT.questions, WordTable.bundled(), content_rarity(_CONTENT))


def test_reference_answer_belongs_to_its_question() -> None:
    strays = [q.id for q in _PLAIN if _topics().belonging(q, q.reference_answer) < 1]
    assert strays == []


def test_wordings_of_the_key_points_belong_to_their_question() -> None:
    said = {q.id: ". ".join(k.wordings[-1] for k in q.key_points if k.wordings) for q in _PLAIN}
    found = [_topics().belonging(q, said[q.id]) for q in _PLAIN]
    assert sum(belonging < 1 for belonging in found) <= 0.05 * len(found)
    assert min(found) > 0.5


def test_answer_to_a_question_on_something_else_does_not_belong() -> None:
    far = zip(_PLAIN, _PLAIN[40:] + _PLAIN[:40], strict=True)
    found = sorted(_topics().belonging(q, other.reference_answer) for q, other in far)
    assert found[int(0.9 * len(found))] < 0.5


def test_story_of_another_kind_mostly_belongs_to_a_question_for_stories() -> None:
    """Nine in ten; one that is told of a near subject of another question may belong there more."""
    found = [_topics().belonging(q, other.reference_answer) for q, other in pairwise(_STORIES)]
    assert sum(belonging > 0.9 for belonging in found) >= 0.9 * len(found)


def test_text_that_is_about_no_question_is_left_to_the_key_points() -> None:
    assert _topics().belonging(_PLAIN[0], COOKING_STORY) > 0.5


def test_question_of_no_bank_is_compared_with_the_bank() -> None:
    own = a_question(text="How do bees dance?", reference_answer="Bees dance in the hive.")
    assert _topics().belonging(own, _PLAIN[0].reference_answer) < 0.5


@pytest.mark.parametrize("answer", ["", "Bees dance."])
def test_without_other_questions_everything_belongs(answer: str) -> None:
    assert Topics((), WordTable.bundled(), {}).belonging(_PLAIN[0], answer) == 1
