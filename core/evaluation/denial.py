"""Statements that stand in an answer the other way round.

Only near copies with a denying word more or less are noticed. Opposites (“faster” for “slower”), swapped
roles and denials in other words are not.
"""

from functools import lru_cache

from core.evaluation.terms import negations, terms
from core.evaluation.text import sentences

_SAME_STATEMENT = 0.8
"""Shared words over all words from which two sentences are taken for the same statement."""
_DENYING = frozenset({"not", "no", "never", "true"})
"""“true” because of “it is not true that”."""

_Statement = tuple[frozenset[str], bool]


def denied_share(reference: str, answer: str) -> float:
    """0–1: how many sentences of the reference the answer denies."""
    wanted = _statements(reference)
    told = [statement(sentence.text) for sentence in sentences(answer)]
    denied = sum(any(_denies(one, other) for other in told) for one in wanted)
    return denied / max(1, len(wanted))


def denies(reference: str, sentence: str) -> bool:
    """Whether one sentence of an answer denies a sentence of the reference."""
    is_denied = negations(sentence) > 0
    if all(is_denied == is_wanted_denied for _, is_wanted_denied in _statements(reference)):
        return False
    told = statement(sentence)
    return any(_denies(told, wanted) for wanted in _statements(reference))


def statement(sentence: str) -> _Statement:
    """The stems that a sentence speaks of, and whether it denies something."""
    stems = frozenset(term.stem for term in terms(sentence))
    return stems - _DENYING, negations(sentence) > 0


def _denies(one: _Statement, other: _Statement) -> bool:
    (these, is_one_denied), (those, is_other_denied) = one, other
    if is_one_denied == is_other_denied:
        return False
    return len(these & those) >= _SAME_STATEMENT * max(1, len(these | those))


@lru_cache(maxsize=2_000)
def _statements(reference: str) -> tuple[_Statement, ...]:
    """Remembered for our own content; no candidate's text comes here."""
    return tuple(statement(sentence.text) for sentence in sentences(reference))
