"""What a language model is asked, what ends its reply, and what its provider says about its models."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

Provider = NewType("Provider", str)
"""Who runs a language model, by the id that stands in rows and files; see `core.domain.provider`."""


class StopReason(StrEnum):
    """Why a reply ended."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    REFUSED = "refused"


class Effort(StrEnum):
    """How much a model may think before it writes; thinking costs tokens and delays the first word."""

    LOW = "low"
    MEDIUM = "medium"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along with a request; `media_type` such as application/pdf or image/png."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request. Whoever sends it retries, so it is a value.

    `stable` is that part of the user's turn which is byte-identical over the requests of one interview
    (providers cache by prefix), `volatile` what follows it. `schema` is the JSON schema of the reply:
    every field required, no bounds, no defaults, no extra fields. `max_output_tokens` bounds the reply
    alone; whoever sends it adds the room that its models need to think.
    `cache_key` is the same for requests that share `instructions` and `stable`.
    """

    instructions: str
    stable: str
    volatile: str
    schema: dict[str, object]
    schema_name: str
    max_output_tokens: int
    effort: Effort = Effort.LOW
    attachment: Attachment | None = None
    cache_key: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more requests. `input_tokens` includes the cached ones, output the reasoning.

    `is_estimated` where the provider told none for some of them: those are characters / 4.
    """

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    is_estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """The sum of both."""
        return Usage(
            self.input_tokens + other.input_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
            self.reasoning_tokens + other.reasoning_tokens,
            self.is_estimated or other.is_estimated,
        )

    @property
    def total(self) -> int:
        """Input and output tokens together."""
        return self.input_tokens + self.output_tokens


NO_USAGE = Usage()


@dataclass(frozen=True, slots=True)
class ReplyEnd:
    """The one end of a complete stream: why it ended and what it used."""

    stop: StopReason
    usage: Usage = NO_USAGE


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One model as its provider lists it; `retires_on` where the provider says so."""

    id: str
    label: str
    retires_on: date | None = None
