"""Personal access tokens of the local candidate, for the REST API."""

import argparse
from uuid import UUID

from core.bootstrap import Application
from core.domain.access import Scope
from core.domain.errors import InvalidInputError
from core.services.accounts import LOCAL_CANDIDATE

DEFAULT_DAYS = 30


def add_token(token: argparse.ArgumentParser) -> None:
    """The command's options."""
    token.add_argument("--name", default="command line", help="to recognise it by")
    token.add_argument("--days", type=int, default=DEFAULT_DAYS, help="how long it lasts")
    token.add_argument("--read-only", action="store_true", help="it may look and change nothing")
    token.add_argument("--list", action="store_true", help="list the tokens instead of making one")
    token.add_argument("--revoke", metavar="ID", help="revoke a token instead of making one")
    token.set_defaults(command=handle_token)


def handle_token(app: Application, options: argparse.Namespace) -> int:
    """Make a token and print it alone, so that a shell can take it; or list, or revoke."""
    if options.list:
        _list(app)
    elif options.revoke:
        app.tokens.revoke_token(LOCAL_CANDIDATE, _id(options.revoke))
        print("Revoked.")
    else:
        scopes = (Scope.READ,) if options.read_only else tuple(Scope)
        _, text = app.tokens.make_token(LOCAL_CANDIDATE, options.name, scopes, options.days)
        print(text)
    return 0


def _list(app: Application) -> None:
    now = app.clock.now()
    for token in app.tokens.tokens_of(LOCAL_CANDIDATE):
        until = "expired" if token.is_expired(now) else f"until {token.expires_at:%Y-%m-%d}"
        scopes = "+".join(token.scopes)
        print(f"{token.id}  …{token.last4}  {scopes}  {until}  {token.name}")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInputError("revoke", "This is no token's id. --list shows them.") from None
