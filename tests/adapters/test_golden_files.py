"""The golden answers: their schema, and what makes them fit to measure with."""

import shutil
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml

from core.adapters.golden_files import HELD_OUT, LENGTHS, read_golden_answers
from core.adapters.yaml_files import ContentError
from core.domain.golden import GoldenAnswer, Quality
from core.domain.question import Kind
from core.domain.rubric import Criterion
from core.evaluation.text import words
from tests.builders import DATA, real_content

_ANSWERS = read_golden_answers(DATA)
_QUESTIONS = {question.id: question for question in real_content().questions}
_COPIED_WORDS = 8
"""A run of so many words in common is a quotation."""


def _by_question() -> dict[str, dict[Quality, GoldenAnswer]]:
    grouped: dict[str, dict[Quality, GoldenAnswer]] = defaultdict(dict)
    for golden in _ANSWERS:
        grouped[golden.question_id][golden.quality] = golden
    return grouped


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + _COPIED_WORDS]) for at in range(len(found) - _COPIED_WORDS + 1)}


def _name(golden: GoldenAnswer) -> str:
    return f"{golden.question_id} {golden.quality}"


def test_there_are_at_least_60_answers() -> None:
    assert len(_ANSWERS) >= 60


def test_every_question_is_in_the_bank() -> None:
    assert {golden.question_id for golden in _ANSWERS} <= set(_QUESTIONS)


def test_every_question_has_one_answer_of_each_quality() -> None:
    assert len(_ANSWERS) == len(Quality) * len(_by_question())
    assert [i for i, answers in _by_question().items() if set(answers) != set(Quality)] == []


def test_questions_are_of_every_kind_and_difficulty() -> None:
    asked = [_QUESTIONS[i] for i in _by_question()]
    assert {question.kind for question in asked} == set(Kind)
    assert {question.difficulty for question in asked} == {1, 2, 3, 4, 5}


def test_questions_of_at_least_8_roles_are_answered() -> None:
    roles = {role for i in _by_question() for role in _QUESTIONS[i].roles}
    assert len(roles) >= 8


def test_levels_of_all_criteria_lie_between_1_and_5() -> None:
    wrong = [
        _name(golden)
        for golden in _ANSWERS
        if set(golden.levels) != set(Criterion)
        or not set(golden.levels.values()) <= {1, 2, 3, 4, 5}
    ]
    assert wrong == []


@pytest.mark.parametrize("criterion", Criterion)
def test_strong_answers_have_higher_levels_than_weak_ones(criterion: Criterion) -> None:
    means = {q: mean(g.levels[criterion] for g in _ANSWERS if g.quality is q) for q in Quality}
    assert means[Quality.WEAK] < means[Quality.STRONG]


def test_mean_level_of_each_question_rises_with_the_quality() -> None:
    wrong = [
        question_id
        for question_id, answers in _by_question().items()
        if any(
            mean(answers[worse].levels.values()) >= mean(answers[better].levels.values())
            for worse, better in pairwise(Quality)
        )
    ]
    assert wrong == []


def test_no_answer_quotes_its_reference_answer() -> None:
    copied = [
        _name(golden)
        for golden in _ANSWERS
        if _runs(golden.answer) & _runs(_QUESTIONS[golden.question_id].reference_answer)
    ]
    assert copied == []


def test_answers_are_as_long_as_spoken_ones() -> None:
    lengths = {_name(g): len(g.answer.split()) for g in _ANSWERS if g.quality is not Quality.WEAK}
    assert [name for name, length in lengths.items() if not 60 <= length <= 170] == []


def test_every_answer_says_why() -> None:
    assert [_name(golden) for golden in _ANSWERS if not golden.why] == []


# --- answers that nothing was mended on ----------------------------------------------------------


@pytest.mark.parametrize("name", [HELD_OUT, LENGTHS])
def test_further_answers_are_to_other_questions_of_the_bank(name: str) -> None:
    asked = {golden.question_id for golden in read_golden_answers(DATA, name)}
    assert asked <= set(_QUESTIONS)
    assert asked.isdisjoint(golden.question_id for golden in _ANSWERS)


@pytest.mark.parametrize("name", [HELD_OUT, LENGTHS])
def test_no_further_answer_quotes_its_reference_answer(name: str) -> None:
    copied = [
        _name(golden)
        for golden in read_golden_answers(DATA, name)
        if _runs(golden.answer) & _runs(_QUESTIONS[golden.question_id].reference_answer)
    ]
    assert copied == []


def test_30_further_questions_have_one_answer_of_each_quality() -> None:
    found = [(golden.question_id, golden.quality) for golden in read_golden_answers(DATA, HELD_OUT)]
    assert len(found) == len(set(found)) == 30 * len(Quality)


def test_weak_answers_of_the_opposite_length_are_longer_than_strong_ones() -> None:
    answers = read_golden_answers(DATA, LENGTHS)
    lengths = {q: [len(g.answer.split()) for g in answers if g.quality is q] for q in Quality}
    assert min(lengths[Quality.WEAK]) > max(lengths[Quality.STRONG])


# --- broken files -------------------------------------------------------------------------------


def _broken(folder: Path, **changes: Any) -> Path:
    """A copy of the golden answers whose first one is changed."""
    shutil.copytree(DATA / "golden", folder / "golden")
    path = folder / "golden" / "answers.yaml"
    rows = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump([rows[0] | changes]))
    return folder


@pytest.mark.parametrize(
    "change",
    [
        {"quality": "superb"},
        {"levels": {"correctness": 5}},
        {"levels": dict.fromkeys(map(str, Criterion), 6)},
        {"answer": None},
        {"mood": "good"},
    ],
)
def test_answer_against_the_schema_is_refused_with_the_place(
    tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(ContentError, match=rf"answers\.yaml(.|\n)*0\.(.|\n)*{next(iter(change))}"):
        read_golden_answers(_broken(tmp_path, **change))
