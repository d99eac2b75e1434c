"""What the built-in evaluator quotes of an answer, and which of its findings a quote stands for."""

from collections.abc import Iterable

from core.domain.evaluation import Coverage, Evidence, KeyPointFinding
from core.domain.scoring import points
from core.evaluation.coverage import Match
from core.evaluation.reading import Reading
from core.evaluation.text import Sentence

MOST_QUOTE_CHARACTERS = 300
UNQUOTED_CEILING = 2.4
"""The highest level without a quote: it rounds to 2."""


class Quotes:
    """The evidence, in the order in which it stands in the answer; a sentence is quoted once."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._sentences = sorted(set(sentences), key=lambda sentence: sentence.start)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """A verbatim part of each sentence."""
        return tuple(_evidence(sentence) for sentence in self._sentences)

    def index(self, sentence: Sentence) -> int:
        """Where a sentence's quote stands."""
        return self._sentences.index(sentence)


def quotes_of(reading: Reading) -> Quotes:
    """What makes key points and, when anything does, the opening and the most developed sentence."""
    making = [
        m.sentence for m in reading.matches if m.sentence and m.coverage is not Coverage.MISSING
    ]
    if reading.points is not None:
        return Quotes(making or _nearest(reading))
    shown = [reading.told[0], most_developed(reading)] if making else []
    return Quotes([*making, *shown])


def finding_of(match: Match, quotes: Quotes) -> KeyPointFinding:
    """What became of a key point, with the quote that makes it where one does."""
    is_made = match.coverage is not Coverage.MISSING and match.sentence is not None
    index = quotes.index(match.sentence) if is_made and match.sentence else None
    point = match.key_point
    return KeyPointFinding(point.id, point.text, match.coverage, point.weight, index)


def most_developed(reading: Reading) -> Sentence:
    """The sentence that says most."""
    return max(reading.told, key=lambda sentence: len(sentence.stems))


def _evidence(sentence: Sentence) -> Evidence:
    quote = sentence.text[:MOST_QUOTE_CHARACTERS].rstrip()
    return Evidence(quote, sentence.start, sentence.start + len(quote))


def _nearest(reading: Reading) -> list[Sentence]:
    """What a grade that is not low rests on where no single point was found."""
    if (reading.points or 0.0) <= points(UNQUOTED_CEILING):
        return []
    best = max(reading.matches, key=lambda match: match.strength)
    return [best.sentence or most_developed(reading)]
