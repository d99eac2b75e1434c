"""Reads YAML files and checks them against their schema; a wrong one is refused with the place in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

_T = TypeVar("_T")
STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
"""For the schema of a file: a misspelt field is an error."""


class ContentError(RuntimeError):
    """A content file does not fit its schema; the message names file and place."""


def read_file(path: Path, schema: type[_T]) -> _T:
    """The one value that a file holds; ContentError where it does not fit."""
    return _load(path, TypeAdapter(schema).validate_python)


def read_rows(path: Path, schema: type[_T]) -> list[_T]:
    """The values of a file that is a list; ContentError where one does not fit."""
    return _load(path, TypeAdapter(list[schema]).validate_python)  # type: ignore[valid-type]


def _load(path: Path, validate: Callable[[Any], _T]) -> _T:
    try:
        return validate(yaml.load(path.read_text("utf-8"), _Loader))  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValidationError, OSError) as error:
        message = f"{path.name} does not fit its schema: {error}"
        raise ContentError(message) from error


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
