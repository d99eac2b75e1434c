"""A candidate's stories, gathered from what they told: which serve what, which are over-used, what is missing.

Every word is the candidate's own. Two answers tell one story when they share most of their telling words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.question import Signal
from core.domain.told_answer import ToldAnswer
from core.evaluation.star import StarView, star_of
from core.evaluation.text import content_stems

SAME_STORY = 0.4
"""The least share of the shorter answer's stems that two tellings of one story have in common.

No two reference answers to the bank's behavioral questions, all of them different stories, share more than
0.28; the first and the last 70% of the sentences of one share 0.56 at least.
"""
GOOD_STORY = 50.0
"""The least score (0–100) with which a story counts as one for its competency."""
OVERUSED_QUESTIONS = 3
"""A story told for so many different questions wears out: an interviewer wants to hear another."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its tellings, the best first, and how the best one is laid out."""

    tellings: tuple[ToldAnswer, ...]
    view: StarView

    @property
    def best(self) -> ToldAnswer:
        """The telling with the highest score."""
        return self.tellings[0]

    @property
    def competencies(self) -> tuple[str, ...]:
        """The ids of what it was told for, the best told first."""
        return tuple(dict.fromkeys(telling.competency for telling in self.tellings))

    @property
    def questions(self) -> tuple[str, ...]:
        """The different questions that it was told for."""
        return tuple(dict.fromkeys(telling.question for telling in self.tellings))

    @property
    def is_overused(self) -> bool:
        """Whether it was told for too many questions."""
        return len(self.questions) >= OVERUSED_QUESTIONS


@dataclass(frozen=True, slots=True)
class StoryBank:
    """The stories, the best first. `missing` are wanted competencies without a good one."""

    stories: tuple[Story, ...] = ()
    missing: tuple[str, ...] = ()


def story_bank(told: Iterable[ToldAnswer], wanted: Sequence[str]) -> StoryBank:
    """The stories in these answers; `wanted` are the competencies that one needs a story for."""
    groups: list[list[ToldAnswer]] = []
    stems: list[frozenset[str]] = []
    for telling in sorted(told, key=lambda t: (-t.score, -t.told_at.timestamp())):
        own = frozenset(content_stems(telling.text))
        place = next((n for n, known in enumerate(stems) if _is_same(own, known)), None)
        if place is None:
            groups.append([telling])
            stems.append(own)
        else:
            groups[place].append(telling)
    stories = tuple(story for group in groups if (story := _story(group)))
    served = {t.competency for s in stories for t in s.tellings if t.score >= GOOD_STORY}
    return StoryBank(stories, tuple(c for c in wanted if c not in served))


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= SAME_STORY * shorter


def _story(tellings: Sequence[ToldAnswer]) -> Story | None:
    """None where nothing is told: no sentence of the best telling says what was done."""
    view = star_of(tellings[0].text)
    if view is None or not view.parts[Signal.ACTION]:
        return None
    return Story(tuple(tellings), view)
