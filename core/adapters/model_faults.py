"""From what a provider says went wrong to the one list of faults that we know."""

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from core.domain.errors import ModelError, ModelFault

# Words that providers put into an error's type, code, status or reason, the most telling first: a
# provider may answer 429 to an empty account, and 400 to a wrong key.
_BY_WORD = {
    "insufficient_quota": ModelFault.NO_CREDIT,
    "billing_error": ModelFault.NO_CREDIT,
    "billing_hard_limit_reached": ModelFault.NO_CREDIT,
    "billing_not_active": ModelFault.NO_CREDIT,
    "contract_spend_limit_reached": ModelFault.NO_CREDIT,
    "enforced_spend_limit_reached": ModelFault.NO_CREDIT,
    "api_key_invalid": ModelFault.KEY_REFUSED,
    "invalid_api_key": ModelFault.KEY_REFUSED,
    "authentication_error": ModelFault.KEY_REFUSED,
    "unauthenticated": ModelFault.KEY_REFUSED,
    "account_deactivated": ModelFault.KEY_REFUSED,
    "content_filter": ModelFault.REFUSED,
    "content_policy_violation": ModelFault.REFUSED,
    "image_content_policy_violation": ModelFault.REFUSED,
    "misalignment_policy_violation": ModelFault.REFUSED,
    "bio_policy": ModelFault.REFUSED,
    "invalid_prompt": ModelFault.REFUSED,
    "context_length_exceeded": ModelFault.TOO_LONG,
    "exceed_context_size_error": ModelFault.TOO_LONG,
    "request_too_large": ModelFault.TOO_LONG,
    "image_too_large": ModelFault.TOO_LONG,
    "image_file_too_large": ModelFault.TOO_LONG,
    "image_dimensions_too_large": ModelFault.TOO_LONG,
    "invalid_image": ModelFault.BAD_REQUEST,
    "invalid_image_format": ModelFault.BAD_REQUEST,
    "image_parse_error": ModelFault.BAD_REQUEST,
    "unsupported_image_media_type": ModelFault.BAD_REQUEST,
    "model_not_found": ModelFault.MODEL_UNKNOWN,
    "organization_on_hold": ModelFault.FORBIDDEN,
    "failed_precondition": ModelFault.FORBIDDEN,
    "permission_error": ModelFault.FORBIDDEN,
    "permission_denied": ModelFault.FORBIDDEN,
    "rate_limit_error": ModelFault.RATE_LIMITED,
    "rate_limit_exceeded": ModelFault.RATE_LIMITED,
    "resource_exhausted": ModelFault.RATE_LIMITED,
    "overloaded_error": ModelFault.OVERLOADED,
    "server_error": ModelFault.OVERLOADED,
    "api_error": ModelFault.OVERLOADED,
    "unavailable": ModelFault.OVERLOADED,
    "internal": ModelFault.OVERLOADED,
    "timeout_error": ModelFault.TIMED_OUT,
    "deadline_exceeded": ModelFault.TIMED_OUT,
    "not_found_error": ModelFault.MODEL_UNKNOWN,
    "not_found": ModelFault.MODEL_UNKNOWN,
    "invalid_request_error": ModelFault.BAD_REQUEST,
    "invalid_argument": ModelFault.BAD_REQUEST,
}
# What providers say in no other way than in a sentence, in lower case, the most telling first.
_BY_PHRASE = {
    "credit balance": ModelFault.NO_CREDIT,  # Anthropic's invalid_request_error for an empty account
    # Google's free tier does not include every model, and says so as a limit that was passed.
    # https://github.com/continuedev/continue/issues/9570
    "limit: 0": ModelFault.FORBIDDEN,
    # https://github.com/charmbracelet/crush/issues/1216
    "must be verified": ModelFault.FORBIDDEN,
    "per day": ModelFault.DAY_USED_UP,
    "per-day": ModelFault.DAY_USED_UP,
    "prompt is too long": ModelFault.TOO_LONG,  # Anthropic
    "exceeds the maximum number of tokens": ModelFault.TOO_LONG,  # Gemini
    "context length": ModelFault.TOO_LONG,  # vLLM, Mistral, Ollama
    "context size": ModelFault.TOO_LONG,  # llama.cpp
}
# Google names the limit that was passed, such as GenerateRequestsPerDayPerProjectPerModel-FreeTier.
# https://github.com/google-gemini/gemini-cli/issues/8437
_DAILY_QUOTA = "perday"
_FLAGGED = "flagged_input"  # OpenRouter's 403: https://openrouter.ai/docs/api/reference/errors
# Those that are more exact than the status they come with.
_OVER_STATUS = frozenset(
    {
        ModelFault.NO_CREDIT,
        ModelFault.KEY_REFUSED,
        ModelFault.REFUSED,
        ModelFault.FORBIDDEN,
        ModelFault.DAY_USED_UP,
        ModelFault.TOO_LONG,
    }
)
_BY_STATUS = {
    401: ModelFault.KEY_REFUSED,
    402: ModelFault.NO_CREDIT,
    403: ModelFault.FORBIDDEN,
    404: ModelFault.MODEL_UNKNOWN,
    408: ModelFault.TIMED_OUT,
    413: ModelFault.TOO_LONG,
    429: ModelFault.RATE_LIMITED,
    504: ModelFault.TIMED_OUT,
}
_SERVER_FAULTS = 500
_REDIRECTS = range(300, 400)
_FIRST_FAULT, _AFTER_FAULTS = 400, 600
_TOLD_IN = ("type", "code", "status", "reason", "error_code")
_SAID_IN = ("message", "error", "detail")
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """A provider's answer that is an error: its status, its headers by lower-case name, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def as_model_error(self, provider: str, now: datetime | None = None) -> ModelError:
        """The fault, with the wait that was asked for."""
        told = _parsed(self.body)
        seconds = _wait_in_headers(self.headers, now or datetime.now(UTC))
        return ModelError(
            fault_of_status(self.status, told),
            provider,
            seconds if seconds is not None else wait_told(told),
        )


def fault_of_status(status: int, told: object = None) -> ModelFault:
    """The fault that an HTTP status means, and the error object that came with it."""
    by_word = fault_told(told)
    if by_word in _OVER_STATUS:
        return by_word
    if status in _REDIRECTS:
        return ModelFault.ADDRESS_REFUSED
    if status >= _SERVER_FAULTS:
        return _BY_STATUS.get(status, ModelFault.OVERLOADED)
    return _BY_STATUS.get(status, ModelFault.BAD_REQUEST)


def fault_told(told: object) -> ModelFault | None:
    """The fault that an error object names in its words, None where it says nothing that is known."""
    return _fault_in_phrases(told) or _fault_in_details(told) or _fault_in_words(told)


def fault_in_stream(told: object) -> ModelFault | None:
    """The fault of an error that came within a reply: its words, else the status that stands in it.

    Servers put the status where OpenAI has a word: https://openrouter.ai/docs/api/reference/streaming
    """
    numbers = (int(word) for word in _values(told, ("code", "status")) if word.isdecimal())
    status = next((n for n in numbers if _FIRST_FAULT <= n < _AFTER_FAULTS), None)
    return fault_told(told) if status is None else fault_of_status(status, told)


def _fault_in_phrases(told: object) -> ModelFault | None:
    said = "\n".join(_values(told, _SAID_IN)).lower()
    return next((fault for phrase, fault in _BY_PHRASE.items() if phrase in said), None)


def _fault_in_details(told: object) -> ModelFault | None:
    if any(_FLAGGED in mapping for mapping in _mappings(told)):
        return ModelFault.REFUSED
    is_daily = any(_DAILY_QUOTA in quota.lower() for quota in _values(told, ("quotaId",)))
    return ModelFault.DAY_USED_UP if is_daily else None


def _fault_in_words(told: object) -> ModelFault | None:
    words = {word.lower() for word in _values(told, _TOLD_IN)}
    return next((fault for word, fault in _BY_WORD.items() if word in words), None)


def _values(told: object, keys: Collection[str]) -> Iterator[str]:
    """What stands at these keys anywhere in an error object, as text."""
    for mapping in _mappings(told):
        for key, value in mapping.items():
            if key in keys and isinstance(value, str | int):
                yield str(value)


def wait_told(told: object) -> float | None:
    """The seconds of a `retryDelay` such as "3s" anywhere in an error object, None where there is none."""
    for mapping in _mappings(told):
        delay = mapping.get("retryDelay")
        if isinstance(delay, str) and delay.endswith("s"):
            return _seconds(delay[:-1])
    return None


def _wait_in_headers(headers: Mapping[str, str], now: datetime) -> float | None:
    milliseconds = _seconds(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after", "")
    seconds = _seconds(text)
    return seconds if seconds is not None else _until(text, now)


def _until(text: str, now: datetime) -> float | None:
    """Seconds until an HTTP date, None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _mappings(told: object, depth: int = 0) -> Iterator[Mapping[object, object]]:
    """Every object within an error object, itself first; not deeper than errors are nested."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(told, Mapping):
        yield told
        for value in told.values():
            yield from _mappings(value, depth + 1)
    elif isinstance(told, list):
        for value in told:
            yield from _mappings(value, depth + 1)
