"""Finding an interview in a long list: search, filters, order. Pure, over summaries."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.history import InterviewSummary
from core.domain.interview_setup import Focus, Way


class Order(StrEnum):
    """How a list of interviews is sorted."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    HIGHEST = "highest score first"
    LOWEST = "lowest score first"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: every word of `text`, and one of the chips of each sort that is chosen.

    Chips are focuses, ways, `drill`, `unfinished`, and the candidate's tags.
    """

    text: str = ""
    chips: frozenset[str] = frozenset()


def tags_of(summaries: Iterable[InterviewSummary]) -> tuple[str, ...]:
    """All tags, the most frequent first."""
    counts = Counter(tag for summary in summaries for tag in summary.tags)
    return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag.lower())))


def listed(
    summaries: Iterable[InterviewSummary], wanted: Wanted, order: Order = Order.NEWEST
) -> tuple[InterviewSummary, ...]:
    """The interviews that are wanted, in this order; those without a score come last by score."""
    found = [s for s in summaries if _has_words(s, wanted.text) and _has_chips(s, wanted.chips)]
    return tuple(sorted(found, key=_KEYS[order]))


def _has_words(summary: InterviewSummary, text: str) -> bool:
    named = [summary.name, summary.role_title, summary.seniority, summary.focus, summary.way]
    told = " ".join([*named, summary.company_name, *summary.tags, f"{summary.created_at:%d %B %Y}"])
    return all(word in told.lower() for word in text.lower().split())


def _has_chips(summary: InterviewSummary, chips: frozenset[str]) -> bool:
    """Chips of one sort are alternatives, sorts are all asked for."""
    sorts: dict[str, set[str]] = {}
    for chip in chips:
        sorts.setdefault(_SORTS.get(chip, "tag"), set()).add(chip)
    own = {summary.focus.value, summary.way.value, *summary.tags}
    if not summary.is_over:
        own.add(UNFINISHED)
    if summary.is_drill:
        own.add(DRILL)
    return all(wished & own for wished in sorts.values())


UNFINISHED = "unfinished"
DRILL = "drill"
_SORTS = {
    **dict.fromkeys(map(str, Focus), "focus"),
    **dict.fromkeys(map(str, Way), "way"),
    UNFINISHED: "state",
    DRILL: "drill",
}


def _score(summary: InterviewSummary) -> float:
    return summary.overall.score if summary.overall else 0.0


_KEYS: dict[Order, Callable[[InterviewSummary], tuple[float, float]]] = {
    Order.NEWEST: lambda s: (0, -s.created_at.timestamp()),
    Order.OLDEST: lambda s: (0, s.created_at.timestamp()),
    Order.HIGHEST: lambda s: (not s.overall, -_score(s)),
    Order.LOWEST: lambda s: (not s.overall, _score(s)),
}
