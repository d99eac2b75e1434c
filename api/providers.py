"""Providers of language models, and the models that the caller's key may use."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from api.guarding import Caller, GuardedRoute
from api.identity import provider_key
from api.wire_out import ModelsOut, ProviderOut
from core.bootstrap import application
from core.domain.key_forms import MAX_ADDRESS_CHARACTERS
from core.domain.language_model import Provider
from core.domain.provider import ProviderFacts
from core.domain.provider_key import KeyEntry

router = APIRouter(route_class=GuardedRoute, tags=["providers"])


@router.get("/providers", summary="Providers and my keys for them")
def list_providers(caller: Caller) -> list[ProviderOut]:
    """Every provider, and whether the candidate has a key for it. Keys are entered in Settings."""
    app = application()
    entries = {e.provider: e for e in app.keys.keys_of(caller.user_id)}
    return [_provider_out(facts, entries.get(facts.id)) for facts in app.providers.all]


@router.get("/providers/{provider}/models", summary="Models of a provider")
def list_models(
    provider: Annotated[Provider, Path(max_length=60, examples=["openai"])],
    caller: Caller,
    request: Request,
    base_url: Annotated[
        str,
        Query(
            max_length=MAX_ADDRESS_CHARACTERS,
            description="Of a compatible server; counts for a key that is sent along only.",
        ),
    ] = "",
) -> ModelsOut:
    """Ask the provider which models the stored key may use, or the one that is sent along. It is free."""
    app = application()
    key = provider_key(request, caller)
    models = (
        app.lending.models(provider, key, base_url)
        if key
        else app.keys.models(caller.user_id, provider)
    )
    return ModelsOut(
        provider=provider,
        preferred=app.menu.preferred(provider, models),
        models=list(app.menu.offered(provider, models)),
    )


def _provider_out(facts: ProviderFacts, entry: KeyEntry | None) -> ProviderOut:
    return ProviderOut(
        provider=facts.id,
        label=facts.label,
        has_key=entry is not None,
        is_readable=entry is not None and entry.is_readable,
        model=entry.model if entry else "",
        base_url=entry.base_url if entry else "",
    )
