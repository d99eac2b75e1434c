from dataclasses import replace

import pytest

from core.domain.company import Company, CompanyValue
from core.domain.company_fit import ValueFit, company_fit
from core.domain.interview import Interview
from core.domain.interview_setup import Persona
from core.domain.report import build_report
from tests.builders import NOW, a_question, a_started_interview, an_evaluation

_COMPANY = Company(
    id="tarnwell",
    name="Tarnwell Maps",
    about="Maps.",
    style="Calm. Slow.",
    competencies={"ownership": 3},
    values=(CompanyValue("It is yours", "You carry it through.", "ownership"),),
    rounds=(),
    tone=Persona.NEUTRAL,
    source="tarnwell.example",
    note="modelled on public information; not affiliated",
)


def _interview(*scores: float | None) -> Interview:
    """The opener skipped, then a question on ownership for each score; None for a skipped one."""
    interview = a_started_interview().skip(1)
    for number, score in enumerate(scores):
        position = interview.current.position + 1
        question = a_question(f"own-{number}", competency="ownership")
        interview = interview.ask(question, "Next.", NOW)
        if score is None:
            interview = interview.skip(position)
            continue
        answered = interview.submit_answer(position, f"Answer {number}.", NOW)
        judged = answered.record_evaluation(position, 1, an_evaluation(score))
        interview = judged.continue_()
    return interview


def _fit(*scores: float | None) -> ValueFit:
    return company_fit(_COMPANY, _interview(*scores).turns).values[0]


def test_value_has_the_mean_of_the_judged_answers_of_its_competency() -> None:
    assert _fit(40, 70).score == pytest.approx(55)
    assert _fit(40, 70).result == "55 of 100 (2 answers)"


def test_value_that_no_question_measured_is_not_asked() -> None:
    assert (_fit().score, _fit().result) == (None, "not asked")


def test_skipped_question_is_no_zero() -> None:
    assert (_fit(None).score, _fit(None).result) == (None, "asked, no score")
    assert _fit(60, None).result == "60 of 100 (1 answer)"


def test_report_holds_the_answers_against_the_company() -> None:
    report = build_report(_interview(60), _COMPANY)
    assert report.company is not None
    assert report.company.title == "Against what Tarnwell Maps looks for"


def test_report_without_a_company_or_without_its_values_has_no_such_section() -> None:
    assert build_report(_interview(60)).company is None
    assert build_report(_interview(60), replace(_COMPANY, values=())).company is None
