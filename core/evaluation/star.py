"""An answer as a story: which sentences tell situation, task, action and result, and what is missing.

Told from how sentences are put, by the same patterns that the built-in evaluator goes by.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.profile import Span
from core.domain.question import Signal
from core.evaluation.story import STAR, is_put_as
from core.evaluation.text import Sentence, is_foreign, sentences, words

_PLACES = {Signal.SITUATION: 0.0, Signal.TASK: 0.25, Signal.ACTION: 0.6, Signal.RESULT: 1.0}
"""Where in a story its parts usually stand, from its first sentence (0) to its last (1)."""
_GIVEN = frozenset({Signal.SITUATION, Signal.TASK})
"""What a question that imagines a situation tells itself."""
_IMAGINED_ACT = re.compile(
    r"\bi(['’](d|ll)| would| will| could)?( \w+ly| then| also| first| just)? "
    r"(?!(am|was|would|will|could|can|should|have|had|need|know|think|believe|guess|hope|want|like|be|not|do|"
    r"did|would|wish|feel|suppose|assume|understand|\w+ly|then|also|first|just)\b)\w{2,}",
    re.IGNORECASE,
)
_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|million|half|twice|double)"
)
_NUMBER = re.compile(
    rf"[$€£]?(?<!\w)\d+(?:[.,:]\d+)*(?:\s?%|\s(?:percent|{_WORD})\b|[^\W\d_]{{1,2}}\b)?"
    rf"|\b{_WORD}(?:[\s-](?:one|percent|{_WORD}))*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StarView:
    """The sentences of an answer under the parts of a story; every span points into the answer.

    A sentence stands under one part, and also where no other tells another part. `missing` are the parts
    that no sentence tells. `i_count` and `we_count` count who acts, `numbers` are the figures.
    """

    parts: Mapping[Signal, tuple[Span, ...]]
    missing: tuple[Signal, ...]
    i_count: int
    we_count: int
    numbers: tuple[Span, ...]


def star_of(answer: str, *, is_imagined: bool = False) -> StarView | None:
    """The view of an answer; None for one without a sentence of English.

    `is_imagined` says that the question asks what one would do: it gives situation and task itself, so
    only action and result are looked for, and “I would ask” and “I ask” are actions.
    """
    told = sentences(answer)
    if not told or is_foreign(answer):
        return None
    wanted = [part for part in STAR if not (is_imagined and part in _GIVEN)]
    tells = [_parts_told(sentence, wanted) for sentence in told]
    parts = {part: _under(part, told, tells) for part in wanted}
    subjects = [word.split("'")[0] for word in words(answer)]
    return StarView(
        parts=parts,
        missing=tuple(part for part in wanted if not parts[part]),
        i_count=subjects.count("i"),
        we_count=subjects.count("we"),
        numbers=tuple(Span(m.start(), m.end()) for m in _NUMBER.finditer(answer)),
    )


def _parts_told(sentence: Sentence, wanted: Sequence[Signal]) -> tuple[Signal, ...]:
    """Every wanted part that the sentence is put like; what one learned is no action."""
    found = [part for part in wanted if is_put_as(part, sentence.text)]
    if found == [Signal.ACTION] and is_put_as(Signal.LEARNING, sentence.text):
        return ()
    is_imagined = _GIVEN.isdisjoint(wanted)
    if is_imagined and Signal.ACTION not in found and _IMAGINED_ACT.search(sentence.text):
        found.append(Signal.ACTION)
    return tuple(found)


def _under(
    part: Signal, told: Sequence[Sentence], tells: Sequence[Sequence[Signal]]
) -> tuple[Span, ...]:
    """The sentences whose part this is; where there are none, the first that tells it besides another."""
    last = max(len(told) - 1, 1)
    own = [n for n, parts in enumerate(tells) if _chosen(parts, n / last) is part]
    besides = [n for n, parts in enumerate(tells) if part in parts][:1]
    return tuple(Span(told[n].start, told[n].end) for n in own or besides)


def _chosen(parts: Sequence[Signal], place: float) -> Signal | None:
    """Of the parts that a sentence tells, the one that usually stands where it does."""
    return min(parts, key=lambda part: abs(_PLACES[part] - place), default=None)
