from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.language_model import ModelRequest
from core.domain.question import Kind
from core.prompting.evaluate import INSTRUCTIONS, earlier_line, evaluation_request
from tests.builders import (
    ANSWER,
    a_judged_interview,
    a_question,
    an_answered_interview,
    real_content,
)
from tests.prompting.prompts import FRESH, HOSTILE, a_context, is_well_formed

_RUBRIC = real_content().rubrics[Kind.TECHNICAL]


def _request(
    answer: str = ANSWER, *, text: str = "", dispute: str = "", nonce: str = FRESH
) -> ModelRequest:
    question = a_question(text=text) if text else a_question()
    context = a_context(role_title=text or "Engineer", job_description=text)
    return evaluation_request(
        context, question, _RUBRIC, answer, (text,) if text else (), nonce, dispute
    )


def test_answer_stands_in_the_volatile_part_only() -> None:
    request = _request("My whole answer.")
    assert "My whole answer." in request.volatile
    assert "My whole answer." not in request.stable


def test_rubric_of_the_kind_is_given_at_its_three_levels() -> None:
    described = _RUBRIC.descriptors.values()
    request = _request()
    assert all(words in request.volatile for levels in described for words in levels.values())


def test_question_comes_with_its_key_points() -> None:
    assert "measure (3): Measure before changing anything." in _request().volatile


def test_requests_of_one_interview_share_all_before_the_volatile_part() -> None:
    one, other = _request("One."), _request("Two.", nonce="other")
    assert (one.instructions, one.stable, one.cache_key) == (
        other.instructions,
        other.stable,
        other.cache_key,
    )


def test_longest_answer_goes_whole() -> None:
    answer = "word " * 3_999 + "ends."
    assert answer in _request(answer).volatile


def test_objection_comes_fenced_after_the_answer() -> None:
    volatile = _request(dispute="I did say it.").volatile
    assert volatile.index("<objection id=") > volatile.index("</answer id=")
    assert "I did say it." in volatile


def test_without_an_objection_nothing_is_said_of_one() -> None:
    assert "objection" not in _request().volatile


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_prompt_well_formed(text: str) -> None:
    assert is_well_formed(_request(text, text=text, dispute=text))


@given(st.text())
def test_instructions_are_the_same_for_whatever_text(text: str) -> None:
    request = _request(text or "x", text=text, dispute=text)
    assert request.instructions == INSTRUCTIONS
    assert is_well_formed(request)


def test_earlier_line_names_topic_and_words_without_a_score() -> None:
    turn = a_judged_interview().turns[0]
    assert earlier_line(turn) == f"{turn.question.competency}: {ANSWER}"


def test_earlier_line_is_short() -> None:
    turn = an_answered_interview("word " * 400).turns[0]
    assert len(earlier_line(turn)) <= 160


def test_earlier_line_of_a_skipped_question_says_so() -> None:
    turn = an_answered_interview().turns[0]
    assert earlier_line(replace(turn, attempts=(), is_skipped=True)).endswith("(skipped)")
