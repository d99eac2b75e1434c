"""The description of the API (OpenAPI 3.1): what FastAPI finds in the routes, and what all of them share."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.guarding import IDEMPOTENCY_HEADER, MAX_KEY_CHARACTERS
from api.identity import CSRF_HEADER, PROVIDER_KEY_HEADER, SAFE_METHODS
from api.problems import MEDIA_TYPE, Problem
from api.wire_in import SpokenAnswerRequest
from core.services.accounts import cookie_name

OPEN_PATHS = frozenset({"/health"})
"""What anyone may ask."""
_DESCRIPTION = f"""
The interview without its pages: upload a resume, start an interview, answer one question at a time, get the
result. It runs on the same use cases as the pages and gives the same guarantees.

**Who calls.** Programs send a personal access token as `Authorization: Bearer …`; it is made in Settings, or by
`python -m cli token`. A browser is known by its guest cookie; with it, changes need the header `{CSRF_HEADER}`
and come from the site's own pages.

**Again.** Every request is safe to repeat. With an `{IDEMPOTENCY_HEADER}` a POST that is sent again within 24 hours
gets the first reply.

**What goes wrong** is told as problem details (RFC 9457): `type` names it for programs, `detail` is a sentence.
"""
_PROBLEMS = {
    "400": "The body, or a header, cannot be read.",
    "401": "No token and no cookie, or a token that is not accepted.",
    "403": "The token may only read, or the request came from another site.",
    "404": "Nothing of the caller's has that id.",
    "409": "It does not fit where the interview stands, another answer is stored, a transcript has to be "
    "confirmed, or a key is missing.",
    "412": "The interview is at another version than If-Match says.",
    "413": "The body is too large.",
    "415": "This kind of document or recording cannot be read.",
    "422": "Something in the request cannot be used.",
    "429": "Too many requests; Retry-After says when to come back.",
    "500": "A fault of the server's own. What was stored is safe.",
    "502": "The model's or the transcriber's provider failed.",
    "503": "Busy, or the data cannot be reached just now; Retry-After says when to come back.",
}
_SCHEMAS = "#/components/schemas/{model}"
_QUOTA = {
    "RateLimit": {
        "description": "What is left of this minute's requests.",
        "schema": {"type": "string"},
        "example": '"requests";r=299;t=60',
    },
    "RateLimit-Policy": {
        "description": "How many requests a minute has.",
        "schema": {"type": "string"},
        "example": '"requests";q=300;w=60',
    },
}
_WAIT = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
}
_IDEMPOTENCY = {
    "name": IDEMPOTENCY_HEADER,
    "in": "header",
    "required": False,
    "description": "A fresh text of your own (such as a UUID) for each new request. The same request sent "
    "again with it within 24 hours gets the first reply; another request with it is refused (422).",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_KEY_CHARACTERS,
        "pattern": "^[!-~]+$",
    },
}
_PROVIDER_KEY = {
    "name": PROVIDER_KEY_HEADER,
    "in": "header",
    "required": False,
    "description": "A key for the model's provider, for this request alone: used for its work, kept in memory "
    "until that ends, and nowhere else. With a token only, over https or on the machine itself.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 4096, "pattern": "^[!-~]+$"},
}
_WITH_PROVIDER_KEY = frozenset(
    {
        "/interview/start",
        "/interview/answer",
        "/interview/{session_id}/retry",
        "/providers/{provider}/models",
    }
)


_WITH_FILES = frozenset({"/resume/upload", "/interview/answer"})


def describe(api: FastAPI, *, is_hosted: bool) -> dict[str, Any]:
    """The whole description."""
    found = get_openapi(
        title=api.title, version=api.version, routes=api.routes, description=_DESCRIPTION
    )
    found["servers"] = [{"url": "/api"}]
    schemas = found["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    problem = Problem.model_json_schema(ref_template=_SCHEMAS)
    schemas |= problem.pop("$defs") | {"Problem": problem}
    spoken = SpokenAnswerRequest.model_json_schema(ref_template=_SCHEMAS)
    schemas |= spoken.pop("$defs") | {SpokenAnswerRequest.__name__: spoken}
    found["components"]["responses"] = {n: _problem(n, text) for n, text in _PROBLEMS.items()}
    found["components"]["securitySchemes"] = _security(is_hosted=is_hosted)
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            _complete(path, method.upper(), operation)
    return found


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to one operation what it shares with all others."""
    if path in OPEN_PATHS:
        operation["security"] = []
        return
    operation["security"] = [{"token": []}, {"cookie": []}]
    parameters = operation.setdefault("parameters", [])
    if method == "POST":
        parameters.append(_IDEMPOTENCY)
    if path in _WITH_PROVIDER_KEY:
        parameters.append(_PROVIDER_KEY)
    for status, response in operation["responses"].items():
        response["headers"] = _QUOTA | (_WAIT if status == "202" else {})
    operation["responses"] |= {
        status: {"$ref": f"#/components/responses/{status}"} for status in _possible(path, method)
    }


def _possible(path: str, method: str) -> list[str]:
    """What may go wrong there. What has no body and changes nothing cannot be too large."""
    without_body = {"400", "412", "413", "415"}
    statuses = set(_PROBLEMS) - (without_body if method in SAFE_METHODS else set())
    if path not in _WITH_FILES:
        statuses -= {"415"}
    if "{session_id}" not in path and path != "/interview/answer":
        statuses -= {"412"}
    return sorted(statuses)


def _problem(status: str, description: str) -> dict[str, Any]:
    headers = {} if status in ("400", "401", "413") else _QUOTA
    waits = _WAIT if status in ("429", "503") else {}
    return {
        "description": description,
        "headers": headers | waits,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _security(*, is_hosted: bool) -> dict[str, Any]:
    return {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal access token; the scope “read” allows looking, “write” changing. "
            "Or an access token of the Supabase project that this app is set up for.",
        },
        "cookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie_name(is_hosted=is_hosted),
            "description": f"The guest cookie of a browser; changes also need the header {CSRF_HEADER}.",
        },
    }
