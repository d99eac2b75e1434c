"""Replies for requests that nobody scripted."""

import json
from typing import Any

from tests.stub_provider.script import StubRequest


def fitting_reply(request: StubRequest) -> str:
    """The plainest JSON that fits the schema of a request; a sentence where it has none."""
    if request.schema is None:
        return "A reply of the stub's."
    return json.dumps(_value(request.schema, request.schema.get("$defs", {})), ensure_ascii=False)


def _value(schema: dict[str, Any], definitions: dict[str, Any]) -> object:
    if "$ref" in schema:
        return _value(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return _value(schema["anyOf"][0], definitions)
    return _of_type(schema, definitions)


def _of_type(schema: dict[str, Any], definitions: dict[str, Any]) -> object:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        return {
            name: _value(part, definitions) for name, part in schema.get("properties", {}).items()
        }
    if kind == "array":
        return [_value(schema.get("items", {"type": "string"}), definitions)]
    return {"integer": 3, "number": 3.0, "boolean": False, "null": None}.get(kind, "Stub text.")
