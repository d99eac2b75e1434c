"""Where a browser gets its session's cookie for a ticket, and where it gives it back.

The only place that sets or takes away that cookie. Whoever gets one also becomes a new guest: the guest
cookie from before opens nothing of the account's, and is of no use to who had it.
"""

import json
from urllib.parse import urlsplit
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.cookies import new_guest_cookie, no_session_cookie, session_cookie
from api.forwarded import ADDRESS_HEADER
from core.bootstrap import Application, application
from core.domain.errors import InterviewError, SignInError
from core.services.accounts import cookie_name, guest_id
from core.services.signing_in import session_cookie_name

MAX_BODY_BYTES = 1024
_FOREIGN = "Sessions begin and end on this site’s own pages only."


async def session(request: Request) -> Response:
    """POST a ticket for a session; DELETE ends it, with `?everywhere=1` in all browsers. Replies are empty.

    403 for what does not come from a page of this host, 409 where the ticket is over, 503 where nothing
    could be stored.
    """
    if not is_from_own_origin(request):
        return JSONResponse({"detail": _FOREIGN}, 403)
    ticket = "" if request.method == "DELETE" else await _ticket(request)
    try:
        cookies = await run_in_threadpool(_changed, request, ticket)
    except SignInError as error:
        return JSONResponse({"detail": str(error)}, 409)
    except InterviewError as error:
        return JSONResponse({"detail": str(error)}, 503)
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    for cookie in cookies:
        response.headers.append("Set-Cookie", cookie)
    return response


def is_from_own_origin(request: Request) -> bool:
    """Whether a page of this very host sent it. Browsers name the origin of changes themselves."""
    origin = urlsplit(request.headers.get("origin", "")).netloc
    site = request.headers.get("sec-fetch-site", "same-origin")
    return bool(origin) and origin == request.headers.get("host", "") and site == "same-origin"


async def _ticket(request: Request) -> str:
    """The ticket in a small JSON body, empty where there is none."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY_BYTES:
            return ""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    return str(found.get("ticket", "")) if isinstance(found, dict) else ""


def _changed(request: Request, ticket: str) -> tuple[str, ...]:
    """Begin or end a session; the cookies that follow."""
    app = application()
    return _ended(request, app) if request.method == "DELETE" else _begun(request, app, ticket)


def _begun(request: Request, app: Application, ticket: str) -> tuple[str, ...]:
    is_hosted = app.settings.is_hosted
    guest = request.cookies.get(cookie_name(is_hosted=is_hosted), "")
    _note_visit(request, app, guest_id(guest))
    token = app.signing_in.claim(ticket, guest)
    app.signing_in.sign_out(_token(request, app))
    seconds = int(app.signing_in.lifetime.total_seconds())
    return (
        session_cookie(token, seconds, is_hosted=is_hosted),
        new_guest_cookie(is_hosted=is_hosted),
    )


def _ended(request: Request, app: Application) -> tuple[str, ...]:
    """A guest who is not signed in stays the guest they are: their things hang on that cookie."""
    is_hosted = app.settings.is_hosted
    gone = no_session_cookie(is_hosted=is_hosted)
    token = _token(request, app)
    known = app.signing_in.signed_in(token)
    if known is None:
        return (gone,)
    _note_visit(request, app, known.user_id)
    if request.query_params.get("everywhere"):
        app.signing_in.sign_out_everywhere(known.user_id)
    app.signing_in.sign_out(token)
    return gone, new_guest_cookie(is_hosted=is_hosted)


def _note_visit(request: Request, app: Application, user_id: UUID) -> None:
    """So that what is noted of it has the address of this very browser."""
    app.guard.visiting.arrive(user_id, request.headers.get(ADDRESS_HEADER, ""))


def _token(request: Request, app: Application) -> str:
    return request.cookies.get(session_cookie_name(is_hosted=app.settings.is_hosted), "")
