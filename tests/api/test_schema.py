"""Whatever is sent, replies are those that the description tells, and none is a fault of the server's."""

from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import APIOperation
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.api.calls import start, upload

EXAMPLES = 15
REFUSALS = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422]
NOT_TRIED = {("DELETE", "/me")}
"""It ends the token that all others are tried with; a test of its own deletes."""

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]
load_all_checks()
_NOT_ASKED = CHECKS.get_by_names(["positive_data_acceptance"])
"""What fits the schema may still not fit where an interview stands."""

_NOT_FOR_FORMS = CHECKS.get_by_names(["negative_data_rejection"])
"""In a form a number cannot be told from the file that consists of its digits."""


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_replies_are_as_described_whatever_is_sent(
    mode: GenerationMode, alice: TestClient, rest: FastAPI
) -> None:
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json",
        _mounted(rest, is_secured=mode is GenerationMode.POSITIVE),
        config=SchemathesisConfig.from_dict(
            {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
        ),
    )
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # an error ends the test
        is_mistakable = mode is GenerationMode.POSITIVE or _has_inputs(operation)
        if (operation.method.upper(), operation.path) not in NOT_TRIED and is_mistakable:
            tried += 1
            _try(operation, mode, alice)
    assert tried >= 10


def _mounted(rest: FastAPI, *, is_secured: bool) -> ASGIApp:
    """The API below /api, whatever signs stand in the path: a Mount passes no line breaks on.

    Where the description names no security, it is not what is mistaken on purpose.
    """
    description = deepcopy(rest.openapi())
    if not is_secured:
        for operations in description["paths"].values():
            for operation in operations.values():
                operation.pop("security", None)

    async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/api/openapi.json":
            await JSONResponse(description)(scope, receive, send)
            return
        await rest({**scope, "root_path": "/api"}, receive, send)

    return mounted


def _has_inputs(operation: Operation) -> bool:
    """Whether there is anything to get wrong."""
    return bool(operation.body or operation.path_parameters or operation.query or operation.headers)


def _try(operation: Operation, mode: GenerationMode, client: TestClient) -> None:
    """Send what the description allows, or what it does not, and hold the reply against it."""

    not_asked = [*_NOT_ASKED, *(_NOT_FOR_FORMS if "upload" in operation.path else ())]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_one(case: AnyCase) -> None:
        if mode is GenerationMode.POSITIVE:
            _with_own_ids(case, client)
        case.headers.pop("X-Provider-Key", None)  # no test calls a provider
        case.call_and_validate(
            headers={"Authorization": client.headers["Authorization"]},
            excluded_checks=not_asked,
        )

    try_one()


def _with_own_ids(case: AnyCase, client: TestClient) -> None:
    """Half of the ids that are none of anything's become those of the caller's own things."""
    for name in ("session_id", "resume_id"):
        for place in (case.path_parameters, case.body):
            if isinstance(place, dict) and _is_id(place.get(name)):
                is_own = UUID(str(place[name])).int % 2
                place[name] = _own(name, client) if is_own else place[name]


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def _own(name: str, client: TestClient) -> str:
    if name == "resume_id":
        found = client.get("/resume")
        return str((found if found.status_code == 200 else upload(client)).json()[name])
    listed = client.get("/interview").json()["interviews"]
    return str(listed[0]["id"] if listed else start(client)[name])
