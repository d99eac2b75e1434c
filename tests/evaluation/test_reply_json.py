import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.reply_json import (
    UnusableReplyError,
    parse_reply,
    partial_evaluation,
    re_ask_text,
)
from core.prompting.evaluate import EvaluationReply
from tests.builders import ANSWER
from tests.evaluation.replies import a_reply, reply_data, reply_text


@pytest.mark.parametrize(
    "around", ["{}", "```json\n{}\n```", "Here it is:\n{}\nI hope that helps.", "\ufeff {} "]
)
def test_whatever_stands_around_a_reply_is_left_out(around: str) -> None:
    assert parse_reply(around.replace("{}", reply_text()), EvaluationReply) == a_reply()


def test_missing_field_is_an_error_that_names_its_place() -> None:
    data = reply_data()
    del data["criteria"]["depth"]["level"]
    with pytest.raises(UnusableReplyError) as raised:
        parse_reply(json.dumps(data), EvaluationReply)
    assert raised.value.errors == ("criteria.depth.level: Field required",)


@pytest.mark.parametrize("text", ["", "I cannot do that.", "}{", "{", "[1]", '{"evidence": ['])
def test_text_without_an_object_is_unusable(text: str) -> None:
    with pytest.raises(UnusableReplyError):
        parse_reply(text, EvaluationReply)


def test_errors_do_not_repeat_what_was_written() -> None:
    with pytest.raises(UnusableReplyError) as raised:
        parse_reply(reply_text(evidence="secret words"), EvaluationReply)
    assert "secret" not in str(raised.value)


def test_re_ask_lists_the_errors() -> None:
    asked = re_ask_text(["criteria: Field required"], {"type": "object"})
    assert "- criteria: Field required" in asked
    assert asked.endswith('{"type": "object"}')


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_is_a_reply_or_unusable(text: str) -> None:
    with pytest.raises(UnusableReplyError):
        parse_reply(text, EvaluationReply)


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_any_json_is_a_reply_or_unusable(data: object) -> None:
    with pytest.raises(UnusableReplyError):
        parse_reply(json.dumps(data), EvaluationReply)


def test_half_a_character_in_a_reply_does_no_harm() -> None:
    text = reply_text(feedback="You measure. \ud800")
    assert parse_reply(text, EvaluationReply).feedback == "You measure. ?"
    assert partial_evaluation(text, ANSWER).feedback == "You measure. ?"


def test_deeply_nested_reply_is_unusable() -> None:
    with pytest.raises(UnusableReplyError):
        parse_reply('{"a":' * 5_000 + "1" + "}" * 5_000, EvaluationReply)


def test_unfinished_reply_shows_only_closed_quotes() -> None:
    found = partial_evaluation('{"evidence": ["I would measure first.", "Then I add', ANSWER)
    assert [e.quote for e in found.evidence] == ["I would measure first"]


def test_quote_that_is_not_in_the_answer_is_never_shown() -> None:
    found = partial_evaluation('{"evidence": ["I wrote a compiler", "Then I add an index"]', ANSWER)
    assert [e.quote for e in found.evidence] == ["Then I add an index"]


def test_feedback_is_shown_as_far_as_it_has_come() -> None:
    found = partial_evaluation('```json\n{"evidence": [], "feedback": "You meas', ANSWER)
    assert found.feedback == "You meas"


def test_remarks_grow_one_by_one() -> None:
    text = '{"strengths": [{"text": "Clear.", "evidence": 0}, {"text": "Sho'
    assert partial_evaluation(text, ANSWER).strengths == ("Clear.", "Sho")


@given(st.integers(min_value=0, max_value=3_000))
def test_every_beginning_of_a_reply_can_be_shown(cut: int) -> None:
    found = partial_evaluation(reply_text()[:cut], ANSWER)
    assert all(ANSWER[e.start : e.end] == e.quote for e in found.evidence)
    assert reply_data()["feedback"].startswith(found.feedback)


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_can_be_shown_in_part(text: str) -> None:
    assert partial_evaluation("{" + text, ANSWER).evidence == ()
