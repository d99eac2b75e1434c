from collections.abc import Iterator
from typing import Any

import pytest

from core.prompting.evaluate import EvaluationReply, KeyPointReply, RemarkReply
from core.prompting.plan import PlanReply
from core.prompting.read_resume import ScanReply
from core.prompting.report import ReportReply
from core.prompting.schema import Reply, schema_of

_MODELS = [EvaluationReply, PlanReply, ReportReply, ScanReply]


class _Titled(Reply):
    title: str
    default: int


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    yield node
    for inner in [*node.get("properties", {}).values(), *filter(None, [node.get("items")])]:
        yield from _nodes(inner)


@pytest.mark.parametrize("model", _MODELS)
def test_every_object_requires_all_and_allows_no_more(model: type[Reply]) -> None:
    objects = [n for n in _nodes(schema_of(model)) if n["type"] == "object"]
    assert all(node["additionalProperties"] is False for node in objects)
    assert all(node["required"] == list(node["properties"]) for node in objects)


@pytest.mark.parametrize("model", _MODELS)
def test_schema_has_no_references_bounds_titles_or_defaults(model: type[Reply]) -> None:
    allowed = {"type", "enum", "items", "properties", "required", "additionalProperties"}
    assert {key for node in _nodes(schema_of(model)) for key in node} <= allowed
    assert {node["type"] for node in _nodes(schema_of(model))} <= {
        "object",
        "array",
        "string",
        "integer",
        "boolean",
    }


def test_field_named_like_a_keyword_stays() -> None:
    assert schema_of(_Titled)["required"] == ["title", "default"]


def test_fields_stand_in_the_order_in_which_they_are_written() -> None:
    assert schema_of(EvaluationReply)["required"] == [
        "evidence",
        "feedback",
        "strengths",
        "improvements",
        "key_points",
        "criteria",
        "better_answer",
        "reaction",
        "follow_up",
    ]


def test_criterion_gives_its_reason_before_its_level() -> None:
    properties: Any = schema_of(EvaluationReply)["properties"]
    assert properties["criteria"]["properties"]["depth"]["required"] == [
        "reason",
        "evidence",
        "missing_key_point",
        "level",
    ]


def test_number_in_quotes_is_read() -> None:
    assert RemarkReply.model_validate({"text": "a", "evidence": "4"}).evidence == 4


def test_null_is_the_empty_value() -> None:
    read = KeyPointReply.model_validate({"id": 7, "coverage": None, "evidence": 0})
    assert (read.id, read.coverage) == ("7", "")


def test_fields_not_asked_for_are_ignored() -> None:
    assert RemarkReply.model_validate({"text": "a", "evidence": 1, "note": "b"}).text == "a"
