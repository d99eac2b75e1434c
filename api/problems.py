"""What goes wrong, as problem details (RFC 9457): the error tree's names, and its sentences."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from core.domain.errors import (
    AnswerConflictError,
    BadRecording,
    EvaluationError,
    InterviewError,
    InvalidInputError,
    InvalidTransitionError,
    KeyMissingError,
    KeyNotStorableError,
    KeyReusedError,
    KeyUnreadableError,
    ModelError,
    ModelFault,
    NotFoundError,
    ProviderUnknownError,
    StoreError,
    TooManyRequestsError,
    TranscriberMissingError,
    TranscriptionError,
    TranscriptionInterruptedError,
    Unreadable,
    UnreadableDocumentError,
    UnusableRecordingError,
    VersionConflictError,
    VoucherAwayError,
)

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:ai-mock-interview:problem:"
STORE_RETRY_SECONDS = 2
_UNEXPECTED = "Something went wrong that nobody planned for. What was stored is safe; try the same request again."

_SEND_AGAIN = "Nothing was stored. Send the recording again, name another transcriber, or send your answer as text."
_INTERRUPTED = (
    "Writing this recording down was interrupted before the words came back. To send it again may be "
    "charged again by the transcriber: do so with may_repeat, or send your answer as text."
)

_HTTP_SENTENCES = {
    400: "The body cannot be read: it is not what its Content-Type says. Nothing was changed.",
    404: "There is nothing at this address. /api/docs describes what there is.",
    405: "This method is not possible at this address. /api/docs describes what is.",
}

_STATUS: dict[type[InterviewError], int] = {
    InvalidTransitionError: 409,
    InvalidInputError: 422,
    NotFoundError: 404,
    ProviderUnknownError: 422,
    AnswerConflictError: 409,
    VersionConflictError: 412,
    KeyReusedError: 422,
    TooManyRequestsError: 429,
    EvaluationError: 502,
    ModelError: 502,
    TranscriptionError: 502,
    TranscriberMissingError: 409,
    TranscriptionInterruptedError: 409,
    KeyMissingError: 409,
    KeyUnreadableError: 409,
    KeyNotStorableError: 409,
    StoreError: 503,
    VoucherAwayError: 503,
}
_UNUSABLE_STATUS = {
    BadRecording.TOO_LARGE: 413,
    BadRecording.TOO_LONG: 413,
    BadRecording.UNKNOWN_KIND: 415,
    BadRecording.BUSY: 503,
}
_UNREADABLE_STATUS = {
    Unreadable.TOO_LARGE: 413,
    Unreadable.UNKNOWN_TYPE: 415,
    Unreadable.UNSUPPORTED_TYPE: 415,
    Unreadable.BUSY: 503,
}
_CALLERS_FAULTS = {
    ModelFault.KEY_REFUSED,
    ModelFault.NO_CREDIT,
    ModelFault.FORBIDDEN,
    ModelFault.MODEL_UNKNOWN,
    ModelFault.BAD_REQUEST,
    ModelFault.TOO_LONG,
    ModelFault.DAY_USED_UP,
    ModelFault.ADDRESS_REFUSED,
}
"""What the caller can mend: the key, the model, the address."""
_FACTS = ("field", "phase", "event", "position", "version", "what", "provider", "fault", "cause")
"""The attributes of errors that are told beside the sentence."""


class Flaw(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(examples=["body.position"])
    reason: str = Field(examples=["Input should be greater than or equal to 1"])


class Problem(BaseModel):
    """Problem details (RFC 9457). `detail` is a sentence for people, `type` a name for programs.

    Beside these stand the facts of the error where it has any: `field`, `phase`, `event`, `position`,
    `version`, `what`, `provider`, `fault`, `cause`.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": f"{TYPE_PREFIX}AnswerConflictError",
                    "title": "Conflict",
                    "status": 409,
                    "detail": "Question 2 already has another answer, sent from a second tab or "
                    "earlier. That answer is kept.",
                    "position": 2,
                }
            ]
        },
    )

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[Flaw] | None = None


