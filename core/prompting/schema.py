"""What a reply looks like: the base of all reply models, and the JSON schema that providers take."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel, ConfigDict, WithJsonSchema, model_validator

_Json = dict[str, Any]


class Reply(BaseModel):
    """The wire's side of a prompt: every field required, in the order in which it is to be written.

    Reading is lenient where the meaning is plain: a number in quotes, null for an empty value, a field
    that was not asked for. Whether values make sense is checked where they become values of the domain.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: object) -> object:
        """Null stands for the empty value of its field."""
        if not isinstance(data, Mapping):
            return data
        return {
            name: cls._empty(str(name)) if value is None else value for name, value in data.items()
        }

    @classmethod
    def _empty(cls, name: str) -> object:
        field = cls.model_fields.get(name)
        kind = field.annotation if field else None
        if get_origin(kind) is list:
            return []
        return kind() if kind in (str, int, bool) else None


def one_of(values: type[StrEnum]) -> WithJsonSchema:
    """A string that is asked to be one of these; whether it is, is checked by who reads it."""
    return WithJsonSchema({"type": "string", "enum": [value.value for value in values]})


def schema_of(model: type[Reply]) -> dict[str, object]:
    """The strict JSON schema: references inlined, all required, no extras, titles or defaults.

    Each caller gets one of its own, for whoever sends it may change it.
    """
    schema = _described(model)
    return _strict(schema, schema.get("$defs", {}))


@cache
def _described(model: type[Reply]) -> _Json:
    """What takes time of it: 1.5 ms for a judgement."""
    return model.model_json_schema()


def _strict(node: _Json, definitions: Mapping[str, _Json]) -> _Json:
    if "$ref" in node:
        return _strict(definitions[node["$ref"].rpartition("/")[2]], definitions)
    if node["type"] == "array":
        return {"type": "array", "items": _strict(node["items"], definitions)}
    if node["type"] != "object":
        return {key: node[key] for key in ("type", "enum") if key in node}
    properties = {name: _strict(inner, definitions) for name, inner in node["properties"].items()}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
