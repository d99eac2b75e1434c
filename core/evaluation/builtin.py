"""The built-in evaluator: judges by key points made, structure and text measures. No network, no cost.

Where only a reference answer is given, a grader fitted to human grades judges what is said instead, and
how it is told is not assessed. Either reads words, not truth: a fluent wrong statement that uses the
right words is not seen through.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.evaluation import (
    Coverage,
    CriterionJudgement,
    Evaluation,
    Evidence,
    KeyPointFinding,
    Remark,
    ScoreRange,
)
from core.domain.interviewer_choice import BUILT_IN
from core.domain.question import Kind, Question, Signal
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion, Rubric
from core.domain.scoring import overall_score, points, score_range
from core.evaluation.by_reference import is_by_reference, match_reference, told_sentences
from core.evaluation.coverage import Match, match_key_points
from core.evaluation.denial import denies
from core.evaluation.grade_rules import are_keywords
from core.evaluation.grader import Bands, Grader
from core.evaluation.measures import (
    Measured,
    clarity,
    communication,
    depth,
    full_length,
    is_list_like,
    is_no_answer,
    refuses,
)
from core.evaluation.other_words import OtherWords
from core.evaluation.story import (
    STAR,
    is_story,
    on_topic,
    signalled,
    story_parts,
    to_the_point,
)
from core.evaluation.terms import terms
from core.evaluation.text import Sentence, is_foreign, own_stems, sentences
from core.evaluation.topics import Topics

VERSION = "3"
MOST_QUOTE_CHARACTERS = 300
_HOW_IS_NOT_JUDGED = (
    "Not assessed: with a reference answer alone, what is said is judged, not how it is told."
)
_FAIR_POINTS = 50.0
_UNQUOTED_CEILING = 2.4
"""The highest level without a quote: it rounds to 2."""


@dataclass(frozen=True, slots=True)
class _Reading:
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


@dataclass(frozen=True, slots=True)
class Learned:
    """What needs word vectors: the grader, what the questions are about, and their points in other words."""

    grader: Grader
    topics: Topics
    other_words: OtherWords


class BuiltInEvaluator:
    """Judges one answer to one question. Deterministic: the same answer gets the same judgement."""

    def __init__(
        self,
        rubrics: Mapping[Kind, Rubric],
        rarity: Mapping[str, float],
        learned: Callable[[], Learned],
    ) -> None:
        """Take the rubrics by kind, how telling each stem is (0–1), and where to get the rest.

        `learned` is asked at each judgement, so that nothing is read before the first.
        """
        self._rubrics = rubrics
        self._rarity = rarity
        self._learned = learned

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        """The judgement of an answer; void (no score) for one that is not in English."""
        if is_foreign(answer):
            return _void(
                "This answer does not look like English, and the built-in interviewer reads English "
                "only. It is kept, without a score."
            )
        if is_by_reference(question):
            reading = self._graded(question, answer)
            is_none = not reading.told or refuses(reading.told)
        else:
            reading = self._read(question, answer)
            is_none = not reading.told or is_no_answer(reading.told)
        return self._no_answer(reading) if is_none else self._judged(reading)

    def _graded(self, question: Question, answer: str) -> _Reading:
        grader, reference = self._learned().grader, question.reference_answer
        told = told_sentences(question, answer)
        points = grader.grade(question.text, reference, answer)
        matches = match_reference(question, told, grader.vectors)
        return _Reading(question, told, matches, {}, are_keywords(answer, reference), 1.0, points)

    def _read(self, question: Question, answer: str) -> _Reading:
        asked = frozenset(own_stems(question.text))
        told = tuple(s for s in sentences(answer) if s.stems and not _repeats(s, asked))
        is_list = is_list_like(" ".join(s.text for s in told))
        belonging = self._learned().topics.belonging(question, " ".join(s.text for s in told))
        undenied = _undenied(question, told)
        word_count = len({term.stem for sentence in told for term in terms(sentence.text)})
        found = match_key_points(question, undenied, self._rarity)
        worded = tuple(
            replace(match, strength=match.strength * belonging)
            for match in self._learned().other_words.improved(question, found, undenied, word_count)
        )
        topical = belonging * max(on_topic(question, told), min(1.0, _share(found) / 0.6))
        matches = _with_signals(worded, told, topical) if is_story(question) else worded
        if is_list:
            matches = tuple(Match(m.key_point, 0.1 * m.strength, m.sentence) for m in matches)
        return _Reading(question, told, matches, story_parts(told), is_list, topical)

    def _judged(self, reading: _Reading) -> Evaluation:
        quotes = _quotes(reading)
        findings = tuple(_finding(match, quotes) for match in reading.matches)
        criteria = tuple(_judgements(reading, findings, quotes))
        return self._evaluation(
            reading,
            criteria,
            evidence=quotes.evidence,
            findings=findings,
            feedback=_feedback(reading, findings),
            strengths=tuple(
                Remark(f"Your words fit this point: {f.text}", f.evidence_index)
                for f in findings
                if f.coverage is Coverage.COVERED
            ),
            improvements=_improvements(reading, findings),
            better_answer=_better_answer(reading, findings),
        )

    def _no_answer(self, reading: _Reading) -> Evaluation:
        findings = tuple(
            KeyPointFinding(m.key_point.id, m.key_point.text, Coverage.MISSING, m.key_point.weight)
            for m in reading.matches
        )
        reason = "Nothing in it answers the question, so none of its key points is made."
        return self._evaluation(
            reading,
            tuple(CriterionJudgement(c, float(LOWEST_LEVEL), reason) for c in Criterion),
            findings=findings,
            feedback=f"There is no answer to judge here yet. {_better_than_nothing(reading)}",
            improvements=_improvements(reading, findings),
        )

    def _evaluation(
        self,
        reading: _Reading,
        criteria: tuple[CriterionJudgement, ...],
        *,
        findings: tuple[KeyPointFinding, ...],
        feedback: str,
        improvements: tuple[Remark, ...],
        evidence: tuple[Evidence, ...] = (),
        strengths: tuple[Remark, ...] = (),
        better_answer: str = "",
    ) -> Evaluation:
        overall = overall_score(criteria, self._rubrics[reading.question.kind].weights)
        return Evaluation(
            evaluator=BUILT_IN,
            version=VERSION,
            overall=None if overall is None else self._range(overall, reading),
            criteria=criteria,
            evidence=evidence,
            key_points=findings,
            feedback=feedback,
            strengths=strengths,
            improvements=improvements,
            better_answer=better_answer,
        )

    def _range(self, overall: float, reading: _Reading) -> ScoreRange:
        fitted = self._learned().grader.fitted
        bands: Bands = fitted.by_key_points if reading.points is None else fitted.by_reference
        return score_range(overall, bands.half_width(overall))


class _Quotes:
    """The evidence, in the order in which it stands in the answer; a sentence is quoted once."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._sentences = sorted(set(sentences), key=lambda sentence: sentence.start)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(_evidence(sentence) for sentence in self._sentences)

    def index(self, sentence: Sentence) -> int:
        """Where a sentence's quote stands."""
        return self._sentences.index(sentence)


