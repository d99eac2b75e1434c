"""What a company's pack does to the plan, the choice of questions and the reasons."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.adaptivity import choose_next
from core.domain.company import PASTED_ID, Company
from core.domain.interview import Interview
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import Focus
from core.domain.planning import Material, plan_interview
from core.domain.question import Seniority
from tests.builders import (
    NOW,
    a_plan,
    a_profile,
    a_setup,
    a_started_interview,
    an_evaluation,
    real_content,
    real_interviewer,
)

_CONTENT = real_content()
_PACKS = pytest.mark.parametrize("company", _CONTENT.companies, ids=lambda c: c.id)
_BEHAVIORAL = {q.competency for q in _CONTENT.questions if q.is_about_conduct}
_JOB = "You design APIs, take ownership, and you are at home in SQL."


def _plan(material: Material | None = None, **setup: Any) -> InterviewPlan:
    return plan_interview(a_setup(**setup), _CONTENT, material or Material())


def _played(score: float, **changes: Any) -> Interview:
    """A whole interview in which each answer gets that score."""
    setup = a_setup(**changes)
    plan = real_interviewer().plan(setup, Material())
    interview = a_started_interview(setup=setup, plan=plan)
    while len(interview.turns) < setup.length:
        position = interview.current.position
        answered = interview.submit_answer(position, "An answer.", NOW)
        judged = answered.record_evaluation(position, 1, an_evaluation(score, key_points=()))
        choice = choose_next(judged.continue_())
        assert choice is not None
        interview = judged.continue_().ask(choice.question, choice.reason, NOW)
    return interview


def _wished(company: Company) -> list[str]:
    """What the company looks for and conduct can show, the weightiest first."""
    return [key for key in company.looked_for if key in _BEHAVIORAL]


@_PACKS
def test_behavioral_agenda_begins_with_what_the_company_looks_for(company: Company) -> None:
    agenda = _plan(focus=Focus.BEHAVIORAL, length=15, company_id=company.id).agenda
    wished = _wished(company)
    assert [slot.competency for slot in agenda[: len(wished)]] == wished


@_PACKS
@pytest.mark.parametrize("score", [10.0, 50.0, 95.0])
def test_behavioral_questions_asked_are_those_of_the_company_first(
    company: Company, score: float
) -> None:
    wished = _wished(company)
    length = min(len(wished), 6) + 1
    played = _played(score, focus=Focus.BEHAVIORAL, length=length, company_id=company.id)
    assert {turn.question.competency for turn in played.turns[1:]} <= set(wished)


@_PACKS
@pytest.mark.parametrize("role", _CONTENT.roles, ids=lambda r: r.id)
def test_technical_agenda_keeps_to_the_role(company: Company, role: Any) -> None:
    agenda = _plan(role_id=role.id, focus=Focus.TECHNICAL, length=4, company_id=company.id).agenda
    assert {slot.competency for slot in agenda} <= set(role.competencies)


def test_of_the_roles_competencies_those_of_the_company_come_first() -> None:
    agenda = _plan(role_id="backend", focus=Focus.TECHNICAL, length=5, company_id="stripe").agenda
    expected = ["api-design", "reliability", "testing", "security"]
    assert [slot.competency for slot in agenda] == expected


def test_competency_met_in_earlier_interviews_waits_behind_the_companys_others() -> None:
    met = frozenset(q.id for q in _CONTENT.questions if q.competency == "ownership")
    agenda = _plan(
        Material(asked=met), focus=Focus.BEHAVIORAL, length=3, company_id="amazon"
    ).agenda
    assert [slot.competency for slot in agenda] == ["customer-focus", "leadership"]


def test_same_seed_gives_the_same_plan() -> None:
    plans = [_plan(Material(a_profile()), company_id="google", length=15) for _ in "ab"]
    assert plans[0] == plans[1]


@pytest.mark.parametrize("focus", Focus)
@pytest.mark.parametrize("seniority", Seniority)
def test_without_a_company_the_packs_change_nothing(focus: Focus, seniority: Seniority) -> None:
    setup = a_setup(focus=focus, seniority=seniority, length=15)
    without = replace(_CONTENT, companies=())
    plan = plan_interview(setup, _CONTENT, Material())
    assert plan == plan_interview(setup, without, Material())
    assert plan.emphases == ()


def test_pack_that_is_there_no_more_changes_nothing() -> None:
    assert _plan(company_id="gone") == _plan()


def test_pasted_job_description_weighs_the_plan_like_a_pack() -> None:
    agenda = _plan(
        focus=Focus.TECHNICAL, length=2, company_id=PASTED_ID, job_description="SQL, and security."
    ).agenda
    assert agenda[0].competency == "security"


# --- the reason ---------------------------------------------------------------------------------


def _reason(**changes: Any) -> str:
    return _played(50.0, focus=Focus.BEHAVIORAL, length=2, **changes).turns[1].reason


def test_reason_says_that_the_company_looks_for_it() -> None:
    assert _reason(company_id="amazon").endswith("Amazon is known to look for ownership.")


def test_reason_says_that_the_job_description_asks_for_it() -> None:
    expected = "The job description you pasted asks for ownership."
    assert _reason(company_id=PASTED_ID, job_description=_JOB).endswith(expected)


def test_reason_without_a_company_names_none() -> None:
    assert "look for" not in _reason()


def test_acronym_keeps_its_capitals_in_the_reason() -> None:
    company = next(c for c in _CONTENT.companies if c.id == "stripe")
    assert company.emphasis("API design") == "Stripe is known to look for API design."


def test_question_of_a_competency_nobody_wishes_says_nothing_of_the_company() -> None:
    assert a_plan().emphasis("databases") == ""
