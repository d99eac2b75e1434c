"""Parts of a story, told from how its sentences are put, and whether it is about work at all."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache

from core.domain.question import KeyPoint, Kind, Origin, Question, Signal
from core.evaluation.text import Sentence, own_stems, stem
from core.evaluation.words import DEALING_WORDS, EVERYDAY_WORDS, WORK_WORDS

STAR = (Signal.SITUATION, Signal.TASK, Signal.ACTION, Signal.RESULT)
_STORY_KINDS = frozenset({Kind.BEHAVIORAL, Kind.MOTIVATION})
ON_TOPIC_SHARE = 0.5
"""An answer is on topic when every second sentence has a word of work or of the question's theme."""

_OWN = re.compile(r"\b(i|we|me|us|my|our|mine|ours|myself|ourselves)\b", re.IGNORECASE)
_OWN_SHARE = 0.3
"""A story of one's own has “I” or “we” in every third sentence; reports and recipes have hardly any."""

_AMOUNT = (
    r"(\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|"
    r"thousand|half|twice|double|percent|third|quarter)\b)"
)
_PATTERNS: Mapping[Signal, re.Pattern[str]] = {
    Signal.SITUATION: re.compile(
        r"\b(when (i|we)|while (i|we)|last (year|month|week|summer|spring|autumn|winter|quarter)|"
        r"in (my|our) |at (my|our|the) |in (19|20)\d\d|(our|my) (team|company|customers?|manager|boss|"
        r"department|lead|client|colleagues?|product|clinic|school|shop|warehouse)|at the time|"
        r"(years?|months?|weeks?) ago|there was|there were|(i|we) (was|were|worked|had|ran)|i am|i'm)\b",
        re.IGNORECASE,
    ),
    Signal.TASK: re.compile(
        r"\b(had to|needed to|have to|need to|my (job|task|role|part|goal) |was (asked|responsible|"
        r"supposed|expected)|the (goal|problem|task|aim|risk|point|question) was|deadline|due|"
        r"(we|i|they) wanted|at stake|risk(ed|s)?|must|in danger|depended on|could not|couldn'?t|"
        r"responsible for|charge of)\b",
        re.IGNORECASE,
    ),
    Signal.ACTION: re.compile(
        r"\bi (\w+ly |then |also |first |just |therefore |never |always )?(\w{2,}ed|wrote|built|made|took|"
        r"gave|told|spoke|met|ran|led|set|chose|drew|found|held|put|sat|sent|taught|thought|went|began|"
        r"brought|kept|left|cut|split|rewrote|got|said|saw|won|bought|paid|read|rebuilt|stood|wrote)\b",
        re.IGNORECASE,
    ),
    Signal.RESULT: re.compile(
        r"\b(in the end|as a result|result(s|ed)?|led to|turned out|it worked|which meant|so that|"
        r"(we|they|it|that) (delivered|shipped|launched|finished|saved|reduced|cut|kept|won|held|fell|"
        r"rose|grew|dropped|went|came)|dropped|rose|grew|fell|went (up|down|live)|on time|since then|"
        r"afterwards|from .{1,40} to |cut .{1,60} (to|by)|by \d+|instead of|within)\b",
        re.IGNORECASE,
    ),
    Signal.LEARNING: re.compile(
        r"\b(i('ve| have)? (learned|learnt|realised|realized|understood|know now|took from)|taught me|"
        r"lesson|next time|since then i|now i|today i|these days i|if i did it again|"
        r"(would|should) (have )?(do|done|ask|asked|start|started|change|changed|say|said|tell|told|"
        r"write|written)|differently|in hindsight|looking back|ever since|what i took|i still)\b",
        re.IGNORECASE,
    ),
    Signal.REASON: re.compile(
        r"\b(because|since|so that|the reason|otherwise|in order to|rather than|instead of|weighed|"
        r"compared|trade-?off|which is why|that is why|therefore|risk)\b",
        re.IGNORECASE,
    ),
    Signal.WISH: re.compile(
        r"\b(i('d| would) (like|love|prefer)|i (want|hope|wish|plan|look|aim)|i('m| am) (looking|drawn|"
        r"after|keen|ready)|next step|that is why i|which is why i|attracts? me|interests? me|appeals)\b",
        re.IGNORECASE,
    ),
}
_STRENGTH = {
    Signal.SITUATION: 0.55,
    Signal.TASK: 0.6,
    Signal.ACTION: 0.5,
    Signal.RESULT: 0.6,
    Signal.LEARNING: 0.75,
    Signal.REASON: 0.55,
    Signal.WISH: 0.7,
}
"""How far a sentence of a sort makes a point by itself: partly, as it may be about another matter."""
_WITH_AMOUNT = 0.8
"""A result with a number in it, on the other hand, is what was asked for."""


