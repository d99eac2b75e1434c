"""Which key points an answer makes, and in which words.

A key point is looked for in each sentence of the answer and in each pair of neighbours, by the share of
its telling words found there. Words that already stand in the question count little: repeating the
question shows nothing. A wording of few telling words shows little, even when all of it is there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from core.domain.evaluation import Coverage
from core.domain.question import KeyPoint, Question
from core.evaluation.text import Sentence, near, own_stems, sentences

QUESTION_WORD_WEIGHT = 0.25
NEIGHBOUR_DISCOUNT = 0.85
COVERED_AT = 0.65
PARTLY_AT = 0.3
_WHOLE_SENTENCE = (0.15, 0.5)
"""Shares of a full sentence's telling words that count as nothing and as everything: people put a point
in other words, and share about a third of them even in answers that human graders give full marks."""
_ONLY_SENTENCE = (0.02, 0.25)
"""The same where no wordings are given, so that the one sentence has to stand for every way to say it."""
_WORDING = (0.5, 0.95)
"""The same for a short wording, which has to be there nearly whole."""
_TELLING_ENOUGH = 1.3
"""The summed rarity at which a wording is specific enough to stand for its key point."""

_ON_THEME_WEIGHT = 1.2
_ON_THEME_SHARE = 0.4

Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Match:
    """How well one key point is made, 0–1, and the sentence that makes it best."""

    key_point: KeyPoint
    strength: float
    sentence: Sentence | None

    @property
    def coverage(self) -> Coverage:
        """Covered, partly, or missing."""
        if self.strength >= COVERED_AT:
            return Coverage.COVERED
        return Coverage.PARTLY if self.strength >= PARTLY_AT else Coverage.MISSING


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The distinct stems of one way to put a key point, each with what it weighs."""

    weights: tuple[tuple[str, float], ...]
    bounds: tuple[float, float]
    total: float
    """The sum of the weights."""

    def strength(self, told: frozenset[str]) -> float:
        """0–1: how far these words make the point."""
        total = self.total
        if not total:
            return 0.0
        low, high = self.bounds
        share = sum(weight for stem, weight in self.weights if stem in told) / total
        reached = min(1.0, max(0.0, (share - low) / (high - low)))
        return reached * (min(1.0, total / _TELLING_ENOUGH) if self.bounds == _WORDING else 1.0)


def match_key_points(
    question: Question, told: Sequence[Sentence], rarity: Mapping[str, float]
) -> tuple[Match, ...]:
    """One match for each key point of the question, in its order, over the sentences told."""
    asked = frozenset(own_stems(question.text))

    def weight(stem: str) -> float:
        return rarity.get(stem, 1.0) * (QUESTION_WORD_WEIGHT if stem in asked else 1.0)

    references = [s.stems for s in _content_sentences(question.reference_answer)]
    ways = [_phrases(k, references, weight) for k in question.key_points]
    theme = {stem: weight for way in ways for phrase in way for stem, weight in phrase.weights}
    windows = _windows(told, set(theme))
    to_the_point = _to_the_point(windows, theme)
    return tuple(
        _best_match(k, way, windows, to_the_point)
        for k, way in zip(question.key_points, ways, strict=True)
    )


_Window = tuple[Sentence, frozenset[str], frozenset[str]]


def _windows(told: Sequence[Sentence], wanted: set[str]) -> list[_Window]:
    """Each sentence with the wanted stems in it, and with those in it or its successor.

    A stem one typing slip away counts as the wanted one.
    """
    spoken = {stem for sentence in told for stem in sentence.stems}
    by_letter: dict[str, list[str]] = {}  # the first letter of stems that are near is the same
    for stem in wanted:
        by_letter.setdefault(stem[:1], []).append(stem)
    meant = {stem: {w for w in by_letter.get(stem[:1], ()) if near(stem, w)} for stem in spoken}
    held = [frozenset().union(*(meant[stem] for stem in s.stems)) for s in told]
    nothing: frozenset[str] = frozenset()
    return [
        (sentence, single, single | following)
        for sentence, single, following in zip(told, held, [*held[1:], nothing], strict=False)
    ]


def _to_the_point(windows: Sequence[_Window], theme: Mapping[str, float]) -> float:
    """0–1: below 1 where few of many sentences speak of the question's theme.

    In a long text about something else a few words match by chance.
    """
    on_theme = sum(
        len(held) > 1 and sum(theme[stem] for stem in held) >= _ON_THEME_WEIGHT
        for _, held, _ in windows
    )
    return min(1.0, (on_theme + 1) / max(1.0, len(windows) * _ON_THEME_SHARE))


def _best_match(
    key_point: KeyPoint,
    ways: Sequence[_Phrase],
    windows: Sequence[_Window],
    to_the_point: float,
) -> Match:
    best = Match(key_point, 0.0, None)
    for index, (sentence, single, pair) in enumerate(windows):
        if not pair:
            continue
        alone = max(p.strength(single) for p in ways)
        both = alone if pair == single else max(p.strength(pair) for p in ways)
        together = NEIGHBOUR_DISCOUNT * both
        strength = max(alone, together)
        if strength > best.strength:
            following = windows[index + 1] if index + 1 < len(windows) else windows[index]
            says_more = max(p.strength(following[1]) for p in ways) > alone
            told = following[0] if together > alone and says_more else sentence
            best = Match(key_point, strength, told)
    return replace(best, strength=best.strength * to_the_point)


def _phrases(
    key_point: KeyPoint, references: Sequence[Sequence[str]], weight: Weight
) -> list[_Phrase]:
    """Every way to put a key point: its text, the reference's sentence about it, its wordings."""
    own = own_stems(key_point.text)
    found = [_phrase(own, _WHOLE_SENTENCE if key_point.wordings else _ONLY_SENTENCE, weight)]
    found += [_phrase(own_stems(wording), _WORDING, weight) for wording in key_point.wordings]
    shares = [(found[0].strength(frozenset(stems)), stems) for stems in references]
    closest = max(shares, key=lambda pair: pair[0], default=(0.0, ()))
    if closest[0] >= PARTLY_AT:
        found.append(_phrase(closest[1], _WHOLE_SENTENCE, weight))
    return found


def _phrase(stems: Sequence[str], bounds: tuple[float, float], weight: Weight) -> _Phrase:
    weights = tuple((stem, weight(stem)) for stem in dict.fromkeys(stems))
    return _Phrase(weights, bounds, sum(of_stem for _, of_stem in weights))


@lru_cache(maxsize=2_000)
def _content_sentences(reference_answer: str) -> tuple[Sentence, ...]:
    """Remembered for our own content; no candidate's text comes here."""
    return sentences(reference_answer)
