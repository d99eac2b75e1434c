from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.adaptivity import EASIEST, HARDEST, starting_difficulty
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import Focus, InterviewSetup
from core.domain.planning import QUESTIONS_PER_SLOT, Material, plan_interview, wanted_words
from core.domain.profile import CandidateProfile, Position, Project, Skill
from core.domain.question import Origin, Question, Seniority
from core.domain.resume_questions import MAX_HIGHLIGHT_CHARACTERS
from tests.builders import a_profile, a_question, a_setup, real_content

_CONTENT = real_content()
_ROLES = [role.id for role in _CONTENT.roles]
_setups = st.builds(
    a_setup,
    role_id=st.sampled_from([*_ROLES, "", "lighthouse-keeper"]),
    seniority=st.sampled_from(Seniority),
    focus=st.sampled_from(Focus),
    length=st.integers(min_value=1, max_value=15),
    seed=st.integers(min_value=1, max_value=2**31),
)
_profiles = st.none() | st.just(a_profile())


def _plan(
    profile: CandidateProfile | None = None,
    wanted: frozenset[str] = frozenset(),
    asked: frozenset[str] = frozenset(),
    **setup: Any,
) -> InterviewPlan:
    return plan_interview(a_setup(**setup), _CONTENT, Material(profile, wanted, asked))


def _plan_of_one_competency(asked: frozenset[str] = frozenset()) -> InterviewPlan:
    """A plan for one slot, from a bank with two questions at each difficulty."""
    bank = tuple(
        a_question(f"{letter}{difficulty}", difficulty=difficulty)
        for letter in "ab"
        for difficulty in range(1, 6)
    )
    setup = a_setup(focus=Focus.TECHNICAL, length=2)
    return plan_interview(setup, replace(_CONTENT, questions=bank), Material(asked=asked))


def _about_resume(plan: InterviewPlan) -> list[Question]:
    return [question for question in plan.questions if question.origin is Origin.RESUME]


# --- laws ---------------------------------------------------------------------------------------


