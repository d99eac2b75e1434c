"""Questions that a model planned, as questions of the domain: checked, clamped, and new."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from core.domain.adaptivity import EASIEST, HARDEST
from core.domain.question import FollowUp, KeyPoint, Kind, Origin, Question
from core.domain.role import Competency
from core.evaluation.plain import plain_words
from core.evaluation.text import content_stems
from core.prompting.fences import one_line
from core.prompting.plan import MOST_FOLLOW_UPS, PlannedItem, PlannedKeyPoint
from core.prompting.verbatim import find_verbatim

MOST_ALIKE = 0.5
"""The largest share of content words that two questions may have in common."""
FEWEST_KEY_POINTS = 2
MOST_KEY_POINTS = 6
_QUESTION_CHARACTERS = 800
_LINE_CHARACTERS = 300
_NO_ID = re.compile(r"[\W_]+")


def planned_question(
    item: PlannedItem,
    seen: Iterable[str],
    material_text: str,
    competencies: Sequence[Competency],
) -> Question | None:
    """The question, or None where it cannot be used: empty, without two key points, or asked before.

    `seen` are the texts of questions that it may not repeat, `material_text` resume and job description.
    `competencies` has at least one; a competency that is not among them becomes the one it shares most
    words with. An unknown kind is taken for technical.
    """
    text = _line(item.text, _QUESTION_CHARACTERS)
    key_points = _key_points(item.key_points)
    if not text or len(key_points) < FEWEST_KEY_POINTS or any(is_alike(text, s) for s in seen):
        return None
    is_sourced = find_verbatim(material_text, item.source_quote) is not None
    return Question(
        id=f"planned-{sha256(text.encode()).hexdigest()[:12]}",
        text=text,
        kind=_kind(item.kind),
        competency=_competency(item.competency, competencies),
        difficulty=min(HARDEST, max(EASIEST, item.difficulty)),
        origin=Origin.PLANNED,
        intent=_line(item.intent),
        rephrased=_line(item.rephrased, _QUESTION_CHARACTERS),
        hint=_line(item.hint),
        key_points=key_points,
        follow_ups=_follow_ups(item, key_points),
        source=_line(item.source) if is_sourced else "",
    )


def is_alike(one: str, other: str) -> bool:
    """Whether two questions share more than half of their content words, or all of the little they have."""
    first, second = frozenset(content_stems(one)), frozenset(content_stems(other))
    if not first or not second:
        return one.strip().casefold() == other.strip().casefold()
    return len(first & second) / len(first | second) > MOST_ALIKE


def _line(text: str, limit: int = _LINE_CHARACTERS) -> str:
    return one_line(plain_words(text), limit)


def _kind(written: str) -> Kind:
    known = {kind.value: kind for kind in Kind}
    return known.get(written.strip().lower().replace("_", " "), Kind.TECHNICAL)


def _competency(written: str, competencies: Sequence[Competency]) -> str:
    """The id that is meant; the one with most words in common where none is written so."""
    wanted = frozenset(content_stems(written))

    def shared(competency: Competency) -> int:
        names = f"{competency.id} {competency.title} {competency.description}"
        return len(wanted & frozenset(content_stems(names)))

    exact = next((c for c in competencies if written.strip() == c.id), None)
    return (exact or max(competencies, key=shared)).id


def _key_points(written: Iterable[PlannedKeyPoint]) -> tuple[KeyPoint, ...]:
    """Those with a text, the first of each id."""
    found: dict[str, KeyPoint] = {}
    for point in written:
        key, text = _id(point.id), _line(point.text)
        if key and text:
            found.setdefault(key, KeyPoint(key, text, min(3, max(1, point.weight))))
    return tuple(found.values())[:MOST_KEY_POINTS]


def _follow_ups(item: PlannedItem, key_points: Sequence[KeyPoint]) -> tuple[FollowUp, ...]:
    known = {point.id for point in key_points}
    found = (FollowUp(_id(f.probes), _line(f.text, _QUESTION_CHARACTERS)) for f in item.follow_ups)
    return tuple(f for f in found if f.probes in known and f.text)[:MOST_FOLLOW_UPS]


def _id(written: str) -> str:
    return _NO_ID.sub("-", written.lower()).strip("-")[:40]
