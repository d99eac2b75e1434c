from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.adaptivity import (
    MAX_FOLLOW_UPS,
    choose_next,
    starting_difficulty,
    target_difficulty,
)
from core.domain.errors import InvalidTransitionError
from core.domain.interview import Focus, Interview, InterviewPlan, Phase, Slot
from core.domain.planning import Material, plan_interview
from core.domain.question import Origin, Question, Seniority
from tests.builders import (
    NOW,
    a_judged_interview,
    a_plan,
    a_question,
    a_setup,
    a_started_interview,
    a_void_evaluation,
    an_evaluation,
    an_interview,
    findings,
    real_content,
)

_SKIPPED = None
"""A score that stands for a skipped question."""


def _answered(interview: Interview, score: float | None) -> Interview:
    """The current question judged with a score, or skipped; the next one is due."""
    position = interview.current.position
    if score is _SKIPPED:
        return interview.skip(position)
    answered = interview.submit_answer(position, "An answer.", NOW)
    return answered.record_evaluation(position, 1, an_evaluation(score, key_points=())).continue_()


def _asked(interview: Interview) -> Interview:
    choice = choose_next(interview)
    assert choice is not None
    return interview.ask(choice.question, choice.reason, NOW)


def _path(scores: list[float | None], plan: InterviewPlan | None = None) -> list[int]:
    """The difficulties asked after the opener, when the questions score like this."""
    interview = a_started_interview(plan=plan or a_plan(), setup=a_setup(length=15))
    interview = _asked(_answered(interview, 50.0))
    for score in scores:
        interview = _asked(_answered(interview, score))
    return [turn.question.difficulty for turn in interview.turns[1:]]


def _after(score: float | None) -> Interview:
    """A question of difficulty 3 is done with this score."""
    return _answered(_asked(_answered(a_started_interview(), 50.0)), score)


# --- difficulty ---------------------------------------------------------------------------------


def test_strong_answers_lead_to_harder_questions() -> None:
    assert _path([90, 90, 90]) == [3, 4, 5, 5]


def test_weak_answers_lead_to_easier_questions() -> None:
    assert _path([10, 10, 10]) == [3, 2, 1, 1]


def test_mixed_answers_go_up_and_down() -> None:
    assert _path([90, 10, 90, 10]) == [3, 4, 3, 4, 3]


def test_answers_of_the_middle_keep_the_difficulty() -> None:
    assert _path([55, 55]) == [3, 3, 3]


def test_skipping_leads_to_easier_questions() -> None:
    assert _path([_SKIPPED, _SKIPPED]) == [3, 2, 1]


@pytest.mark.parametrize(("score", "expected"), [(70, 4), (69.9, 3), (40, 3), (39.9, 2)])
def test_step_begins_at_its_bound(score: float, expected: int) -> None:
    assert _path([score])[-1] == expected


@pytest.mark.parametrize("seniority", Seniority)
def test_first_question_has_the_difficulty_of_the_seniority(seniority: Seniority) -> None:
    interview = a_started_interview(setup=a_setup(seniority=seniority))
    choice = choose_next(_answered(interview, 95.0))
    assert choice is not None
    assert choice.question.difficulty == starting_difficulty(seniority)


def test_higher_seniority_never_starts_easier() -> None:
    starts = [starting_difficulty(seniority) for seniority in Seniority]
    assert starts == sorted(starts)


@given(st.lists(st.none() | st.floats(min_value=0, max_value=100), max_size=8))
def test_difficulty_stays_between_1_and_5(scores: list[float | None]) -> None:
    interview = a_started_interview(setup=a_setup(length=15))
    for score in scores:
        interview = _asked(_answered(interview, score))
    assert 1 <= target_difficulty(interview.turns, Seniority.MID) <= 5


def test_answer_without_a_score_keeps_the_difficulty() -> None:
    interview = _asked(_answered(a_started_interview(), 50.0))
    unscored = interview.submit_answer(2, "An answer.", NOW).go_on_unscored()
    assert _asked(unscored).current.question.difficulty == 3


@pytest.mark.parametrize("role_id", [role.id for role in real_content().roles])
def test_strong_candidate_meets_harder_questions_of_the_real_bank_than_a_weak_one(
    role_id: str,
) -> None:
    setup = a_setup(role_id=role_id, focus=Focus.TECHNICAL, length=8)
    plan = plan_interview(setup, real_content(), Material())
    assert sum(_path([95] * 6, plan)) > sum(_path([5] * 6, plan))


