"""The small values: questions, dates, evaluations, content, errors, and an interview in short."""

import pytest

from core.domain.errors import (
    AnswerConflictError,
    InterviewError,
    InvalidInputError,
    InvalidTransitionError,
    ModelError,
    ModelFault,
    NotFoundError,
    TooManyRequestsError,
    Unreadable,
    UnreadableDocumentError,
)
from core.domain.evaluation import Coverage
from core.domain.history import summary_of
from core.domain.interview import Phase
from core.domain.profile import PartialDate
from core.domain.question import EVERYONE, Kind, Seniority
from core.domain.rubric import Criterion, Standing
from tests.builders import (
    NOW,
    a_judged_interview,
    a_question,
    a_setup,
    a_started_interview,
    an_answered_interview,
    an_evaluation,
    findings,
    real_content,
)

# --- questions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("roles", [(), (EVERYONE,), ("backend", "full-stack")])
def test_question_for_all_or_for_the_role_fits_it(roles: tuple[str, ...]) -> None:
    assert a_question(roles=roles).fits("backend", Seniority.MID)


def test_question_for_other_roles_does_not_fit() -> None:
    assert not a_question(roles=("frontend",)).fits("backend", Seniority.MID)


def test_question_for_other_seniorities_does_not_fit() -> None:
    assert not a_question(seniorities=(Seniority.STAFF,)).fits("backend", Seniority.MID)


def test_question_for_a_role_does_not_fit_an_unknown_one() -> None:
    assert not a_question(roles=("backend",)).fits("", Seniority.MID)


def test_seniorities_rank_from_intern_to_staff() -> None:
    assert [seniority.rank for seniority in Seniority] == [0, 1, 2, 3, 4]


# --- dates --------------------------------------------------------------------------------------


def test_date_with_a_month_is_written_with_it() -> None:
    assert str(PartialDate(2021, 3)) == "2021-03"


def test_date_without_a_month_is_a_year() -> None:
    assert str(PartialDate(2021)) == "2021"


def test_dates_are_ordered_by_year_and_month() -> None:
    assert PartialDate(2020, 12) < PartialDate(2021) < PartialDate(2021, 1)


# --- evaluations --------------------------------------------------------------------------------


def test_missing_key_points_come_weightiest_first() -> None:
    evaluation = an_evaluation(key_points=findings(missing=("verify", "measure")))
    assert [finding.key_point_id for finding in evaluation.missing] == ["measure", "verify"]


def test_partly_made_key_point_is_not_missing() -> None:
    evaluation = an_evaluation(key_points=findings(partly=("index",)))
    assert evaluation.key_points[1].coverage is Coverage.PARTLY
    assert evaluation.missing == ()


# --- content ------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Backend Engineer", " backend engineer ", "API engineer"])
def test_role_is_found_by_title_or_alias_in_any_case(title: str) -> None:
    role = real_content().role_named(title)
    assert role is not None
    assert role.id == "backend"


@pytest.mark.parametrize("title", ["Lighthouse Keeper", "", "Engineer"])
def test_role_of_another_title_is_not_guessed(title: str) -> None:
    assert real_content().role_named(title) is None


def test_role_of_an_unknown_id_is_none() -> None:
    assert real_content().role("lighthouse-keeper") is None


def test_competency_is_called_by_its_title() -> None:
    assert real_content().competency_title("api-design") == "API design"


def test_unknown_competency_is_called_by_its_id() -> None:
    assert real_content().competency_title("juggling") == "juggling"


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (1.0, Standing(1, False, 3)),
        (1.5, Standing(1, False, 3)),
        (2.0, Standing(1, True, 3)),
        (2.6, Standing(3, False, 5)),
        (3.0, Standing(3, False, 5)),
        (4.0, Standing(3, True, 5)),
        (4.5, Standing(5, False, None)),
        (5.0, Standing(5, False, None)),
    ],
)
def test_level_stands_at_the_nearest_described_one_or_between_two(
    level: float, expected: Standing
) -> None:
    rubric = real_content().rubrics[Kind.TECHNICAL]
    assert rubric.standing(Criterion.DEPTH, level) == expected


# --- errors -------------------------------------------------------------------------------------

_ERRORS = (
    InvalidTransitionError("idle", "submit an answer"),
    InvalidInputError("answer", "There is no answer yet."),
    UnreadableDocumentError(Unreadable.NO_TEXT, "This file holds no text."),
    NotFoundError("interview"),
    AnswerConflictError(3),
    TooManyRequestsError("evaluations", 5.0),
)


@pytest.mark.parametrize("error", _ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_is_an_interview_error_that_speaks_in_sentences(error: Exception) -> None:
    assert isinstance(error, InterviewError)
    assert str(error).endswith(".")


@pytest.mark.parametrize(("seconds", "told"), [(0.2, 2), (2.0, 2), (29.6, 30)])
def test_wait_is_told_in_whole_seconds_and_never_as_less_than_two(
    seconds: float, told: int
) -> None:
    assert f"in about {told} seconds" in str(TooManyRequestsError("evaluations", seconds))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(7, "7 seconds"), (3600, "60 minutes"), (7200, "2 hours"), (80_000, "23 hours")],
)
def test_providers_wait_is_told_in_the_unit_that_fits(seconds: float, told: str) -> None:
    error = ModelError(ModelFault.RATE_LIMITED, "Gemini", seconds)
    assert str(error).endswith(f"Try again in about {told}.")


def test_unreadable_document_is_an_input_that_the_candidate_can_change() -> None:
    error = UnreadableDocumentError(Unreadable.PASSWORD, "It needs a password.")
    assert isinstance(error, InvalidInputError)
    assert (error.field, error.cause) == ("document", Unreadable.PASSWORD)


# --- an interview in short ----------------------------------------------------------------------


def test_summary_tells_role_score_and_phase() -> None:
    summary = summary_of(a_judged_interview(an_evaluation(64.0)))
    assert summary.overall is not None
    assert (summary.role_title, summary.phase, summary.overall.score) == (
        "Backend Engineer",
        Phase.FEEDBACK,
        64.0,
    )


def test_summary_counts_answers_and_not_skipped_or_open_questions() -> None:
    interview = an_answered_interview().go_on_unscored()
    interview = interview.ask(a_question("skipped"), "Because.", NOW).skip(2)
    interview = interview.ask(a_question("open"), "Because.", NOW)
    assert summary_of(interview).answered == 1


def test_summary_of_an_unjudged_interview_has_no_score() -> None:
    assert summary_of(a_started_interview(setup=a_setup(length=3))).overall is None


def test_summary_knows_that_an_interview_is_over() -> None:
    started = a_started_interview()
    assert (summary_of(started).is_over, summary_of(started.finish(NOW)).is_over) == (False, True)
