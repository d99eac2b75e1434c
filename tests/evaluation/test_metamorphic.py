"""What must happen to a score when an answer is changed in a known way.

Tolerances are in points of 100. The bank's own answers are long (about 130 words), real graded answers
short (about 20), so that one lost word weighs more there.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from statistics import mean

import pytest

from core.domain.question import Kind, Origin, Question
from core.evaluation.terms import terms
from core.evaluation.text import sentences
from tests.adapters.documents import BENCH_DATA
from tests.builders import real_content, real_interviewer
from tests.evaluation.texts import PADDING

_CONTENT = real_content()
_INTERVIEWER = real_interviewer()
_STORIES = (Kind.BEHAVIORAL, Kind.MOTIVATION)
_QUESTIONS = tuple(q for q in _CONTENT.questions if q.kind not in _STORIES)
_SAMPLE = _QUESTIONS[::4]
"""Every fourth question that asks for no story."""


def _score(question: Question, answer: str) -> float:
    overall = _INTERVIEWER.glance(question, answer).overall
    assert overall is not None, "the answer was void"
    return overall.score


@cache
def _own(question_id: str) -> float:
    question = next(q for q in _QUESTIONS if q.id == question_id)
    return _score(question, question.reference_answer)


def _changed(change: Callable[[str], str]) -> list[tuple[float, float]]:
    """For each question of the sample the score before and after the change."""
    return [(_own(q.id), _score(q, change(q.reference_answer))) for q in _SAMPLE]


# --- whose answer it is ------------------------------------------------------------------------


def test_answer_to_another_question_of_the_competency_scores_at_most_40() -> None:
    """Each question with the answers of the two next ones; for stories see below."""
    found = {
        q.id: max((_score(q, o.reference_answer) for o in _siblings(q)), default=0.0)
        for q in _QUESTIONS
    }
    assert {key: score for key, score in found.items() if score > 40} == {}


def test_answer_to_a_question_on_something_else_scores_at_most_20() -> None:
    """Each question with the answers of two others, of other competencies, topics and roles."""
    found = {
        (q.id, other.id): _score(q, other.reference_answer)
        for q in _QUESTIONS
        for other in _strangers(q)
    }
    assert {key: score for key, score in found.items() if score > 20} == {}


def test_technical_answer_tells_no_story() -> None:
    """At most 40; another true story of one's own may well be an answer, and is not held against it."""
    stories = [q for q in _CONTENT.questions if q.kind in _STORIES]
    found = {q.id: _score(q, _QUESTIONS[n].reference_answer) for n, q in enumerate(stories)}
    assert {key: score for key, score in found.items() if score > 40} == {}


def _siblings(question: Question) -> list[Question]:
    alike = [q for q in _QUESTIONS if q.competency == question.competency]
    at = alike.index(question)
    return [q for q in (*alike[at + 1 :], *alike[:at]) if q.id != question.id][:2]


def _strangers(question: Question) -> list[Question]:
    """Questions of other competencies that share no topic and no role with this one."""
    far = [
        q
        for q in _QUESTIONS
        if q.competency != question.competency
        and not {*q.topics, *q.roles} & {*question.topics, *question.roles}
    ]
    return random.Random(question.id).sample(far, 2)


# --- the same answer, changed ------------------------------------------------------------------


def test_capitals_change_nothing() -> None:
    """Within 1 point: only abbreviations that end a sentence are read otherwise."""
    assert all(abs(after - before) <= 1 for before, after in _changed(str.upper))


def test_200_irrelevant_words_never_help() -> None:
    """Within 3 points: a sentence that shares a word with the question counts in how it is told."""
    pairs = _changed(lambda answer: f"{answer} {PADDING}")
    assert all(after <= before + 3 for before, after in pairs)


def test_200_irrelevant_words_leave_most_of_a_right_answer() -> None:
    pairs = _changed(lambda answer: f"{answer} {PADDING}")
    assert all(after >= before - 30 for before, after in pairs)


def test_question_put_before_the_answer_changes_little() -> None:
    """At most 5 points: a sentence more is told before the point."""
    pairs = [(_own(q.id), _score(q, f"{q.text} {q.reference_answer}")) for q in _SAMPLE]
    assert all(abs(after - before) <= 5 for before, after in pairs)


@pytest.mark.parametrize("between", [", ", " ", "\n"])
def test_key_terms_without_sentences_score_low(between: str) -> None:
    """At most 30, the bound of a low score."""
    scores = {q.id: _score(q, between.join(_terms(q))) for q in _SAMPLE}
    assert {key: score for key, score in scores.items() if score > 30} == {}