def _evidence(sentence: Sentence) -> Evidence:
    quote = sentence.text[:MOST_QUOTE_CHARACTERS].rstrip()
    return Evidence(quote, sentence.start, sentence.start + len(quote))


def _quotes(reading: _Reading) -> _Quotes:
    """What makes key points and, when anything does, the opening and the most developed sentence."""
    making = [
        m.sentence for m in reading.matches if m.sentence and m.coverage is not Coverage.MISSING
    ]
    if reading.points is not None:
        return _Quotes(making or _nearest(reading))
    shown = [reading.told[0], _most_developed(reading)] if making else []
    return _Quotes([*making, *shown])


def _nearest(reading: _Reading) -> list[Sentence]:
    """What a grade that is not low rests on where no single point was found."""
    if (reading.points or 0.0) <= points(_UNQUOTED_CEILING):
        return []
    best = max(reading.matches, key=lambda match: match.strength)
    return [best.sentence or _most_developed(reading)]


def _most_developed(reading: _Reading) -> Sentence:
    return max(reading.told, key=lambda sentence: len(sentence.stems))


def _better_than_nothing(reading: _Reading) -> str:
    if is_story(reading.question):
        return "A small example of your own is worth more than leaving it open."
    return "Saying what you would look at first, and why, is worth more than leaving it open."


