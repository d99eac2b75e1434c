from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import Focus, InterviewSetup
from core.domain.planning import Material
from core.domain.question import Seniority
from core.evaluation.likeness import Likeness
from tests.builders import a_profile, a_question, a_setup, real_content, real_interviewer

_CONTENT = real_content()
_BANK = {question.id: question for question in _CONTENT.questions}
_INTERVIEWER = real_interviewer()
_ROLES = [role.id for role in _CONTENT.roles]
_setups = st.builds(
    a_setup,
    role_id=st.sampled_from([*_ROLES, ""]),
    seniority=st.sampled_from(Seniority),
    focus=st.sampled_from(Focus),
    length=st.integers(min_value=1, max_value=15),
    seed=st.integers(min_value=1, max_value=2**31),
    company_id=st.sampled_from(["", *(company.id for company in _CONTENT.companies)]),
)


def _planned(setup: InterviewSetup) -> InterviewPlan:
    return _INTERVIEWER.plan(setup, Material(a_profile()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("design-photo-backup-app", "mobile-video-upload"),
        ("design-second-region", "cloud-recovery-classes"),
        ("frontend-board-without-mouse", "ux-drag-without-dragging"),
        ("design-fraud-decision", "ml-late-labels"),
        ("cs-oversold", "pm-sales-promise"),
        ("cs-useful-ticket", "qa-bug-report-content"),
    ],
)
def test_questions_of_one_subject_are_alike_in_either_order(one: str, other: str) -> None:
    are_alike = Likeness()
    assert are_alike(_BANK[one], _BANK[other])
    assert are_alike(_BANK[other], _BANK[one])


def test_questions_of_one_competency_on_different_subjects_are_not_alike() -> None:
    are_alike = Likeness()
    assert not are_alike(_BANK["backend-index-basics"], _BANK["backend-query-per-row"])


def test_topics_count_as_words() -> None:
    one = a_question("one", text="What is Redis for?", topics=("caching",))
    other = a_question("other", text="How do you forget?", topics=("redis", "caching"))
    assert Likeness()(one, other)


def test_few_questions_of_the_bank_are_alike() -> None:
    are_alike = Likeness()
    pairs = [pair for pair in combinations(_BANK.values(), 2) if are_alike(*pair)]
    assert len(pairs) <= len(_BANK) / 20


@given(_setups)
def test_no_two_planned_questions_are_alike(setup: InterviewSetup) -> None:
    are_alike = Likeness()
    pairs = combinations(_planned(setup).questions, 2)
    assert [(one.id, other.id) for one, other in pairs if are_alike(one, other)] == []


@given(_setups)
def test_same_seed_gives_the_same_plan(setup: InterviewSetup) -> None:
    assert _planned(setup) == _planned(setup)


@given(_setups)
def test_every_slot_still_has_a_question_of_its_competency(setup: InterviewSetup) -> None:
    plan = _planned(setup)
    planned = {question.competency for question in plan.questions}
    assert {slot.competency for slot in plan.agenda} <= planned


def _count(**changes: Any) -> int:
    return len(_INTERVIEWER.plan(a_setup(length=15, **changes), Material()).questions)


@pytest.mark.parametrize("focus", Focus)
@pytest.mark.parametrize("role_id", [*_ROLES, ""])
def test_longest_interview_still_has_a_question_for_each_slot(role_id: str, focus: Focus) -> None:
    assert min(_count(role_id=role_id, focus=focus, seniority=s) for s in Seniority) >= 14
