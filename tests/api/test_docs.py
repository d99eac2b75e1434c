"""The description of the API, and the page that shows it."""

import re
from typing import Any

import pytest
from fastapi import FastAPI

from core.config import ROOT
from tests.api.conftest import Client

BRIEF = {
    ("post", "/resume/upload"),
    ("post", "/interview/start"),
    ("post", "/interview/answer"),
    ("get", "/interview/result/{session_id}"),
}


@pytest.fixture
def operations(rest: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    paths = rest.openapi()["paths"]
    return [(path, method, found[method]) for path, found in paths.items() for method in found]


def test_description_is_of_version_3_1_and_names_the_briefs_paths(
    rest: FastAPI, operations: list[tuple[str, str, dict[str, Any]]]
) -> None:
    assert rest.openapi()["openapi"].startswith("3.1")
    assert {(method, path) for path, method, _ in operations} >= BRIEF


def test_every_operation_says_what_it_does_who_may_and_what_goes_wrong(
    operations: list[tuple[str, str, dict[str, Any]]],
) -> None:
    for path, _, operation in operations:
        assert operation["summary"], path
        assert operation["description"], path
        if path != "/health":
            assert operation["security"] == [{"token": []}, {"cookie": []}]
            assert {"401", "403", "422", "429", "500", "503"} <= set(operation["responses"])


def test_every_post_takes_an_idempotency_key(
    operations: list[tuple[str, str, dict[str, Any]]],
) -> None:
    for path, method, operation in operations:
        names = [parameter["name"] for parameter in operation.get("parameters", [])]
        assert ("Idempotency-Key" in names) == (method == "post"), path


def test_everything_that_is_sent_has_an_example(rest: FastAPI) -> None:
    schemas = rest.openapi()["components"]["schemas"]
    for name in ("StartRequest", "AnswerRequest", "PositionRequest", "ProfileCorrection"):
        assert schemas[name]["examples"]


def test_every_reference_leads_somewhere(rest: FastAPI) -> None:
    description = rest.openapi()
    for reference in set(re.findall(r"'\$ref': '#/([^']+)'", str(description))):
        place: Any = description
        for step in reference.split("/"):
            place = place[step]


def test_page_is_for_everyone_and_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client().get("/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for target in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        found = client().get(f"/{target}")
        assert found.status_code == 200, target


def test_no_other_file_is_served(client: Client) -> None:
    for name in ("redoc.standalone.js", "..%2fcore.py", "nothing"):
        assert client().get(f"/docs/{name}").status_code == 404


def test_document_names_every_path(rest: FastAPI) -> None:
    document = (ROOT / "docs" / "api.md").read_text("utf-8")
    for path, found in rest.openapi()["paths"].items():
        for method in found:
            assert f"`{method.upper()} /api{path}`" in document