def _void(feedback: str) -> Evaluation:
    reason = "Not assessed."
    return Evaluation(
        BUILT_IN,
        VERSION,
        None,
        tuple(CriterionJudgement(criterion, None, reason) for criterion in Criterion),
        feedback=feedback,
    )


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


def _finding(match: Match, quotes: _Quotes) -> KeyPointFinding:
    is_made = match.coverage is not Coverage.MISSING and match.sentence is not None
    index = quotes.index(match.sentence) if is_made and match.sentence else None
    point = match.key_point
    return KeyPointFinding(point.id, point.text, match.coverage, point.weight, index)


def _judgements(
    reading: _Reading, findings: Sequence[KeyPointFinding], quotes: _Quotes
) -> list[CriterionJudgement]:
    made = sorted({f.evidence_index for f in findings if f.evidence_index is not None})
    quoted = tuple(made)
    if reading.points is not None:
        return _graded_judgements(reading, reading.points, findings, quotes)
    relevance = min(1.0, reading.covered_share / 0.4)
    full = full_length(reading.question.reference_answer)
    opening = (quotes.index(reading.told[0]),) if quoted else ()
    developed = (quotes.index(_most_developed(reading)),) if quoted else ()
    return [
        _judgement(Criterion.CORRECTNESS, _correctness(reading), quoted),
        _judgement(Criterion.CLARITY, _gated(clarity(reading.relevant), relevance), quoted[:1]),
        _judgement(Criterion.COMMUNICATION, _gated(_telling(reading), relevance), opening),
        _judgement(Criterion.DEPTH, _gated(depth(reading.relevant, full), relevance), developed),
        _judgement(Criterion.COMPLETENESS, _completeness(reading, findings), quoted),
    ]


def _graded_judgements(
    reading: _Reading, grade: float, findings: Sequence[KeyPointFinding], quotes: _Quotes
) -> list[CriterionJudgement]:
    """The grade speaks of what is said; nothing was learned about how it is told."""
    quoted = tuple(range(len(quotes.evidence)))
    said = {
        Criterion.CORRECTNESS: _main_point_said(reading),
        Criterion.COMPLETENESS: _made_said(findings),
    }
    return [
        _judgement(criterion, Measured(grade / 100, said[criterion]), quoted)
        if criterion in said
        else CriterionJudgement(criterion, None, _HOW_IS_NOT_JUDGED)
        for criterion in Criterion
    ]


def _judgement(
    criterion: Criterion, measured: Measured, evidence: tuple[int, ...]
) -> CriterionJudgement:
    level = LOWEST_LEVEL + (HIGHEST_LEVEL - LOWEST_LEVEL) * min(1.0, max(0.0, measured.value))
    if not evidence:
        level = min(level, _UNQUOTED_CEILING)
    return CriterionJudgement(criterion, level, measured.said, evidence)


def _gated(measured: Measured, relevance: float) -> Measured:
    """How well it is told counts only as far as it is about the question."""
    return Measured(measured.value * (0.3 + 0.7 * relevance), measured.said)


def _correctness(reading: _Reading) -> Measured:
    if not reading.matches:
        return Measured(0.0, "There is no reference to compare with.")
    share, core = reading.covered_share, reading.core_share
    value = 0.5 * min(1.0, core / 0.95) + 0.5 * min(1.0, share / 0.85)
    if is_story(reading.question):
        value = 0.65 * min(1.0, share / 0.85) + 0.35 * reading.story_share
        value *= reading.on_topic * min(1.0, share / 0.15)
    return Measured(value, _main_point_said(reading))


