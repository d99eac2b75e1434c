"""Who calls: a program with a personal access token, or a browser with its guest cookie."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from api.forwarded import ADDRESS_HEADER
from api.problems import RefusedError
from core.bootstrap import Application
from core.domain.access import Access, Scope
from core.services.accounts import cookie_name, guest_id, is_guest_token
from core.services.signing_in import session_cookie_name

CSRF_HEADER = "X-Requested-With"
PROVIDER_KEY_HEADER = "X-Provider-Key"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="api"'}
_UNKNOWN = (
    "Send a personal access token as “Authorization: Bearer …”. Make one in Settings, "
    "or with “python -m cli token”."
)
_SIGNED_OUT = "This browser is signed out. Reload the page, and sign in again where you were."
_NOT_ACCEPTED = "This token is not accepted: it is mistyped, revoked or expired. Make a new one."
_FOREIGN = (
    "A browser that is known by its cookie sends changes from this site’s own pages only, with the "
    f"header {CSRF_HEADER}. Programs send a personal access token instead."
)
_NO_GUESTS = (
    "Whoever runs this app lets in people who are signed in. Sign in on its pages; then a token made in "
    "Settings is accepted here."
)
_READ_ONLY = "This token may read and not change anything. Make one with the scope “write”."
_KEY_NEEDS_TOKEN = (
    f"{PROVIDER_KEY_HEADER} is taken from programs with a personal access token only."
)
_KEY_NEEDS_TLS = f"{PROVIDER_KEY_HEADER} is taken over https or on the machine itself only."


def admitted(request: Request, app: Application) -> Access:
    """Whose request it is; RefusedError (401, 403) where nobody's, or where it may not be done."""
    access = _of_token(request, app) or _of_cookies(request, app)
    if access is None:
        raise RefusedError(401, "Unauthorized", _UNKNOWN, _CHALLENGE)
    app.guard.visiting.arrive(access.user_id, request.headers.get(ADDRESS_HEADER, ""))
    if not app.guard.admission.admits(access.user_id):
        raise RefusedError(401, "SignInNeeded", _NO_GUESTS, _CHALLENGE)
    is_change = request.method not in SAFE_METHODS
    if is_change and Scope.WRITE not in access.scopes:
        raise RefusedError(403, "ReadOnlyToken", _READ_ONLY)
    if is_change and not access.has_token and not _is_from_own_page(request):
        raise RefusedError(403, "ForeignOrigin", _FOREIGN)
    return access


def provider_key(request: Request, access: Access) -> str:
    """The key for a provider that came with the request, empty where none did; RefusedError (403)."""
    key = request.headers.get(PROVIDER_KEY_HEADER, "")
    if key and not access.has_token:
        raise RefusedError(403, "TokenNeeded", _KEY_NEEDS_TOKEN)
    if key and not _is_private_line(request):
        raise RefusedError(403, "HttpsNeeded", _KEY_NEEDS_TLS)
    return key


def _of_token(request: Request, app: Application) -> Access | None:
    """A token that is sent must be good: the cookie does not stand in for it."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, text = header.partition(" ")
    access = _of_bearer(text.strip(), app) if scheme.lower() == "bearer" else None
    if access is None:
        raise RefusedError(401, "Unauthorized", _NOT_ACCEPTED, _CHALLENGE)
    return access


def _of_bearer(text: str, app: Application) -> Access | None:
    """Our own token, or one of the identity provider's that is set."""
    return app.tokens.access(text) or app.vouching.access(text)


def _of_cookies(request: Request, app: Application) -> Access | None:
    """Who is signed in; else the guest. A session that is over does not make a guest of its owner unasked."""
    is_hosted = app.settings.is_hosted
    session = request.cookies.get(session_cookie_name(is_hosted=is_hosted), "")
    if session:
        known = app.signing_in.signed_in(session)
        if known is None:
            raise RefusedError(401, "Unauthorized", _SIGNED_OUT, _CHALLENGE)
        return Access(known.user_id, tuple(Scope), has_token=False)
    token = request.cookies.get(cookie_name(is_hosted=is_hosted), "")
    if not is_guest_token(token) or app.signing_in.is_account(guest_id(token)):
        return None
    return Access(guest_id(token), tuple(Scope), has_token=False)


def _is_from_own_page(request: Request) -> bool:
    """Whether a page of this very host sent it.

    Another site's script cannot set the header without asking first, which is never allowed here;
    browsers name the origin of changes themselves.
    """
    origin = request.headers.get("origin", "")
    site = request.headers.get("sec-fetch-site", "same-origin")
    is_own = not origin or urlsplit(origin).netloc == request.headers.get("host", "")
    return bool(request.headers.get(CSRF_HEADER)) and is_own and site in ("same-origin", "none")


def _is_private_line(request: Request) -> bool:
    """Https, also where a proxy that is believed ends it, or the machine itself."""
    return request.url.scheme == "https" or _is_loopback(
        request.client.host if request.client else ""
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
