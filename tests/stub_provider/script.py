"""What the stub is asked, what it answers, and what goes wrong with it."""

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class StubRequest:
    """One request as it came over the wire; `headers` by lower-case name."""

    provider: str
    model: str
    instructions: str
    user_text: str
    schema: dict[str, Any] | None
    body: dict[str, Any]
    headers: dict[str, str]
    path: str


class Mishap(Enum):
    """What can go wrong other than by a status."""

    HANG = "hang"  # not a byte until the client goes away
    DRIP = "drip"  # pieces that never end
    DROP = "drop"  # the connection breaks after some of the text
    DROP_AT_ONCE = "drop-at-once"  # the connection breaks before the answer
    END_EARLY = "end-early"  # the stream ends properly, without the provider's end
    TRUNCATE = "truncate"  # the limit of output tokens is reached
    REFUSE = "refuse"  # the model declines
    GARBAGE = "garbage"  # an event that is not JSON
    ANOTHER_SHAPE = "another-shape"  # an event that is JSON, but not of the provider's shape
    LATE_ERROR = "late-error"  # an overload reported within the stream
    FLOOD = "flood"  # more than any reply can be
    NO_USAGE = "no-usage"  # a good reply that does not say what it used


@dataclass(frozen=True, slots=True)
class Status:
    """An answer that is an error; `no_credit` says so in the provider's own words."""

    code: int
    headers: dict[str, str] = field(default_factory=dict)
    no_credit: bool = False
    retry_delay: str = ""  # Gemini's way to say when to come back, such as "3s"
    body: dict[str, Any] | None = None  # in place of the provider's own


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer byte for byte, as a server of some other make sends it."""

    content: bytes
    content_type: str = "text/event-stream"


Turn = str | Mishap | Status | Raw


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a model writes; no limit by default."""

    first_token_seconds: float = 0.0
    tokens_per_second: float = 0.0


@dataclass(frozen=True, slots=True)
class StubUsage:
    """Tokens, the cached ones within the input, the reasoning within the output."""

    input_tokens: int = 120
    cached_tokens: int = 100
    output_tokens: int = 30
    reasoning_tokens: int = 10


class Stop(StrEnum):
    """Why the stub's reply ends."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    REFUSED = "refused"
