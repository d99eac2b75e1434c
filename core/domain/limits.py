"""How much anybody may do in a while, by one rule for all that is limited.

A bucket holds as many as a rule allows at once and fills evenly: what was taken comes back one by one. All
that is kept of it is the moment at which it will be full (the generic cell rate algorithm).
Moments are seconds of any clock that goes on.
"""

from dataclasses import dataclass
from enum import StrEnum


class Limited(StrEnum):
    """What is limited, in the words of the sentence that refuses it."""

    UPLOADS = "uploads"
    INTERVIEWS = "new interviews"
    EVALUATIONS = "answers to judge"
    SIGN_IN_CODES = "sign-in codes"
    SIGN_IN_TRIES = "attempts to sign in"


@dataclass(frozen=True, slots=True)
class Rule:
    """At most so many at once, and so many in each window on average."""

    most: int
    window_seconds: float

    @property
    def interval_seconds(self) -> float:
        """After how long one that was taken is back."""
        return self.window_seconds / self.most

    def times(self, factor: int) -> "Rule":
        """The rule for so many together."""
        return Rule(self.most * factor, self.window_seconds)


def taken(rule: Rule, full_at: float, now: float) -> float:
    """When the bucket will be full, after one more was taken."""
    return _within(rule, full_at, now) + rule.interval_seconds


def wait_seconds(rule: Rule, full_at: float, now: float) -> float:
    """How long until one may be taken, 0 where it may be now."""
    return max(0.0, taken(rule, full_at, now) - rule.window_seconds - now)


def left(rule: Rule, full_at: float, now: float) -> int:
    """How many may be taken now."""
    missing = (_within(rule, full_at, now) - now) / rule.interval_seconds
    return max(0, int(rule.most - missing + 1e-9))


def _within(rule: Rule, full_at: float, now: float) -> float:
    """A moment that can be: an empty bucket is full after one window, whatever an unset clock left."""
    return min(max(full_at, now), now + rule.window_seconds)