def _main_point_said(reading: _Reading) -> str:
    if reading.is_list:
        return "It reads as a list of terms; none of them is explained in a sentence."
    main = max(reading.matches, key=lambda m: (m.key_point.weight, m.strength))
    made = {
        Coverage.COVERED: "The main point is made",
        Coverage.PARTLY: "The main point is touched, not made",
        Coverage.MISSING: "The main point is not made",
    }[main.coverage]
    return f"{made}: {main.key_point.text}"


def _completeness(reading: _Reading, findings: Sequence[KeyPointFinding]) -> Measured:
    value = min(1.0, reading.covered_share / 0.95)
    said = _made_said(findings)
    if is_story(reading.question):
        value = 0.75 * min(1.0, reading.covered_share / 0.95) + 0.25 * reading.story_share
        value *= reading.on_topic
        said += f" {_story_said(reading)}" if reading.tells_star else ""
    return Measured(value, said)


def _made_said(findings: Sequence[KeyPointFinding]) -> str:
    made = sum(finding.coverage is Coverage.COVERED for finding in findings)
    partly = sum(finding.coverage is Coverage.PARTLY for finding in findings)
    more = f", {partly} more partly." if partly else "."
    return f"{made} of {len(findings)} key points are made{more}"


def _story_said(reading: _Reading) -> str:
    missing = [part for part in STAR if part not in reading.story]
    if not missing:
        return "Situation, task, action and result can be told apart."
    return f"Not recognised in the story: {', '.join(missing)}."


def _telling(reading: _Reading) -> Measured:
    """Communication; a list of terms has no thread."""
    measured = communication(reading.relevant, full_length(reading.question.reference_answer))
    if reading.is_list:
        return Measured(0.0, "It is a list of terms, without sentences to follow.")
    return measured


def _feedback(reading: _Reading, findings: Sequence[KeyPointFinding]) -> str:
    if reading.is_list:
        return (
            "This reads as a list of terms. Say in sentences what each of them does here and why; "
            "only then can a listener tell that you know it."
        )
    made = [f for f in findings if f.coverage is Coverage.COVERED]
    missing = [f for f in findings if f.coverage is Coverage.MISSING]
    if not made and len(missing) == len(findings):
        if (reading.points or 0.0) >= _FAIR_POINTS:
            return (
                "On the whole it comes close to the reference answer, yet none of its points was found "
                "one by one. Compare the two."
            )
        return (
            "None of the points that a good answer covers was found in it. Compare it with the key "
            "points below, and try again in your own words."
        )
    partly = len(findings) - len(made) - len(missing)
    first = f"{len(made)} of {len(findings)} key points {'is' if len(made) == 1 else 'are'} clearly made"
    first += f", {partly} more partly." if partly else "."
    if not missing:
        return f"{first} Nothing that matters is left out."
    weightiest = max(missing, key=lambda f: f.weight)
    return f"{first} What would help most: {_lower_first(weightiest.text)}"


def _improvements(reading: _Reading, findings: Sequence[KeyPointFinding]) -> tuple[Remark, ...]:
    ordered = sorted(findings, key=lambda f: -f.weight)
    remarks = [
        Remark(f"Not found yet: {f.text}") for f in ordered if f.coverage is Coverage.MISSING
    ]
    remarks += [
        Remark(f"Say this more fully: {f.text}", f.evidence_index)
        for f in ordered
        if f.coverage is Coverage.PARTLY
    ]
    if reading.tells_star and not all(part in reading.story for part in STAR):
        remarks.append(Remark(_story_said(reading)))
    return tuple(remarks)


def _better_answer(reading: _Reading, findings: Sequence[KeyPointFinding]) -> str:
    """All of the candidate's own sentences, then a marked blank for each point not found in them."""
    if not any(finding.coverage is not Coverage.MISSING for finding in findings):
        return ""
    own = [sentence.text for sentence in reading.told]
    blanks = [
        f"[to fill in: {_lower_first(f.text).rstrip('.')}]"
        for f in findings
        if f.coverage is Coverage.MISSING
    ]
    return " ".join([*own, *blanks])


def _lower_first(text: str) -> str:
    keeps_case = len(text) > 1 and text[1].isupper()
    return text if keeps_case or text.startswith("I ") else text[:1].lower() + text[1:]
