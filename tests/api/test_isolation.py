"""Another candidate's things are as good as absent, on every route there is."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from core.bootstrap import Application
from tests.api.calls import ANSWER, finished, start, upload
from tests.api.conftest import Client
from tests.builders import ALICE

BODIES: dict[str, dict[str, Any]] = {
    "/interview/answer": {"position": 1, "answer": ANSWER},
    "/interview/start": {"role": "Backend Engineer"},
    "/interview/{session_id}/skip": {"position": 1},
    "/interview/{session_id}/retry": {"position": 1},
    "/interview/{session_id}/next": {"position": 1},
    "/resume/{resume_id}/profile": {"name": "Bob"},
}
IDS_IN_BODIES = {"/interview/answer": "session_id", "/interview/start": "resume_id"}
OPEN = {"/health"}


def operations(rest: FastAPI) -> list[tuple[str, str]]:
    """Method and path of everything that is described."""
    return [(m.upper(), path) for path, found in rest.openapi()["paths"].items() for m in found]


def named(rest: FastAPI) -> list[tuple[str, str]]:
    """Those that name something by its id, in the path or in the body."""
    return [
        (method, path)
        for method, path in operations(rest)
        if "_id}" in path or path in IDS_IN_BODIES
    ]


def call(client: TestClient, method: str, path: str, session_id: str, resume_id: str) -> Any:
    ids = {"session_id": session_id, "resume_id": resume_id}
    body = dict(BODIES.get(path, {}))
    if path in IDS_IN_BODIES:
        body[IDS_IN_BODIES[path]] = ids[IDS_IN_BODIES[path]]
    address = path.format(**ids, provider="openai")
    return client.request(method, address, json=body or None)


def stored(app: Application) -> Any:
    return app.exporting.history(ALICE)


def test_every_route_refuses_whoever_is_unknown(client: Client, rest: FastAPI) -> None:
    for method, path in operations(rest):
        response = call(client(), method, path, str(uuid4()), str(uuid4()))
        assert response.status_code == (200 if path in OPEN else 401), (method, path)


def test_every_route_refuses_a_mistyped_token_even_beside_a_cookie(
    client: Client, rest: FastAPI
) -> None:
    stranger = client(Authorization="Bearer amip_no", Cookie=f"guest={'a' * 43}")
    for method, path in operations(rest):
        response = call(stranger, method, path, str(uuid4()), str(uuid4()))
        assert response.status_code == (200 if path in OPEN else 401), (method, path)


@pytest.mark.parametrize("is_over", [False, True])
def test_what_is_anothers_is_not_found_on_any_route_and_stays_as_it_is(
    alice: TestClient, bob: TestClient, app: Application, rest: FastAPI, *, is_over: bool
) -> None:
    session_id = finished(alice) if is_over else start(alice)["session_id"]
    resume_id = upload(alice).json()["resume_id"]
    before = stored(app)
    for method, path in named(rest):
        response = call(bob, method, path, session_id, resume_id)
        assert response.status_code == 404, (method, path, response.text)
        assert session_id not in response.text
    assert stored(app) == before


def test_the_walk_meets_every_route_that_takes_an_id(rest: FastAPI) -> None:
    schemas = rest.openapi()["components"]["schemas"]
    with_id = {
        path
        for path, found in rest.openapi()["paths"].items()
        for operation in found.values()
        if any(
            name.endswith("_id")
            for content in operation.get("requestBody", {}).get("content", {}).values()
            for name in schemas[content["schema"]["$ref"].rpartition("/")[2]]["properties"]
        )
    }
    assert with_id == set(IDS_IN_BODIES)


def test_lists_and_exports_hold_ones_own_alone(alice: TestClient, bob: TestClient) -> None:
    session_id = finished(alice)
    assert bob.get("/interview").json() == {"total": 0, "interviews": []}
    assert session_id not in bob.get("/me/export").text


def test_deleting_oneself_leaves_others_alone(
    alice: TestClient, bob: TestClient, app: Application
) -> None:
    finished(alice)
    before = stored(app)
    assert bob.delete("/me").status_code == 204
    assert stored(app) == before
    assert bob.get("/me").status_code == 401