# --- follow-ups ---------------------------------------------------------------------------------


def _at_probed_question(
    score: float = 50.0, missing: tuple[str, ...] = (), partly: tuple[str, ...] = ()
) -> Interview:
    """The feedback on `a_question` is done; these of its key points were left open."""
    interview = a_judged_interview(setup=a_setup(length=15)).continue_()
    answered = interview.ask(a_question(), "Because.", NOW).submit_answer(2, "An answer.", NOW)
    evaluation = an_evaluation(score, key_points=findings(missing, partly))
    return answered.record_evaluation(2, 1, evaluation).continue_()


def _chosen(interview: Interview) -> Question:
    choice = choose_next(interview)
    assert choice is not None
    return choice.question


def test_follow_up_probes_the_key_point_that_was_missed() -> None:
    chosen = _chosen(_at_probed_question(missing=("verify",)))
    assert (chosen.origin, chosen.text, [k.id for k in chosen.key_points]) == (
        Origin.FOLLOW_UP,
        "How do you know that it helped?",
        ["verify"],
    )


def test_follow_up_names_its_parent() -> None:
    assert _chosen(_at_probed_question(missing=("verify",))).parent_id == "slow-query"


def test_missed_key_point_is_probed_before_one_that_was_partly_made() -> None:
    chosen = _chosen(_at_probed_question(missing=("verify",), partly=("index",)))
    assert chosen.id == "slow-query/verify"


def test_partly_made_key_point_is_probed_when_none_was_missed() -> None:
    assert _chosen(_at_probed_question(partly=("index",))).id == "slow-query/index"


def test_missed_key_point_without_a_follow_up_is_not_probed() -> None:
    assert _chosen(_at_probed_question(missing=("measure",))).origin is Origin.BANK


def test_complete_answer_gets_no_follow_up() -> None:
    assert _chosen(_at_probed_question()).origin is Origin.BANK


def test_answer_with_nothing_to_build_on_gets_no_follow_up() -> None:
    assert _chosen(_at_probed_question(19.9, missing=("verify",))).origin is Origin.BANK


def test_opener_gets_no_follow_up() -> None:
    evaluation = an_evaluation(key_points=findings(missing=("verify",)))
    assert _chosen(a_judged_interview(evaluation).continue_()).origin is Origin.BANK


def test_void_answer_gets_no_follow_up() -> None:
    interview = a_judged_interview().continue_().ask(a_question(), "Because.", NOW)
    void = interview.submit_answer(2, "An answer.", NOW).record_evaluation(
        2, 1, a_void_evaluation()
    )
    assert _chosen(void.continue_()).origin is Origin.BANK


def test_same_key_point_is_probed_once() -> None:
    evaluation = an_evaluation(key_points=findings(missing=("verify",)))
    interview = _asked(_at_probed_question(missing=("verify",)))
    answered = interview.submit_answer(3, "An answer.", NOW)
    after = answered.record_evaluation(3, 1, evaluation).continue_()
    assert _chosen(after).origin is Origin.BANK


def test_at_most_two_follow_ups_are_put_on_one_question() -> None:
    everything = tuple(key_point.id for key_point in a_question().key_points)
    evaluation = an_evaluation(key_points=findings(missing=everything))
    with_many = replace(
        a_question(),
        follow_ups=tuple(replace(a_question().follow_ups[0], probes=key) for key in everything),
    )
    interview = a_judged_interview(setup=a_setup(length=15)).continue_()
    interview = interview.ask(with_many, "Because.", NOW)
    origins = []
    for position in (2, 3, 4):
        answered = interview.submit_answer(position, "An answer.", NOW)
        judged = answered.record_evaluation(position, 1, evaluation)
        interview = _asked(judged.continue_())
        origins.append(interview.current.question.origin)
    assert origins == [*[Origin.FOLLOW_UP] * MAX_FOLLOW_UPS, Origin.BANK]


def test_follow_up_counts_towards_the_length() -> None:
    interview = _at_probed_question(missing=("verify",))
    short = replace(interview, setup=a_setup(length=2))
    assert _chosen(short).origin is Origin.CLOSING


# --- the agenda and the end ---------------------------------------------------------------------


