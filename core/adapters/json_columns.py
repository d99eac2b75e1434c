"""How columns of JSON are written and read on every database: by pydantic, which is the fastest at it."""

from typing import Any

from pydantic_core import from_json, to_json


def _written(value: Any) -> str:
    return to_json(value).decode()


JSON_FORM: dict[str, Any] = {"json_serializer": _written, "json_deserializer": from_json}
"""Options of an engine."""
