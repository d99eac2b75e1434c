from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidInputError
from core.domain.preparation import (
    MOST_A_DAY,
    AnswerEvidence,
    GivenAnswer,
    Requirement,
    Standing,
    around,
    checked_preparation,
    gaps,
    is_storable,
    plan_until,
    required,
)
from core.domain.profile import Skill, Span
from tests.builders import NOW
from tests.learning_doubles import JOB, a_preparation

TODAY = date(2026, 3, 2)


def evidence(score: float, *, is_asked: bool = True) -> AnswerEvidence:
    given_answer = GivenAnswer(UUID(int=1), 1, "Why Python?", "I like Python.", score, NOW)
    return AnswerEvidence(given_answer, "I like Python.", is_asked)


def a_requirement(name: str = "Python", **changes: Any) -> Requirement:
    return replace(Requirement(name, f"We need {name}."), **changes)


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_requirement_shows_the_words_of_the_job_description() -> None:
    skills = [Skill("Kubernetes", spans=(span_of(JOB, "Kubernetes"),))]
    assert [r.words for r in required(JOB, skills)] == ["Experience with Kubernetes is a must."]


def test_soft_skills_come_after_those_of_the_craft() -> None:
    spans = (Span(0, 3),)
    skills = [Skill("Mentoring", is_soft=True, spans=spans), Skill("Python", spans=spans)]
    assert [r.name for r in required(JOB, skills)] == ["Python", "Mentoring"]


@given(st.text(max_size=600), st.integers(0, 600), st.integers(1, 40))
def test_words_around_a_place_are_verbatim_and_short(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    words = around(text, span)
    assert words in text
    assert len(words) <= 180 + length


@given(st.from_regex(r"([a-z]{1,9} ){0,80}", fullmatch=True))
def test_words_around_a_place_hold_it(text: str) -> None:
    whole = f"{text}Python {text}"
    assert "Python" in around(whole, span_of(whole, "Python"))


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OPEN),
        ({"resume": ("Python at Quillhaven",)}, Standing.CLAIMED),
        ({"answer": evidence(90, is_asked=False)}, Standing.CLAIMED),
        ({"answer": evidence(64.9), "resume": ("Python",)}, Standing.WEAK),
        ({"answer": evidence(65)}, Standing.SHOWN),
    ],
)
def test_standing_follows_from_what_there_is_to_show(
    changes: dict[str, Any], standing: Standing
) -> None:
    assert a_requirement(**changes).standing is standing


def test_what_has_nothing_is_practised_first_and_what_is_shown_not_at_all() -> None:
    shown, weak = (
        a_requirement("A", answer=evidence(80)),
        a_requirement("B", answer=evidence(20)),
    )
    claimed, nothing = a_requirement("C", resume=("C",)), a_requirement("D")
    assert gaps([shown, claimed, weak, nothing]) == (nothing, weak, claimed)


def test_last_day_before_the_interview_is_for_a_whole_one() -> None:
    plan = plan_until(TODAY + timedelta(days=3), TODAY, [a_requirement()])
    assert plan.days[-1].day == TODAY + timedelta(days=2)
    assert plan.days[-1].tasks[0].requirement is None


def test_single_day_is_for_the_gaps() -> None:
    plan = plan_until(TODAY + timedelta(days=1), TODAY, [a_requirement()])
    assert [task.requirement for day in plan.days for task in day.tasks] == [a_requirement()]


@pytest.mark.parametrize("days", [0, -1, -400])
def test_nothing_is_planned_for_the_day_itself_or_after_it(days: int) -> None:
    assert plan_until(TODAY + timedelta(days=days), TODAY, [a_requirement()]).days == ()


def test_what_finds_no_room_is_told() -> None:
    wanted = [a_requirement(str(number)) for number in range(5)]
    plan = plan_until(TODAY + timedelta(days=1), TODAY, wanted)
    assert [r.name for r in plan.left_out] == ["3", "4"]


def test_plan_gets_shorter_with_each_requirement_that_is_answered_solidly() -> None:
    wanted = [a_requirement("A"), a_requirement("B", answer=evidence(70))]
    plan = plan_until(TODAY + timedelta(days=2), TODAY, wanted)
    assert [t.requirement.name for d in plan.days for t in d.tasks if t.requirement] == ["A"]


@given(st.integers(0, 60), st.integers(0, 24))
def test_every_gap_is_planned_once_or_left_out_and_no_day_is_overfull(
    days: int, count: int
) -> None:
    wanted = [a_requirement(str(number)) for number in range(count)]
    plan = plan_until(TODAY + timedelta(days=days), TODAY, wanted)
    planned = [t.requirement for d in plan.days for t in d.tasks if t.requirement]
    assert [*planned, *plan.left_out] == wanted
    assert all(len(d.tasks) <= MOST_A_DAY for d in plan.days)
    assert [d.day for d in plan.days] == sorted({d.day for d in plan.days})
    assert all(TODAY <= d.day < TODAY + timedelta(days=days) for d in plan.days)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "  "},
        {"title": "x" * 81},
        {"job_description": " \n"},
        {"job_description": "x" * 20_001},
        {"interview_on": NOW.date() - timedelta(days=1)},
        {"interview_on": NOW.date() + timedelta(days=400)},
    ],
)
def test_preparation_out_of_bounds_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError):
        checked_preparation(a_preparation(**changes), NOW.date())


def test_past_preparation_can_be_restored() -> None:
    made = a_preparation(interview_on=date(2020, 1, 1), job_description=JOB.strip())
    assert is_storable(made)
