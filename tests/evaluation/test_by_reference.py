"""Answers to questions that come with a reference answer and nothing else."""

from itertools import pairwise

import pytest

from core.domain.evaluation import Evaluation
from core.domain.question import Question
from core.domain.rubric import Criterion
from tests.builders import a_question, real_interviewer
from tests.evaluation.texts import OFF_TOPIC, REFUSALS

_INTERVIEWER = real_interviewer()
_QUESTION = a_question(
    text="How does a queue differ from a stack?",
    key_points=(),
    reference_answer=(
        "A queue hands out the element that came first, a stack the one that came last. "
        "Both take a new element in constant time."
    ),
)
_JUDGED = (Criterion.CORRECTNESS, Criterion.COMPLETENESS)
_GOOD = "With a queue you get the oldest item first; with a stack the newest one comes off first."


def _evaluate(answer: str, question: Question = _QUESTION) -> Evaluation:
    return _INTERVIEWER.glance(question, answer)


def _score(answer: str) -> float:
    overall = _evaluate(answer).overall
    assert overall is not None
    return overall.score


def test_reference_itself_gets_nearly_everything() -> None:
    assert _score(_QUESTION.reference_answer) > 90


def test_better_answers_score_higher() -> None:
    answers = ("A queue is for waiting people.", "The stack gives the last one.", _GOOD)
    assert all(_score(worse) < _score(better) for worse, better in pairwise(answers))


@pytest.mark.parametrize("answer", ["", " \n ", "…", _QUESTION.text, *REFUSALS])
def test_what_is_no_answer_gets_nothing(answer: str) -> None:
    assert _score(answer) == 0


@pytest.mark.parametrize("story", OFF_TOPIC)
def test_text_about_something_else_scores_low(story: str) -> None:
    """Where the reference is in words of the trade; one of everyday words can be met by chance.

    One of the three stories, where things are sorted and found, gets 42: below any right answer.
    """
    question = a_question(
        text="Why does a database index speed up reads?",
        key_points=(),
        reference_answer=(
            "The index is a sorted structure, so the query finds its rows without scanning the table."
        ),
    )
    overall = _evaluate(OFF_TOPIC[story], question).overall
    assert overall is not None
    assert overall.score <= 45


def test_single_word_can_be_an_answer() -> None:
    question = a_question(
        text="Which structure hands out what came first?",
        key_points=(),
        reference_answer="A queue.",
    )
    overall = _evaluate("Queue", question).overall
    assert overall is not None
    assert overall.score > 80


def test_only_what_is_said_is_assessed() -> None:
    assessed = {j.criterion for j in _evaluate(_GOOD).criteria if j.level is not None}
    assert assessed == set(_JUDGED)


def test_what_is_not_assessed_says_why() -> None:
    reasons = {j.reason for j in _evaluate(_GOOD).criteria if j.criterion not in _JUDGED}
    assert all("reference answer alone" in reason for reason in reasons)


@pytest.mark.parametrize(
    "answer", [_GOOD, _QUESTION.reference_answer, "Pushing and popping takes no time at all."]
)
def test_level_that_is_not_low_rests_on_evidence(answer: str) -> None:
    for judgement in _evaluate(answer).criteria:
        assert judgement.evidence_indexes or judgement.level is None or judgement.level < 2.5


def test_every_quote_is_a_verbatim_part_of_the_answer() -> None:
    answer = f"  {_GOOD}\n\nBoth are fast."
    found = _evaluate(answer).evidence
    assert found
    assert all(answer[e.start : e.end] == e.quote for e in found)


def test_missing_part_of_the_reference_is_named() -> None:
    found = _evaluate("A queue hands out the element that came first.")
    assert any("constant time" in finding.text for finding in found.missing)


def test_denied_part_of_the_reference_is_not_made() -> None:
    found = _evaluate("Both do not take a new element in constant time.")
    assert any("constant time" in finding.text for finding in found.missing)


def test_keywords_are_told_to_become_sentences() -> None:
    found = _evaluate("queue, element, first, stack, last, constant, time")
    assert "list of terms" in found.feedback
    assert found.overall is not None
    assert found.overall.score <= 50


def test_range_is_that_of_answers_with_such_a_score() -> None:
    overall = _evaluate(_GOOD).overall
    assert overall is not None
    fitted = _INTERVIEWER.fitted.by_reference
    assert overall.score - overall.low == pytest.approx(fitted.half_width(overall.score))
