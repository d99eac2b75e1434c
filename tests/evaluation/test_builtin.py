"""The built-in evaluator on the real questions: what is right scores high, what is worth nothing low."""

from collections.abc import Callable
from functools import cache
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapters.practice_interviewer import PracticeInterviewer
from core.adapters.word_vectors import WordTable
from core.domain.evaluation import Coverage, Evaluation, Remark
from core.domain.question import Kind, Question
from core.domain.rubric import Criterion
from core.evaluation.text import content_stems, sentences
from tests.builders import GRADER, KEY_POINTS, a_question, real_content, real_interviewer
from tests.evaluation.texts import GERMAN_ANSWER, GIBBERISH, INJECTION, OFF_TOPIC, REFUSALS

_CONTENT = real_content()
_INTERVIEWER = real_interviewer()
_QUESTIONS = (_CONTENT.opener, *_CONTENT.questions)
_BY_ID = {question.id: question for question in _QUESTIONS}
_SAMPLE = tuple(islice(_QUESTIONS, 0, None, 12))
"""Every twelfth question, of all files and kinds, for properties that do not depend on the words."""


def _evaluate(question: Question, answer: str) -> Evaluation:
    return _INTERVIEWER.glance(question, answer)


def _score(question: Question, answer: str) -> float:
    overall = _evaluate(question, answer).overall
    assert overall is not None, "the answer was void"
    return overall.score


@cache
def _of_reference(question_id: str) -> Evaluation:
    """The judgement of a question's own reference answer."""
    question = _BY_ID[question_id]
    return _evaluate(question, question.reference_answer)


def _reference_score(question_id: str) -> float:
    overall = _of_reference(question_id).overall
    assert overall is not None, "the reference answer was void"
    return overall.score


def _not_low(answer: Callable[[Question], str]) -> dict[str, float]:
    """The questions at which an answer scores above 30, or less than 25 below the reference answer."""
    scores = {q.id: _score(q, answer(q)) for q in _QUESTIONS}
    return {
        key: score for key, score in scores.items() if score > min(30, _reference_score(key) - 25)
    }


# --- every question of the bank -----------------------------------------------------------------


def test_reference_answer_of_every_question_scores_at_least_80() -> None:
    scores = {q.id: _reference_score(q.id) for q in _QUESTIONS}
    assert {key: score for key, score in scores.items() if score < 80} == {}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_not_knowing_scores_low(refusal: str) -> None:
    assert _not_low(lambda _: refusal) == {}


def test_repeating_the_question_scores_low() -> None:
    assert _not_low(lambda question: question.text) == {}


def test_repeating_the_question_twice_scores_low() -> None:
    assert _not_low(lambda question: f"{question.text} {question.text}") == {}


def test_keyboard_gibberish_scores_low() -> None:
    assert _not_low(lambda _: GIBBERISH) == {}


def test_long_list_of_the_terms_of_the_competency_scores_low() -> None:
    assert _not_low(_terms_of_the_competency) == {}


@pytest.mark.parametrize("story", OFF_TOPIC)
def test_text_about_something_else_scores_low(story: str) -> None:
    assert _not_low(lambda _: OFF_TOPIC[story]) == {}


def test_order_to_give_full_marks_scores_low() -> None:
    assert _not_low(lambda _: INJECTION) == {}


@pytest.mark.parametrize("story", OFF_TOPIC)
def test_unrelated_sentences_never_raise_a_score_where_no_story_is_asked_for(story: str) -> None:
    padded = {
        q.id: _score(q, f"{q.reference_answer}\n{_unrelated(q, OFF_TOPIC[story])}")
        for q in _QUESTIONS
        if q.kind not in (Kind.BEHAVIORAL, Kind.MOTIVATION)
    }
    assert {key: s for key, s in padded.items() if s > _reference_score(key) + 1e-9} == {}


def test_half_of_the_reference_answer_never_scores_more_than_all_of_it() -> None:
    halves = {q.id: _score(q, _first_half(q.reference_answer)) for q in _QUESTIONS}
    assert {key: s for key, s in halves.items() if s > _reference_score(key) + 1} == {}


def test_capitals_make_no_difference() -> None:
    scores = {q.id: _score(q, q.reference_answer.lower()) for q in _SAMPLE}
    assert scores == {q.id: _reference_score(q.id) for q in _SAMPLE}


def _terms_of_the_competency(question: Question) -> str:
    alike = (q for q in _QUESTIONS if q.competency == question.competency)
    return ", ".join(dict.fromkeys(topic for q in (question, *alike) for topic in q.topics))