def test_competencies_follow_the_agenda() -> None:
    interview = a_started_interview()
    for _ in range(3):
        interview = _asked(_answered(interview, 50.0))
    asked = [turn.question.competency for turn in interview.turns[1:]]
    assert asked == ["databases", "api-design", "databases"]


def test_follow_up_takes_no_place_on_the_agenda() -> None:
    plan = a_plan(
        questions=(
            a_question("probed", competency="databases"),
            a_question("other", competency="databases", follow_ups=()),
            a_question("next", competency="api-design", follow_ups=()),
        )
    )
    interview = _asked(_answered(a_started_interview(plan=plan), 50.0))
    evaluation = an_evaluation(key_points=findings(missing=("verify",)))
    answered = interview.submit_answer(2, "An answer.", NOW).record_evaluation(2, 1, evaluation)
    probed = _asked(answered.continue_())
    assert _chosen(_answered(probed, 50.0)).id == "next"


def test_slot_about_the_resume_takes_a_resume_question() -> None:
    plan = a_plan(
        questions=(
            a_question("bank", follow_ups=()),
            a_question("own", origin=Origin.RESUME, follow_ups=(), difficulty=5),
        ),
        agenda=(Slot("databases", is_about_resume=True),),
    )
    assert _chosen(_answered(a_started_interview(plan=plan), 50.0)).id == "own"


def test_no_question_is_asked_twice() -> None:
    interview = a_started_interview(setup=a_setup(length=10))
    for _ in range(9):
        interview = _asked(_answered(interview, 50.0))
    ids = [turn.question.id for turn in interview.turns]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("length", [1, 2, 7])
def test_closing_question_comes_after_the_chosen_length(length: int) -> None:
    interview = a_started_interview(setup=a_setup(length=length))
    for _ in range(length):
        interview = _asked(_answered(interview, 50.0))
    origins = [turn.question.origin for turn in interview.turns]
    assert origins.index(Origin.CLOSING) == length


def test_nothing_comes_after_the_closing_question() -> None:
    interview = _asked(_answered(a_started_interview(setup=a_setup(length=1)), 50.0))
    said = interview.submit_answer(2, "Who is on the team?", NOW)
    assert (said.phase, choose_next(said)) == (Phase.NEXT_QUESTION, None)


def test_plan_that_runs_out_of_questions_closes_early() -> None:
    interview = a_started_interview(plan=a_plan(questions=()))
    assert _chosen(_answered(interview, 50.0)).origin is Origin.CLOSING


# --- the reason ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (85, "scored 85, so it gets one step harder"),
        (55, "scored 55, so the difficulty stays"),
        (12, "scored 12, so it gets one step easier"),
        (_SKIPPED, "You skipped the last question, so it gets one step easier"),
    ],
)
def test_reason_says_what_the_last_answer_led_to(score: float | None, said: str) -> None:
    choice = choose_next(_after(score))
    assert choice is not None
    assert said in choice.reason


def test_reason_after_an_answer_without_a_score_says_so() -> None:
    interview = _asked(_answered(a_started_interview(), 50.0))
    choice = choose_next(interview.submit_answer(2, "An answer.", NOW).go_on_unscored())
    assert choice is not None
    assert "no score, so the difficulty stays" in choice.reason


def test_reason_names_the_difficulty_and_the_one_aimed_at() -> None:
    plan = a_plan(questions=(a_question("only", difficulty=1, follow_ups=()),))
    choice = choose_next(_answered(a_started_interview(plan=plan), 50.0))
    assert choice is not None
    assert "difficulty 1 (aimed at 3)" in choice.reason


def test_reason_of_a_follow_up_names_the_key_point() -> None:
    choice = choose_next(_at_probed_question(missing=("verify",)))
    assert choice is not None
    assert "Verify that it became faster." in choice.reason


def test_reason_tells_a_resume_question_from_one_of_the_bank() -> None:
    own = a_question("own", origin=Origin.RESUME, follow_ups=())
    plan = a_plan(questions=(own,), agenda=(Slot("databases", is_about_resume=True),))
    choice = choose_next(_answered(a_started_interview(plan=plan), 50.0))
    assert choice is not None
    assert "about your resume" in choice.reason


def test_choice_before_the_start_is_impossible() -> None:
    with pytest.raises(InvalidTransitionError):
        choose_next(an_interview())