@given(_setups, _profiles)
def test_same_seed_gives_the_same_plan(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    material = Material(profile)
    assert plan_interview(setup, _CONTENT, material) == plan_interview(setup, _CONTENT, material)


@given(_setups, _profiles)
def test_agenda_has_a_slot_for_each_question_after_the_opener(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    plan = plan_interview(setup, _CONTENT, Material(profile))
    assert len(plan.agenda) == max(1, setup.length - 1)


@given(_setups, _profiles)
def test_no_question_is_planned_twice(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    ids = [q.id for q in plan_interview(setup, _CONTENT, Material(profile)).questions]
    assert len(set(ids)) == len(ids)


@given(_setups, _profiles)
def test_plan_has_a_question_for_every_slot(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    plan = plan_interview(setup, _CONTENT, Material(profile))
    assert len(plan.questions) >= len(plan.agenda)


@given(_setups, _profiles)
def test_every_planned_question_fits_the_role(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    plan = plan_interview(setup, _CONTENT, Material(profile))
    assert all(q.fits_role(setup.role_id) for q in plan.questions)


@given(_setups, _profiles)
def test_every_slot_has_a_question_of_its_competency(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    plan = plan_interview(setup, _CONTENT, Material(profile))
    planned = {(q.competency, q.origin is Origin.RESUME) for q in plan.questions}
    assert {(slot.competency, slot.is_about_resume) for slot in plan.agenda} <= planned


@given(_setups, _profiles)
def test_behavioral_interview_asks_nothing_technical(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    setup = replace(setup, focus=Focus.BEHAVIORAL)
    plan = plan_interview(setup, _CONTENT, Material(profile))
    assert all(q.is_about_conduct for q in plan.questions)


@given(_setups, _profiles)
def test_technical_interview_for_a_role_with_such_questions_asks_nothing_else(
    setup: InterviewSetup, profile: CandidateProfile | None
) -> None:
    assume(setup.role_id in _ROLES)
    setup = replace(setup, focus=Focus.TECHNICAL)
    plan = plan_interview(setup, _CONTENT, Material(profile))
    assert not any(q.is_about_conduct for q in plan.questions)


@given(_setups)
def test_without_a_resume_nothing_is_asked_about_one(setup: InterviewSetup) -> None:
    plan = plan_interview(setup, _CONTENT, Material())
    assert not _about_resume(plan)
    assert not any(slot.is_about_resume for slot in plan.agenda)


# --- how many and which -------------------------------------------------------------------------


@pytest.mark.parametrize("focus", Focus)
@pytest.mark.parametrize("role_id", _ROLES)
def test_plan_holds_more_questions_than_are_asked(role_id: str, focus: Focus) -> None:
    assert len(_plan(role_id=role_id, focus=focus, length=8).questions) > 7


@pytest.mark.parametrize("focus", Focus)
@pytest.mark.parametrize("seniority", Seniority)
@pytest.mark.parametrize("role_id", [*_ROLES, ""])
def test_longest_interview_has_a_question_for_each_slot(
    role_id: str, seniority: Seniority, focus: Focus
) -> None:
    plan = _plan(role_id=role_id, seniority=seniority, focus=focus, length=15)
    assert len(plan.questions) >= 14


@pytest.mark.parametrize("role_id", _ROLES)
def test_long_technical_interview_covers_every_technical_competency_of_the_role(
    role_id: str,
) -> None:
    agenda = _plan(role_id=role_id, focus=Focus.TECHNICAL, length=15).agenda
    role = _CONTENT.role(role_id)
    assert role is not None
    assert set(role.competencies) <= {slot.competency for slot in agenda}


@pytest.mark.parametrize("role_id", _ROLES)
def test_technical_interview_begins_with_the_most_important_competency_of_the_role(
    role_id: str,
) -> None:
    role = _CONTENT.role(role_id)
    assert role is not None
    agenda = _plan(role_id=role_id, focus=Focus.TECHNICAL).agenda
    assert agenda[0].competency == role.competencies[0]


@pytest.mark.parametrize("role_id", _ROLES)
def test_mixed_interview_asks_both_technical_and_behavioral_questions(role_id: str) -> None:
    kinds = {q.is_about_conduct for q in _plan(role_id=role_id, focus=Focus.MIXED).questions}
    assert kinds == {True, False}


def test_slot_holds_a_question_at_the_starting_difficulty_a_hard_and_an_easy_one() -> None:
    planned = _plan_of_one_competency().questions
    assert starting_difficulty(Seniority.MID) == 3
    assert [q.difficulty for q in planned[:QUESTIONS_PER_SLOT]] == [3, HARDEST, EASIEST]


def test_plan_of_a_small_bank_is_filled_up_from_other_seniorities() -> None:
    bank = tuple(
        a_question(f"{seniority}-{n}", seniorities=(seniority,), difficulty=n)
        for seniority in (Seniority.INTERN, Seniority.STAFF)
        for n in range(1, 6)
    )
    setup = a_setup(seniority=Seniority.INTERN, focus=Focus.TECHNICAL, length=7)
    plan = plan_interview(setup, replace(_CONTENT, questions=bank), Material())
    assert {q.id for q in plan.questions} == {q.id for q in bank}


def test_other_seed_gives_another_plan() -> None:
    plans = {tuple(q.id for q in _plan(seed=seed).questions) for seed in range(1, 11)}
    assert len(plans) > 1


@pytest.mark.parametrize("focus", Focus)
def test_unknown_role_gets_questions_that_fit_everyone(focus: Focus) -> None:
    plan = _plan(role_id="", role_title="Lighthouse Keeper", focus=focus)
    assert plan.questions
    assert all(q.is_about_conduct for q in plan.questions)


def test_opener_and_closing_are_those_of_the_content() -> None:
    plan = _plan()
    assert (plan.opener, plan.closing) == (_CONTENT.opener, _CONTENT.closing)


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize(
    ("wanted", "others_text"),
    [
        ("redis", "How does a cache forget?"),
        ("java", "What does JavaScript do here?"),
        ("go", "What happens when a good cargo goes bad?"),
        ("node.js", "What is a node?"),
        ("c++", "What is C?"),
    ],
)
def test_question_about_a_wanted_skill_comes_first_among_its_like(
    wanted: str, others_text: str, seed: int
) -> None:
    others = tuple(a_question(f"q{n}", text=others_text) for n in range(5))
    bank = (*others, a_question("about it", topics=(wanted,)))
    plan = plan_interview(
        a_setup(focus=Focus.TECHNICAL, length=2, seed=seed),
        replace(_CONTENT, questions=bank),
        Material(wanted=frozenset({wanted})),
    )
    assert plan.questions[0].id == "about it"


@pytest.mark.parametrize("said", ["Why Go?", "Is (Go) fast?", "Say what Go, the language, does."])
def test_wanted_skill_is_found_in_the_text_of_a_question_between_signs(said: str) -> None:
    bank = (*(a_question(f"q{n}") for n in range(5)), a_question("about it", text=said))
    setup = a_setup(focus=Focus.TECHNICAL, length=2)
    material = Material(wanted=frozenset({"go"}))
    plan = plan_interview(setup, replace(_CONTENT, questions=bank), material)
    assert plan.questions[0].id == "about it"


def test_wanted_words_are_in_lower_case() -> None:
    assert wanted_words(["PostgreSQL", "Go"]) == {"postgresql", "go"}


def test_question_asked_before_comes_after_a_new_one_of_its_difficulty() -> None:
    asked = frozenset(q.id for q in _plan_of_one_competency().questions)
    again = _plan_of_one_competency(asked)
    assert not asked & {q.id for q in again.questions}


# --- the resume ---------------------------------------------------------------------------------


def _with_one_job(company: str = "Quillhaven Foods", highlight: str = "") -> CandidateProfile:
    highlights = (highlight,) if highlight else ()
    return CandidateProfile(positions=(Position("Engineer", company, highlights=highlights),))


def _resume_texts(profile: CandidateProfile) -> str:
    """All that is asked about the resume in one long interview about nothing else."""
    plan = _plan(profile, focus=Focus.BEHAVIORAL, length=15)
    return "\n".join(f"{q.text}\n{q.rephrased}\n{q.hint}" for q in _about_resume(plan))


def test_resume_brings_questions_about_it() -> None:
    assert _about_resume(_plan(a_profile()))


def test_first_question_after_the_opener_is_about_the_resume() -> None:
    assert _plan(a_profile()).agenda[0].is_about_resume


def test_resume_without_any_fact_brings_no_question_about_it() -> None:
    assert not _about_resume(_plan(CandidateProfile(name="Ilva Brandmere")))


@pytest.mark.parametrize(
    "company", ["Quillhaven Foods", "{project} & Söhne", "{0}", "{", r"\1 \g<0>"]
)
def test_fact_of_the_resume_stands_in_the_question_literally(company: str) -> None:
    assert company in _resume_texts(_with_one_job(company))


@given(st.text(alphabet="{}abc %$\\", min_size=1).filter(str.strip))
def test_no_text_of_a_candidate_breaks_the_plan(company: str) -> None:
    assert company in _resume_texts(_with_one_job(company))


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("focus", Focus)
def test_no_placeholder_is_left_in_a_question_about_the_resume(focus: Focus, seed: int) -> None:
    asked = _about_resume(_plan(a_profile(), focus=focus, length=15, seed=seed))
    assert asked
    assert not [q for q in asked if "{" in q.text + q.rephrased + q.hint]


def test_highlight_is_quoted_without_its_full_stop() -> None:
    asked = _resume_texts(_with_one_job(highlight="Cut the import to 40 minutes."))
    assert '"Cut the import to 40 minutes"' in asked


def test_highlight_too_long_to_be_read_out_is_not_quoted() -> None:
    long = "a" * (MAX_HIGHLIGHT_CHARACTERS + 1)
    assert long not in _resume_texts(_with_one_job(highlight=long))


def test_soft_skill_is_not_asked_for_as_a_technology() -> None:
    profile = CandidateProfile(skills=(Skill("Mentoring", is_soft=True),))
    assert not _about_resume(_plan(profile, focus=Focus.TECHNICAL, length=15))


def test_wanted_skill_of_the_resume_is_asked_about_first() -> None:
    profile = CandidateProfile(skills=tuple(Skill(name) for name in ("Perl", "Bash", "Go")))
    plan = _plan(profile, wanted=frozenset({"go"}), focus=Focus.TECHNICAL, length=2)
    assert "Go" in _about_resume(plan)[0].text


def test_same_fact_is_not_asked_about_twice_with_the_same_template() -> None:
    one = _about_resume(_plan(CandidateProfile(projects=(Project("Tidewatch"),)), length=15))
    assert len([q for q in one if "Tidewatch" in q.text]) == 1


def test_id_of_a_resume_question_does_not_tell_the_fact() -> None:
    ids = [q.id for q in _about_resume(_plan(_with_one_job("Quillhaven"), length=15))]
    assert ids
    assert not [i for i in ids if "quillhaven" in i.lower()]


def test_job_without_a_company_is_not_asked_about() -> None:
    profile = CandidateProfile(positions=(Position("Engineer", ""),))
    assert not _about_resume(_plan(profile, length=15))