def _unrelated(question: Question, story: str) -> str:
    """The sentences of a story that share no word with the question or a good answer to it."""
    wordings = [
        wording for point in question.key_points for wording in (point.text, *point.wordings)
    ]
    told = [question.text, question.intent, *question.topics, question.reference_answer, *wordings]
    own = set(content_stems(" ".join(told)))
    return " ".join(s.text for s in sentences(story) if own.isdisjoint(s.stems))


def _first_half(text: str) -> str:
    parts = text.split(". ")
    return ". ".join(parts[: len(parts) // 2])


# --- evidence -----------------------------------------------------------------------------------

_GAPS = (". ", "\n", " ", "; ", "… ", "!\n\n  ", "\u00a0", "”) ", "\r\n", "\U0001f600")


@st.composite
def _answered(draw: st.DrawFn) -> tuple[Question, str]:
    """A question, and an answer of its reference's sentences between anything else."""
    question = draw(st.sampled_from(_SAMPLE))
    own = st.sampled_from(question.reference_answer.split(". "))
    junk = st.sampled_from([*REFUSALS, GIBBERISH, "É…", ""]) | st.text(max_size=30)
    parts = draw(st.lists(st.tuples(own | junk, st.sampled_from(_GAPS)), max_size=6))
    return question, "".join(sentence + gap for sentence, gap in parts)


def test_every_reference_answer_is_quoted() -> None:
    assert [q.id for q in _QUESTIONS if not _of_reference(q.id).evidence] == []


@given(_answered())
def test_every_quote_is_a_verbatim_part_of_the_answer(told: tuple[Question, str]) -> None:
    question, answer = told
    for evidence in _evaluate(question, answer).evidence:
        assert answer[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote


@given(_answered())
def test_levels_lie_between_1_and_5(told: tuple[Question, str]) -> None:
    question, answer = told
    levels = [j.level for j in _evaluate(question, answer).criteria if j.level is not None]
    assert all(1 <= level <= 5 for level in levels)


@given(_answered())
def test_level_that_is_not_low_rests_on_evidence(told: tuple[Question, str]) -> None:
    question, answer = told
    for judgement in _evaluate(question, answer).criteria:
        assert judgement.evidence_indexes or judgement.level is None or judgement.level < 2.5


@pytest.mark.parametrize("question", _SAMPLE, ids=lambda q: q.id)
def test_well_told_answer_to_another_question_has_no_level_without_evidence(
    question: Question,
) -> None:
    for other in _SAMPLE:
        for judgement in _evaluate(question, other.reference_answer).criteria:
            assert judgement.evidence_indexes or (judgement.level or 1) < 2.5


@pytest.mark.parametrize("question", _SAMPLE, ids=lambda q: q.id)
def test_repeated_question_makes_no_key_point(question: Question) -> None:
    found = _evaluate(question, f"{question.text}\n{question.reference_answer}")
    made = [
        found.evidence[f.evidence_index] for f in found.key_points if f.evidence_index is not None
    ]
    assert made
    assert all(quote.start > len(question.text) for quote in made)


@given(_answered())
def test_every_index_points_to_a_quote(told: tuple[Question, str]) -> None:
    question, answer = told
    found = _evaluate(question, answer)
    indexes = [i for judgement in found.criteria for i in judgement.evidence_indexes]
    indexes += [r.evidence_index for r in _remarks(found) if r.evidence_index is not None]
    indexes += [f.evidence_index for f in found.key_points if f.evidence_index is not None]
    assert all(0 <= index < len(found.evidence) for index in indexes)


@given(_answered())
def test_same_answer_gets_the_same_judgement(told: tuple[Question, str]) -> None:
    question, answer = told
    assert _evaluate(question, answer) == _evaluate(question, answer)


@given(_answered())
def test_range_holds_the_score_within_0_and_100(told: tuple[Question, str]) -> None:
    question, answer = told
    overall = _evaluate(question, answer).overall
    assert overall is None or -1e-9 <= overall.low <= overall.score <= overall.high + 1e-9


@given(_answered())
def test_better_answer_says_only_what_the_candidate_said(told: tuple[Question, str]) -> None:
    question, answer = told
    better = _evaluate(question, answer).better_answer
    own = better.split(" [to fill in:")[0]
    if not own.startswith("[to fill in:"):
        assert all(word in answer for word in own.split())


def _remarks(evaluation: Evaluation) -> list[Remark]:
    return [*evaluation.strengths, *evaluation.improvements]


# --- what the candidate is told -----------------------------------------------------------------


@pytest.mark.parametrize("question", _SAMPLE, ids=lambda q: q.id)
def test_missing_key_points_are_named_among_the_improvements(question: Question) -> None:
    found = _evaluate(question, question.reference_answer.split(". ")[0])
    named = [remark.text for remark in found.improvements]
    assert found.missing
    assert {f"Not found yet: {finding.text}" for finding in found.missing} <= set(named)


@pytest.mark.parametrize("question", _SAMPLE, ids=lambda q: q.id)
def test_every_key_point_of_the_question_has_a_finding(question: Question) -> None:
    found = _evaluate(question, question.reference_answer)
    assert [f.key_point_id for f in found.key_points] == [k.id for k in question.key_points]


def test_weightiest_missing_point_comes_first() -> None:
    improvements = _evaluate(a_question(), "I don't know.").improvements
    heaviest = max(KEY_POINTS, key=lambda key_point: key_point.weight)
    assert improvements[0].text == f"Not found yet: {heaviest.text}"


def test_feedback_names_the_most_important_gap() -> None:
    question = _BY_ID["backend-put-or-post"]
    found = _evaluate(question, "I POST to the collection, and the server picks the id.")
    assert found.feedback.endswith(found.missing[0].text[1:])


def test_made_point_is_a_strength_with_its_quote() -> None:
    question = _BY_ID["backend-put-or-post"]
    found = _evaluate(question, question.reference_answer)
    made = [f for f in found.key_points if f.coverage is Coverage.COVERED]
    assert [s.evidence_index for s in found.strengths] == [f.evidence_index for f in made]
    assert all(strength.evidence_index is not None for strength in found.strengths)


def test_answer_that_makes_no_point_gets_no_praise_and_no_better_answer() -> None:
    found = _evaluate(_BY_ID["backend-put-or-post"], OFF_TOPIC["cooking story"])
    assert (found.strengths, found.better_answer) == ((), "")


def test_missing_point_is_a_marked_blank_in_the_better_answer() -> None:
    question = _BY_ID["backend-put-or-post"]
    found = _evaluate(
        question, "To create one I POST to the collection, and the server picks the id."
    )
    assert found.better_answer.count("[to fill in:") == len(found.missing) > 0


def test_every_criterion_is_judged_with_a_reason() -> None:
    found = _evaluate(a_question(), "I would measure first, because guessing costs time.")
    assert {j.criterion for j in found.criteria} == set(Criterion)
    assert all(judgement.reason for judgement in found.criteria)


@pytest.mark.parametrize(
    "answer",
    [
        "indexes, caching, profiling, sharding, replicas, pooling",
        "query plan, database index, read replica",
        "Indexing and caching, connection pooling.",
    ],
)
def test_list_of_terms_is_told_to_become_sentences(answer: str) -> None:
    assert "list of terms" in _evaluate(a_question(), answer).feedback


# --- what is not judged -------------------------------------------------------------------------


def test_german_answer_is_void() -> None:
    found = _evaluate(a_question(), GERMAN_ANSWER)
    assert found.overall is None
    assert {judgement.level for judgement in found.criteria} == {None}


def test_german_answer_is_told_that_english_is_read() -> None:
    assert "English" in _evaluate(a_question(), GERMAN_ANSWER).feedback


def test_no_reference_answer_of_the_bank_is_taken_for_another_language() -> None:
    void = [q.id for q in _QUESTIONS if _of_reference(q.id).overall is None]
    assert void == []


@pytest.mark.parametrize("kind", Kind)
def test_question_without_key_points_can_be_judged(kind: Kind) -> None:
    question = a_question(kind=kind, key_points=(), reference_answer="")
    assert _score(question, "I measure first. Then I add an index.") <= 20


def test_range_of_a_score_by_key_points_is_as_wide_as_measured() -> None:
    overall = _evaluate(_BY_ID["backend-put-or-post"], "PUT replaces the whole record.").overall
    assert overall is not None
    width = _INTERVIEWER.fitted.by_key_points.half_width(overall.score)
    assert overall.high - overall.score == pytest.approx(width)


def test_loading_twice_reads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    interviewer = PracticeInterviewer(_CONTENT, GRADER)
    interviewer.load()
    monkeypatch.setattr(WordTable, "bundled", None)
    interviewer.load()


def test_sentence_that_denies_the_reference_makes_no_point() -> None:
    question = _BY_ID["backend-put-or-post"]
    first = sentences(question.reference_answer)[-1].text
    assert _score(question, first) > _score(question, first.replace("creates", "never creates"))


def test_answer_to_a_neighbouring_question_counts_less() -> None:
    question = _BY_ID["frontend-div-button"]
    other = _BY_ID["frontend-modal-dialog"].reference_answer
    assert _score(question, other) <= 40


def test_evaluator_names_itself_and_its_version() -> None:
    found = _evaluate(a_question(), "I measure first.")
    assert (found.evaluator, found.version) == (_INTERVIEWER.name, "3")
