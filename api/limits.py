"""Bounds: how many requests a candidate may send in a minute, and how large a body may be."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic
from uuid import UUID

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response
from core.domain.document import MAX_BYTES
from core.domain.limits import Rule, left, taken, wait_seconds
from core.domain.speech import MAX_RECORDING_BYTES

WINDOW_SECONDS = 60
MAX_CANDIDATES = 10_000
"""Beyond it those who sent nothing for the longest time are forgotten."""
MAX_JSON_BYTES = 512 * 1024
"""An answer and a job description of 20,000 characters each fit, however they are escaped."""
_AROUND_A_FILE = 64 * 1024
"""What a form puts around it."""
MAX_FORM_BYTES = {
    "/resume/upload": MAX_BYTES + _AROUND_A_FILE,
    "/interview/answer": MAX_RECORDING_BYTES + _AROUND_A_FILE,
}
"""By the end of the path, for what comes as a form."""
FORM = "multipart/form-data"
_TOO_LARGE = "The body is larger than {most:,} bytes. Nothing was stored"


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left of a candidate's requests, and in how many seconds there is more: all, or one where none is."""

    most: int
    left: int
    seconds: int

    @property
    def is_used_up(self) -> bool:
        """Whether this request was one too many."""
        return self.left < 0

    @property
    def headers(self) -> dict[str, str]:
        """As the draft `draft-ietf-httpapi-ratelimit-headers` writes it."""
        return {
            "RateLimit-Policy": f'"requests";q={self.most};w={WINDOW_SECONDS}',
            "RateLimit": f'"requests";r={max(0, self.left)};t={self.seconds}',
        }


class RequestCounter:
    """Counts each candidate's requests, by the rule that all limits have, in this process."""

    def __init__(self, most: int, now: Callable[[], float] = monotonic) -> None:
        """Take how many requests a minute may have."""
        self._rule = Rule(most, WINDOW_SECONDS)
        self._now = now
        self._lock = Lock()
        self._full_at: OrderedDict[UUID, float] = OrderedDict()  # the longest unused first

    def count(self, user_id: UUID) -> Quota:
        """Count a request; what is left after it, below 0 where it was one too many."""
        rule = self._rule
        with self._lock:
            now = self._now()
            full_at = self._full_at.pop(user_id, now)
            wait = wait_seconds(rule, full_at, now)
            if not wait:
                full_at = taken(rule, full_at, now)
            self._full_at[user_id] = full_at
            if len(self._full_at) > MAX_CANDIDATES:
                self._full_at.popitem(last=False)
        if wait:
            return Quota(rule.most, -1, ceil(wait))
        return Quota(rule.most, left(rule, full_at, now), ceil(full_at - now))


class BodyLimit:
    """Refuses bodies that are too large, by what is announced and by what comes."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app whose requests are bounded."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = _most(scope["path"], headers.get("content-type", ""))
        if announced_bytes(headers) > most:
            refusal = problem_response(413, "ContentTooLarge", f"{_TOO_LARGE.format(most=most)}.")
            await refusal(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)


def _most(path: str, content_type: str) -> int:
    """How many bytes a body may have."""
    of_forms = (most for end, most in MAX_FORM_BYTES.items() if path.endswith(end))
    return next(of_forms, MAX_JSON_BYTES) if is_form(content_type) else MAX_JSON_BYTES


def is_form(content_type: str) -> bool:
    """Whether a body is a form with files."""
    return content_type.partition(";")[0].strip().lower() == FORM


def announced_bytes(headers: Headers) -> int:
    """How many bytes a body is said to have, 0 where nothing is said."""
    announced = headers.get("content-length", "")
    return int(announced) if announced.isdecimal() else 0


def _counted(receive: Receive, most: int) -> Receive:
    left = most

    async def counting() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, _TOO_LARGE.format(most=most))
        return message

    return counting
