"""A key for a provider that comes along with a request."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from api.identity import provider_key
from core.bootstrap import Application
from core.domain.access import Access
from core.domain.errors import InvalidInputError
from core.domain.language_model import Provider
from core.services.lending import Loan

_NOT_NEEDED = "A key came along, and the built-in interviewer needs none. Leave the key out."


@contextmanager
def borrowed_key(
    app: Application,
    request: Request,
    caller: Access,
    provider: Provider | None,
    base_url: str = "",
) -> Iterator[Loan]:
    """Have the request's own key at hand for the work that is started inside; nothing where none came.

    `provider` is whose key it is, None where nobody needs one.
    """
    key = provider_key(request, caller)
    if not key:
        yield Loan()
        return
    if provider is None:
        raise InvalidInputError("provider", _NOT_NEEDED)
    with app.lending.lending(caller.user_id, provider, key, base_url) as loan:
        yield loan
