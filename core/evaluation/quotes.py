"""Quotes that a model says it found in an answer, and those that are really there."""

from collections.abc import Iterable

from core.domain.evaluation import Evidence
from core.evaluation.addressing import Spans, addressed_spans
from core.prompting.verbatim import find_verbatim

MOST_QUOTES = 8
MOST_QUOTE_CHARACTERS = 300


def find_quote(answer: str, quote: str) -> Evidence | None:
    """The verbatim part of the answer that a quote repeats, in the answer's own characters.

    None where it is not there in whole words (see `find_verbatim`), or says too little. A very long one
    is cut.
    """
    found = find_verbatim(answer, quote, may_cut_words=False)
    if found is None:
        return None
    start, end = found
    kept = answer[start : min(end, start + MOST_QUOTE_CHARACTERS)].rstrip()
    return Evidence(kept, start, start + len(kept))


class Quotes:
    """The quotes of one reply that count as evidence; its own indexes still find them.

    A quote that is not in the answer, or that overlaps words which address the evaluator, is none. One
    given twice is kept once.
    """

    def __init__(self, answer: str, quotes: Iterable[str], addressed: Spans | None = None) -> None:
        """Check each quote against the answer, whose `addressed_spans` may be known already."""
        addressed = addressed_spans(answer) if addressed is None else addressed
        checked = [_counting(find_quote(answer, quote), addressed) for quote in quotes]
        kept = tuple(dict.fromkeys(found for found in checked if found))[:MOST_QUOTES]
        self.evidence: tuple[Evidence, ...] = kept
        self._index = {
            given: kept.index(found) for given, found in enumerate(checked) if found in kept
        }

    def index(self, given: int) -> int | None:
        """Where the quote that the reply calls `given` stands in `evidence`; None where it is none."""
        return self._index.get(given)

    def indexes(self, given: Iterable[int]) -> tuple[int, ...]:
        """The same for several, each once and in order."""
        return tuple(sorted({at for index in given if (at := self.index(index)) is not None}))


def _counting(found: Evidence | None, addressed: Spans) -> Evidence | None:
    if found and any(found.start < end and start < found.end for start, end in addressed):
        return None
    return found
