"""An answer as the built-in evaluator reads it: what it says of the question, and how far its points are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.question import Kind, Question, Signal
from core.evaluation.by_reference import match_reference, told_sentences
from core.evaluation.coverage import Match, match_key_points
from core.evaluation.denial import denies
from core.evaluation.grade_rules import are_keywords
from core.evaluation.grader import Grader
from core.evaluation.measures import is_list_like, is_no_answer, refuses
from core.evaluation.other_words import OtherWords
from core.evaluation.story import STAR, is_story, on_topic, signalled, story_parts, to_the_point
from core.evaluation.terms import terms
from core.evaluation.text import Sentence, own_stems, sentences
from core.evaluation.topics import Topics


@dataclass(frozen=True, slots=True)
class Learned:
    """What needs word vectors: the grader, what the questions are about, and their points in other words."""

    grader: Grader
    topics: Topics
    other_words: OtherWords


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as the evaluator sees it: the sentences that say something, and what they cover."""

    question: Question
    told: tuple[Sentence, ...]
    matches: tuple[Match, ...]
    story: Mapping[Signal, Sentence]
    is_list: bool
    on_topic: float
    points: float | None = None
    """0–100 where the answer was graded against the reference alone."""

    @property
    def relevant(self) -> Sequence[Sentence]:
        """The sentences to the point: how it is told is measured on them, so that padding is not."""
        return to_the_point(self.question, self.told) or self.told

    @property
    def tells_star(self) -> bool:
        """Whether situation, task, action and result are what the answer should be made of."""
        return is_story(self.question) and self.question.kind is not Kind.MOTIVATION

    @property
    def story_share(self) -> float:
        """0–1: how many parts of situation, task, action, result are there; half without an action."""
        share = sum(part in self.story for part in STAR) / len(STAR)
        return share if Signal.ACTION in self.story else share / 2

    @property
    def covered_share(self) -> float:
        """0–1: the weighted strength of all key points."""
        return _share(self.matches)

    @property
    def core_share(self) -> float:
        """0–1: the mean strength of the weightiest key points."""
        top = max((match.key_point.weight for match in self.matches), default=0)
        core = [match.strength for match in self.matches if match.key_point.weight == top]
        return sum(core) / len(core) if core else 0.0

    @property
    def is_no_answer(self) -> bool:
        """Whether nothing in it is an answer."""
        is_none = is_no_answer if self.points is None else refuses
        return not self.told or is_none(self.told)


def read_by_reference(question: Question, answer: str, grader: Grader) -> Reading:
    """The answer against the reference alone: graded, and nothing learned of how it is told."""
    reference = question.reference_answer
    told = told_sentences(question, answer)
    points = grader.grade(question.text, reference, answer)
    matches = match_reference(question, told, grader.vectors)
    return Reading(question, told, matches, {}, are_keywords(answer, reference), 1.0, points)


def read_by_key_points(
    question: Question, answer: str, rarity: Mapping[str, float], learned: Learned
) -> Reading:
    """The answer against the question's key points; `rarity` is how telling each stem is (0–1)."""
    asked = frozenset(own_stems(question.text))
    told = tuple(s for s in sentences(answer) if s.stems and not _repeats(s, asked))
    is_list = is_list_like(" ".join(s.text for s in told))
    belonging = learned.topics.belonging(question, " ".join(s.text for s in told))
    undenied = _undenied(question, told)
    word_count = len({term.stem for sentence in told for term in terms(sentence.text)})
    found = match_key_points(question, undenied, rarity)
    worded = tuple(
        replace(match, strength=match.strength * belonging)
        for match in learned.other_words.improved(question, found, undenied, word_count)
    )
    topical = belonging * max(on_topic(question, told), min(1.0, _share(found) / 0.6))
    matches = _with_signals(worded, told, topical) if is_story(question) else worded
    if is_list:
        matches = tuple(Match(m.key_point, 0.1 * m.strength, m.sentence) for m in matches)
    return Reading(question, told, matches, story_parts(told), is_list, topical)


def _share(matches: Sequence[Match]) -> float:
    total = sum(match.key_point.weight for match in matches)
    return sum(m.strength * m.key_point.weight for m in matches) / total if total else 0.0


def _with_signals(
    worded: Sequence[Match], told: Sequence[Sentence], topical: float
) -> tuple[Match, ...]:
    """The matches, improved by the sorts of the sentences; one sentence makes one point that way.

    The weightiest points choose first. Off topic (`topical` below 1) a sort shows little.
    """
    free = list(told)
    better: dict[str, Match] = {}
    worded = [replace(match, strength=match.strength * topical) for match in worded]
    for match in sorted(worded, key=lambda m: -m.key_point.weight):
        strength, sentence = signalled(match.key_point, free)
        combined = min(1.0, 0.85 * strength * topical**2 + 0.35 * match.strength)
        if sentence is not None and combined > match.strength:
            free.remove(sentence)
            better[match.key_point.id] = Match(match.key_point, combined, sentence)
    return tuple(better.get(match.key_point.id, match) for match in worded)


def _repeats(sentence: Sentence, asked: frozenset[str]) -> bool:
    """Whether a sentence says nothing that the question, whose stems these are, did not already say."""
    own = [stem for stem in sentence.stems if stem not in asked]
    return bool(sentence.stems) and len(own) <= 0.2 * len(sentence.stems)


def _undenied(question: Question, told: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences that do not deny what the reference answer says; a story has nothing to deny."""
    if is_story(question):
        return told
    return [s for s in told if not denies(question.reference_answer, s.text)]