class RefusedError(Exception):
    """A request that is refused before any use case sees it. `name` is the problem's type."""

    def __init__(
        self, status: int, name: str, sentence: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Keep what is replied."""
        super().__init__(sentence)
        self.status = status
        self.name = name
        self.headers = dict(headers or {})


def install_problems(api: FastAPI) -> None:
    """Have every error of the app replied as problem details."""
    api.add_exception_handler(InterviewError, _expected)
    api.add_exception_handler(RefusedError, _refused)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _unexpected)


def problem_of(error: InterviewError) -> dict[str, Any]:
    """The problem details of an expected error."""
    facts = {name: str(getattr(error, name)) for name in _FACTS if hasattr(error, name)}
    facts |= {
        name: getattr(error, name) for name in ("position", "version") if hasattr(error, name)
    }
    return _details(_status_of(error), type(error).__name__, _sentence(error)) | facts


def problem_response(
    status: int,
    name: str,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Response:
    """A reply with problem details."""
    return _response(_details(status, name, sentence) | dict(facts or {}), headers)


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, InterviewError)  # noqa: S101 - what it is installed for
    return _response(problem_of(error), _wait(error) | _quota(request))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)  # noqa: S101 - what it is installed for
    headers = error.headers | _quota(request)
    return problem_response(error.status, error.name, str(error), headers)


def _invalid(request: Request, error: Exception) -> Response:
    """What does not fit the schema; nothing of what was sent is told back."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is installed for
    flaws = [
        Flaw(where=".".join(map(str, flaw["loc"])), reason=flaw["msg"]).model_dump()
        for flaw in error.errors()
    ]
    detail = "The request does not fit what is described at /api/docs. Nothing was changed."
    return _response(_details(422, "InvalidRequest", detail) | {"errors": flaws}, _quota(request))


def _http(request: Request, error: Exception) -> Response:
    """What the framework refuses: an unknown path, a method, a body that is none."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is installed for
    headers = dict(error.headers or {}) | _quota(request)
    name = HTTPStatus(error.status_code).phrase.title().replace(" ", "")
    sentence = _HTTP_SENTENCES.get(error.status_code, f"{error.detail}.")
    return problem_response(error.status_code, name, sentence, headers)


def _unexpected(_request: Request, error: Exception) -> Response:
    """Report an error nobody planned for, without its text: that may hold a candidate's words."""
    bare = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
    _log.error("A request failed: %s", type(error).__name__, exc_info=bare)
    return problem_response(500, "UnexpectedError", _UNEXPECTED)


def _sentence(error: InterviewError) -> str:
    """The page's, but where it speaks of what the browser keeps."""
    if isinstance(error, TranscriptionInterruptedError):
        return _INTERRUPTED
    if isinstance(error, TranscriptionError):
        return f"{error.happened} {_SEND_AGAIN}"
    return str(error)


def _status_of(error: InterviewError) -> int:
    if isinstance(error, UnreadableDocumentError):
        return _UNREADABLE_STATUS.get(error.cause, 422)
    if isinstance(error, UnusableRecordingError):
        return _UNUSABLE_STATUS.get(error.cause, 422)
    if isinstance(error, (ModelError, TranscriptionError)) and error.fault in _CALLERS_FAULTS:
        return 422
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 500)


def _wait(error: InterviewError) -> dict[str, str]:
    """When to come back, where coming back helps."""
    waiting = (TooManyRequestsError, ModelError, TranscriptionError)
    if isinstance(error, waiting) and error.retry_after_seconds:
        return {"Retry-After": str(max(1, round(error.retry_after_seconds)))}
    return {"Retry-After": str(STORE_RETRY_SECONDS)} if _status_of(error) == 503 else {}


def _details(status: int, name: str, detail: str) -> dict[str, Any]:
    return {
        "type": TYPE_PREFIX + name,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }


def _response(details: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(
        details, details["status"], {"Cache-Control": "no-store"} | dict(headers or {}), MEDIA_TYPE
    )


def _quota(request: Request) -> dict[str, str]:
    headers: dict[str, str] = getattr(request.state, "quota", {})
    return headers
