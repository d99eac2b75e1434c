"""OpenAI's SDK as we use it, for OpenAI itself and for servers that speak as it does."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import openai


def openai_sdk(key: str, base_url: str) -> "Callable[..., openai.OpenAI]":
    """What makes a client on an HTTP client of ours (`http_client=`); nothing of it is the host's."""
    import openai

    return partial(
        openai.OpenAI,
        api_key=key,
        admin_api_key="",
        organization="",
        project="",
        webhook_secret="",
        base_url=base_url,
        max_retries=0,
        timeout=None,  # the line bounds every wait
    )
