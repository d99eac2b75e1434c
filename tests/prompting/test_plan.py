import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.language_model import ModelRequest
from core.domain.role import Competency
from core.prompting.plan import (
    INSTRUCTIONS,
    PlannedItem,
    PlanStream,
    plan_request,
    questions_wanted,
)
from tests.prompting.prompts import FRESH, HOSTILE, a_context, is_well_formed, item_data

_COMPETENCIES = (Competency("databases", "Databases"), Competency("api-design", "API design"))


def _text(*items: dict[str, Any]) -> str:
    return json.dumps({"questions": list(items)}, ensure_ascii=False)


def _request(count: int = 8, *, text: str = "") -> ModelRequest:
    context = a_context(job_description=text, role_title=text or "Engineer")
    texts = (text,) if text else ()
    return plan_request(context, count, _COMPETENCIES, texts, texts, FRESH)


def _streamed(text: str, size: int) -> list[PlannedItem]:
    stream = PlanStream()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return [item for piece in pieces for item in stream.feed(piece)]


@pytest.mark.parametrize(("count", "wanted"), [(1, 2), (4, 6), (9, 14), (15, 23)])
def test_half_as_many_questions_again_are_wanted(count: int, wanted: int) -> None:
    assert questions_wanted(count) == wanted
    assert f"Questions wanted: {wanted}" in _request(count).volatile


def test_competencies_and_first_difficulty_are_named() -> None:
    volatile = _request().volatile
    assert "api-design: API design" in volatile
    assert "Difficulty to begin with: 3" in volatile


def test_earlier_and_own_questions_are_fenced_apart() -> None:
    request = plan_request(a_context(), 4, _COMPETENCIES, ["Old one?"], ["My one?"], FRESH)
    asked, own = request.volatile.split("<own id=")
    assert "Old one?" in asked
    assert "My one?" in own


def test_room_for_the_reply_grows_with_the_questions() -> None:
    assert _request(12).max_output_tokens > _request(4).max_output_tokens


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_prompt_well_formed(text: str) -> None:
    request = _request(text=text)
    assert is_well_formed(request)
    assert request.instructions == INSTRUCTIONS


@pytest.mark.parametrize("size", [1, 2, 7, 100, 10_000])
def test_questions_come_whole_however_the_reply_is_cut(size: int) -> None:
    text = _text(item_data("One?"), item_data("Two?"), item_data("Three?"))
    assert [item.text for item in _streamed(text, size)] == ["One?", "Two?", "Three?"]


def test_question_comes_as_soon_as_its_object_closes() -> None:
    text = _text(item_data("One?"), item_data("Two?"))
    stream = PlanStream()
    end = text.index('}, {"text": "Two?') + 1
    assert list(stream.feed(text[: end - 1])) == []
    assert [item.text for item in stream.feed(text[end - 1 : end])] == ["One?"]


def test_prose_and_fences_around_the_reply_are_no_matter() -> None:
    text = f'Here is "the plan" [as asked]:\n```json\n{_text(item_data())}\n```'
    assert len(_streamed(text, 3)) == 1


def test_object_that_is_no_question_is_left_out() -> None:
    text = _text({"text": "Half?"}, item_data("Whole?"))
    assert [item.text for item in _streamed(text, 5)] == ["Whole?"]


def test_half_a_character_in_a_question_does_no_harm() -> None:
    assert [item.text for item in _streamed(_text(item_data("Why \ud800?")), 5)] == ["Why ??"]


def test_item_reads_as_it_would_in_a_whole_reply() -> None:
    assert _streamed(_text(item_data()), 1) == [PlannedItem.model_validate(item_data())]


@given(st.text(alphabet=st.one_of(st.sampled_from('{}[]"\\,: '), st.characters(codec=None))))
def test_any_text_can_be_streamed(text: str) -> None:
    assert _streamed('{"questions": [' + text, 3) == []
