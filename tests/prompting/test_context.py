from dataclasses import replace

import pytest

from core.domain.interview_setup import Persona
from core.domain.profile import Project
from core.prompting.context import (
    DIGEST_CHARACTERS,
    InterviewContext,
    cache_key,
    job_digest,
    judging_part,
    profile_text,
    stable_part,
)
from tests.builders import a_profile, a_setup, real_content
from tests.prompting.prompts import a_context


def test_same_context_gives_the_same_bytes() -> None:
    one, other = a_context(job_description="Go."), a_context(job_description="Go.")
    assert stable_part(one) == stable_part(other)
    assert judging_part(one) == judging_part(other)


def test_another_nonce_gives_other_fences() -> None:
    context = a_context()
    assert stable_part(context) != stable_part(replace(context, nonce="other"))


def test_stable_part_holds_setup_profile_and_job_description() -> None:
    said = stable_part(a_context(job_description="Knows tides."))
    assert "Role: Backend Engineer\nSeniority: mid" in said
    assert "Backend Engineer, Quillhaven Foods, 2022-04–now\n- Cut the nightly import" in said
    assert "Project: Tidewatch, Tells sailors when a harbour falls dry." in said
    assert "Knows tides." in said


def test_answers_are_judged_with_a_digest_of_the_job_description() -> None:
    job = "Keeper of tides\n\nWe are a harbour.\n- Knows tides\n2) Reads charts\nApply soon."
    assert job_digest(job) == "Keeper of tides; Knows tides; Reads charts"
    assert job_digest(job) in judging_part(a_context(job_description=job))


def test_digest_of_a_job_description_without_a_list_is_its_beginning() -> None:
    digest = job_digest("Knows tides. " * 100)
    assert digest.startswith("Knows tides. Knows tides.")
    assert len(digest) in range(DIGEST_CHARACTERS - 20, DIGEST_CHARACTERS + 1)


def test_no_job_description_has_no_digest() -> None:
    assert "<job" not in judging_part(a_context(job_description=" "))


def test_without_a_profile_there_is_no_profile_fence() -> None:
    assert "<profile" not in stable_part(InterviewContext(a_setup(), None, "n"))


@pytest.mark.parametrize(
    "private",
    [
        "Ilva Brandmere",
        "ilva@example.com",
        "+49 151 2345 6789",
        "ilva.example.com/work",
        "https://tidewatch.example/ilva",
        "other@example.org",
        "0049 30 901820",
    ],
)
def test_nothing_to_reach_the_person_by_is_in_a_profile(private: str) -> None:
    profile = a_profile(
        email="ilva@example.com",
        phone="+49 151 2345 6789",
        links=("ilva.example.com/work",),
        projects=(Project("Tidewatch", f"Made by {private} for sailors.", (f"Ask {private}",)),),
    )
    assert private not in profile_text(profile)


@pytest.mark.parametrize(
    "number", ["2019-2022", "10,000,000", "1000000000 rows", "99.95", "3 of 40"]
)
def test_numbers_of_something_stay(number: str) -> None:
    profile = a_profile(projects=(Project("Tidewatch", f"Served {number} in all."),))
    assert number in profile_text(profile)


def test_longest_profile_is_cut() -> None:
    profile = a_profile(projects=tuple(Project(f"P{n}", "word " * 100) for n in range(200)))
    long = InterviewContext(a_setup(job_description="x" * 9_000), profile, "n")
    assert len(judging_part(long)) < 3_000
    assert len(stable_part(long)) < 19_000


def test_persona_changes_the_manner() -> None:
    assert "terse and demanding" in stable_part(a_context(persona=Persona.DEMANDING))


def _like(company_id: str, **changes: str) -> InterviewContext:
    setup = a_setup(company_id=company_id, **changes)
    return InterviewContext(setup, None, "n", real_content().company(setup))


def test_company_is_named_with_its_style_and_values() -> None:
    said = stable_part(_like("stripe"))
    assert "Interview in the manner of: Stripe\nIts style: Technical rounds are known to" in said
    assert "\nIt looks for:\n- " in said
    assert said == stable_part(_like("stripe"))


def test_answers_are_judged_without_the_companys_values() -> None:
    said = judging_part(_like("stripe"))
    assert "Its style:" in said
    assert "It looks for" not in said


def test_company_of_the_pasted_job_description_adds_nothing_to_it() -> None:
    job = "SQL, and security."
    assert stable_part(_like("pasted-job", job_description=job)) == stable_part(
        _like("", job_description=job)
    )


def test_cache_key_is_short_and_depends_on_version_and_text() -> None:
    keys = {cache_key(version, text) for version in ("a-1", "a-2") for text in ("x", "y")}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 4
