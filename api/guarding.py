"""What every route does before and after its own work: identity, quota, repeated requests."""

import re
from collections.abc import Awaitable, Callable, Coroutine
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID, uuid4, uuid5

from fastapi import Depends, Header
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.identity import admitted
from api.limits import RequestCounter
from api.problems import RefusedError
from core.bootstrap import Application, application
from core.domain.access import Access, KeptReply
from core.domain.errors import TooManyRequestsError

IDEMPOTENCY_HEADER = "Idempotency-Key"
MAX_KEY_CHARACTERS = 255
REPLAYED_HEADER = "Idempotency-Replayed"
NO_VERSION = -1
_ETAG = re.compile(r'"(\d{1,9})"')
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY_CHARACTERS}}}")
_BOUNDARY = re.compile(r'boundary="?([^";,]+)')
_KEPT_HEADERS = ("etag", "location")
_BAD_KEY = f"{IDEMPOTENCY_HEADER} is 1 to {MAX_KEY_CHARACTERS} visible ASCII characters."

_Handle = Callable[[Request], Coroutine[Any, Any, Response]]


class GuardedRoute(APIRoute):
    """A route that only known callers reach, and that answers a repeated request with its first reply.

    The body is not looked at before the caller is known. What touches the database runs in threads.
    """

    def get_route_handler(self) -> _Handle:
        """The route's own handler with the guard around it."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            app = await run_in_threadpool(application)
            access = await run_in_threadpool(admitted, request, app)
            request.state.access = access
            _count(request, access)
            key = _key(request)
            response = (
                await _once(app, access, key, request, handle) if key else await handle(request)
            )
            response.headers.update(request.state.quota)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded


async def _caller(request: Request) -> Access:
    access: Access = request.state.access
    return access


Caller = Annotated[Access, Depends(_caller)]
"""A handler's parameter: whose request it is."""


async def _made_id(request: Request) -> UUID:
    access: Access = request.state.access
    key = _key(request)
    return uuid5(access.user_id, f"{request.scope['path']} {key}") if key else uuid4()


NewId = Annotated[UUID, Depends(_made_id)]
"""A handler's parameter: the id of what the request makes, the same when it is repeated."""


async def _expected_version(
    if_match: Annotated[
        str | None,
        Header(
            max_length=100,
            description="The interview's version as its ETag told it. Another version: 412, and "
            "nothing is changed.",
            examples=['"7"'],
        ),
    ] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = _ETAG.fullmatch(if_match.strip())
    return int(found[1]) if found else NO_VERSION


ExpectedVersion = Annotated[int | None, Depends(_expected_version)]
"""A handler's parameter: the version that an interview must have, None for any."""


def etag(version: int) -> str:
    """How a version stands in a header."""
    return f'"{version}"'


def _count(request: Request, access: Access) -> None:
    """Count the request; TooManyRequestsError where it is one too many."""
    counter: RequestCounter = request.app.state.requests
    quota = counter.count(access.user_id)
    request.state.quota = quota.headers
    if quota.is_used_up:
        raise TooManyRequestsError("requests", quota.seconds)


def _key(request: Request) -> str:
    """The idempotency key of a POST, empty where there is none; RefusedError (400) for a bad one."""
    key = request.headers.get(IDEMPOTENCY_HEADER)
    if key is None or request.method != "POST":
        return ""
    if not _KEY.fullmatch(key):
        raise RefusedError(400, "BadIdempotencyKey", _BAD_KEY)
    return key


async def _once(
    app: Application,
    access: Access,
    key: str,
    request: Request,
    handle: Callable[[Request], Awaitable[Response]],
) -> Response:
    """The reply that was kept for the key, else the route's own, kept where it is final."""
    fingerprint = await _fingerprint(request)
    kept = await run_in_threadpool(app.replies.reply, access.user_id, key, fingerprint)
    if kept is not None:
        replayed = {**kept.headers, REPLAYED_HEADER: "true"}
        return Response(kept.body, kept.status, replayed, "application/json")
    response = await handle(request)
    if _is_final(response):
        reply = KeptReply(
            request=fingerprint,
            status=response.status_code,
            body=bytes(response.body).decode(),
            headers={k: v for k, v in response.headers.items() if k in _KEPT_HEADERS},
            kept_at=app.clock.now(),
        )
        await run_in_threadpool(app.replies.keep, access.user_id, key, reply)
    return response


async def _fingerprint(request: Request) -> str:
    """What makes two requests the same: method, path, kind of the reply, and body.

    The boundary of a form is another one each time it is sent, and says nothing.
    """
    body = await request.body()
    boundary = _BOUNDARY.search(request.headers.get("content-type", ""))
    head = f"{request.method} {request.url.path} {request.headers.get('accept', '')}\n".encode()
    apart = boundary[1].encode("latin-1") if boundary else b""
    return await run_in_threadpool(_digest, head, body.split(apart) if apart else [body])


def _digest(head: bytes, parts: list[bytes]) -> str:
    """In a thread: recordings are large."""
    digest = sha256(head)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _is_final(response: Response) -> bool:
    """Whether the work is done: no failure, nothing still under way, no stream."""
    return response.status_code in (200, 201) and hasattr(response, "body")