def test_denied_facts_never_help() -> None:
    assert all(after <= before for before, after in _changed(_denied))


def test_denied_facts_cost_a_quarter_of_the_score_on_average() -> None:
    """On average only: what a sentence says in other words than the reference is not seen as denied."""
    pairs = _changed(_denied)
    assert mean(after for _, after in pairs) <= 0.75 * mean(before for before, _ in pairs)


def test_typing_slips_cost_little() -> None:
    """One word in twenty has two letters swapped: at most 10 points, since rare words may be hit."""
    assert all(before - after <= 10 for before, after in _changed(_mistyped))


def test_sentences_in_another_order_change_little() -> None:
    """At most 8 points: two neighbours can make a point together, and the opening is another."""
    assert all(abs(after - before) <= 8 for before, after in _changed(_reordered))


def _terms(question: Question) -> list[str]:
    """Every word with content of the key points, once."""
    found = [term.word for point in question.key_points for term in terms(point.text)]
    return list(dict.fromkeys(found))


_VERB = re.compile(r"\b(is|are|was|were|can|will|would|should|must|may|do|does|has|have)\b(?! not)")


def _denied(text: str) -> str:
    return " ".join(_turned(sentence.text) for sentence in sentences(text))


def _turned(sentence: str) -> str:
    turned = _VERB.sub(r"\1 not", sentence, count=1)
    return turned if turned != sentence else f"It is not true that {sentence}"


def _mistyped(text: str) -> str:
    draw = random.Random(4)
    return " ".join(_slipped(word) if draw.random() < 0.05 else word for word in text.split(" "))


def _slipped(word: str) -> str:
    at = len(word) // 2
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if len(word) > 3 else word


def _reordered(text: str) -> str:
    told = [sentence.text for sentence in sentences(text)]
    random.Random(5).shuffle(told)
    return " ".join(told)


# --- real answers, with a reference alone ------------------------------------------------------


@cache
def _graded() -> tuple[tuple[Question, str, float], ...]:
    """Every twentieth graded answer with its question and its grade (0–5)."""
    graded_answers = pytest.importorskip("bench.graded_answers", reason="benches need dev packages")
    folder = BENCH_DATA / "graded_answers"
    if not folder.is_dir():
        pytest.skip("BENCH_DATA has no graded_answers: real answers are not here.")
    answers = graded_answers.graded_answers(folder, "Mohler")[::20]
    return tuple((_by_reference(a.question, a.reference), a.answer, a.grade) for a in answers)


def _by_reference(text: str, reference: str) -> Question:
    return Question("graded", text, Kind.TECHNICAL, "", 3, Origin.BANK, reference_answer=reference)


def _scores(change: Callable[[Question, str], str]) -> tuple[float, float]:
    """Mean scores of real answers that people found good (4 and more), before and after a change."""
    good = [(question, answer) for question, answer, grade in _graded() if grade >= 4]
    before = mean(_score(question, answer) for question, answer in good)
    return before, mean(_score(question, change(question, answer)) for question, answer in good)


@pytest.mark.parametrize(
    ("change", "lowest", "highest"),
    [
        (lambda _, a: a.upper(), -1, 1),
        (lambda _, a: _mistyped(a), -6, 1),
        (lambda _, a: _reordered(a), -1, 1),
        (lambda q, a: f"{q.text} {a}", -8, 2),
        (lambda _, a: f"{a} {PADDING}", -60, -10),
        (lambda _, a: _denied(a), -40, 1),
    ],
    ids=["capitals", "typing slips", "another order", "question before", "padding", "denied"],
)
def test_real_good_answers_move_the_right_way(
    change: Callable[[Question, str], str], lowest: float, highest: float
) -> None:
    """The mean moves between the two bounds; a denial in other words is mostly not seen."""
    before, after = _scores(change)
    assert lowest <= after - before <= highest


@pytest.mark.parametrize(
    ("told", "highest"),
    [
        (lambda _: "", 0),
        (lambda _: "I don't know.", 0),
        (lambda q: q.text, 15),
        (lambda _: PADDING, 30),
        (lambda _: "asdf jkl qwerty uiop", 50),
    ],
    ids=["nothing", "refusal", "question", "irrelevant", "gibberish"],
)
def test_no_answer_to_a_real_question_scores_low(
    told: Callable[[Question], str], highest: float
) -> None:
    """The mean over real questions; nonsense of a few words is seen least well."""
    assert mean(_score(question, told(question)) for question, _, _ in _graded()) <= highest