def story_parts(told: Sequence[Sentence]) -> dict[Signal, Sentence]:
    """The first sentence of each sort; the parts of STAR and besides them learning and reason."""
    found: dict[Signal, Sentence] = {}
    for signal, pattern in _PATTERNS.items():
        sentence = next((s for s in told if pattern.search(s.text)), None)
        if sentence:
            found[signal] = sentence
    return found


def is_put_as(signal: Signal, text: str) -> bool:
    """Whether a sentence is put the way that part of a story usually is."""
    return _PATTERNS[signal].search(text) is not None


def signalled(key_point: KeyPoint, told: Sequence[Sentence]) -> tuple[float, Sentence | None]:
    """How far the sentences of the key point's sort make it, 0–1, and the best of them."""
    if key_point.signal is None:
        return 0.0, None
    pattern = _PATTERNS[key_point.signal]
    fitting = [s for s in told if pattern.search(s.text)]
    if not fitting:
        return 0.0, None
    if key_point.signal is Signal.RESULT:
        counted = next((s for s in fitting if re.search(_AMOUNT, s.text, re.IGNORECASE)), None)
        if counted:
            return _WITH_AMOUNT, counted
    return _STRENGTH[key_point.signal], fitting[0]


def on_topic(question: Question, told: Sequence[Sentence]) -> float:
    """0–1: how much of a story speaks of work, of what was asked or of dealing with people and problems.

    What nobody tells of themselves is no story of theirs.
    """
    theme = _stems_of(WORK_WORDS) | _telling_stems(_asked(question))
    dealing = theme | _stems_of(DEALING_WORDS)
    own = [_OWN.search(sentence.text) is not None for sentence in told]
    speaking = sum(
        not (dealing if is_own else theme).isdisjoint(sentence.stems)
        for sentence, is_own in zip(told, own, strict=True)
    )
    told_by_oneself = min(1.0, sum(own) / max(1.0, len(told) * _OWN_SHARE))
    return told_by_oneself * min(1.0, speaking / max(1.0, len(told) * ON_TOPIC_SHARE))


def to_the_point(question: Question, told: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that have a word of the question, of its key points or of a good answer."""
    theme = _telling_stems([*_asked(question), *_answered(question)])
    if is_story(question):
        theme |= _stems_of(WORK_WORDS)
    return _speaking_of(theme, told)


def is_story(question: Question) -> bool:
    """Whether something of the candidate's own life is asked for."""
    return question.kind in _STORY_KINDS or question.origin is Origin.RESUME


def _speaking_of(theme: Set[str], told: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in told if not theme.isdisjoint(sentence.stems)]


def _asked(question: Question) -> list[str]:
    return [
        question.text,
        question.intent,
        *question.topics,
        *(key_point.text for key_point in question.key_points),
    ]


def _answered(question: Question) -> list[str]:
    wordings = [wording for key_point in question.key_points for wording in key_point.wordings]
    return [question.reference_answer, *wordings]


def _telling_stems(texts: Sequence[str]) -> frozenset[str]:
    """The stems of these texts without those of everyday talk."""
    found = frozenset(stem for text in texts for stem in own_stems(text))
    return found - _stems_of(EVERYDAY_WORDS)


@cache
def _stems_of(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)
