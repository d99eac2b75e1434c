from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.adaptivity import (
    MAX_FOLLOW_UPS,
    WEAK,
    choose_next,
    starting_difficulty,
    target_difficulty,
)
from core.domain.errors import InvalidTransitionError
from core.domain.interview import Interview, Phase
from core.domain.interview_plan import InterviewPlan, Slot
from core.domain.interview_setup import Focus
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


def _after(*scores: float | None) -> Interview:
    """The first questions after the opener, the first of difficulty 3, are done with these scores."""
    interview = _answered(a_started_interview(setup=a_setup(length=15)), 50.0)
    for score in scores:
        interview = _answered(_asked(interview), score)
    return interview


def _reason(interview: Interview) -> str:
    choice = choose_next(interview)
    assert choice is not None
    return choice.reason


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


def test_steps_add_up_even_where_the_plan_has_no_question_so_hard() -> None:
    easy = tuple(a_question(f"q{n}", difficulty=1, follow_ups=()) for n in range(3))
    interview = _answered(a_started_interview(plan=a_plan(questions=easy)), 50.0)
    for _ in range(2):
        interview = _answered(_asked(interview), 95.0)
    assert target_difficulty(interview.turns, Seniority.MID) == 5


@pytest.mark.parametrize("score", [95.0, 5.0, _SKIPPED])
def test_follow_up_does_not_move_the_difficulty(score: float | None) -> None:
    probed = _asked(_at_probed_question(missing=("verify",)))
    before = target_difficulty(probed.turns, Seniority.MID)
    assert target_difficulty(_answered(probed, score).turns, Seniority.MID) == before


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


@pytest.mark.parametrize(("length", "most"), [(3, 1), (5, 1), (6, 2), (8, 2), (9, 3), (15, 5)])
def test_at_most_a_third_of_the_interview_are_follow_ups(length: int, most: int) -> None:
    plan = a_plan(questions=tuple(a_question(f"q{n}") for n in range(20)))
    left_open = an_evaluation(50.0, key_points=findings(missing=("index", "verify")))
    interview = a_started_interview(plan=plan, setup=a_setup(length=length))
    for position in range(1, length + 1):
        answered = interview.submit_answer(position, "An answer.", NOW)
        interview = _asked(answered.record_evaluation(position, 1, left_open).continue_())
    origins = [turn.question.origin for turn in interview.turns]
    assert origins.count(Origin.FOLLOW_UP) == most


def _after_the_first_follow_up(score: float) -> Interview:
    """Two key points were left open; the follow-up on one, judged for that one only, has this score."""
    asked = _asked(_at_probed_question(missing=("index", "verify")))
    answered = asked.submit_answer(3, "An answer.", NOW)
    own = tuple(f for f in findings() if f.key_point_id == "index")
    return answered.record_evaluation(3, 1, an_evaluation(score, key_points=own)).continue_()


def test_two_key_points_left_open_are_both_probed() -> None:
    assert _chosen(_after_the_first_follow_up(50.0)).id == "slow-query/verify"


@pytest.mark.parametrize(("score", "origin"), [(WEAK, Origin.FOLLOW_UP), (WEAK - 0.1, Origin.BANK)])
def test_second_follow_up_comes_only_where_the_first_brought_something(
    score: float, origin: Origin
) -> None:
    assert _chosen(_after_the_first_follow_up(score)).origin is origin


def test_skipped_follow_up_is_not_followed_by_another() -> None:
    probed = _asked(_at_probed_question(missing=("index", "verify")))
    assert _chosen(probed.skip(3)).origin is Origin.BANK


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


def _first_of(*questions: Question, slot: Slot) -> str:
    """The id of the question taken for a slot at a target of 3."""
    plan = a_plan(questions=questions, agenda=(slot,))
    return _chosen(_answered(a_started_interview(plan=plan), 50.0)).id


def test_slot_about_the_resume_takes_a_resume_question() -> None:
    bank = a_question("bank", difficulty=3)
    own = a_question("own", origin=Origin.RESUME, difficulty=4)
    assert _first_of(bank, own, slot=Slot("databases", is_about_resume=True)) == "own"


def test_new_competency_near_the_target_is_taken_before_one_of_the_slot_two_steps_away() -> None:
    far = a_question("far", difficulty=5)
    near = a_question("near", competency="testing", difficulty=4)
    assert _first_of(far, near, slot=Slot("databases")) == "near"


def test_slot_takes_a_question_two_steps_away_where_no_new_competency_has_a_nearer_one() -> None:
    far = a_question("far", difficulty=5)
    farther = a_question("farther", competency="testing", difficulty=1)
    assert _first_of(far, farther, slot=Slot("databases")) == "far"


def test_slot_without_questions_of_its_competency_takes_any() -> None:
    other = a_question("other", competency="testing", difficulty=5)
    assert _first_of(other, slot=Slot("databases")) == "other"


def test_plan_without_an_agenda_takes_the_question_nearest_the_target() -> None:
    questions = (a_question("hard", difficulty=5), a_question("middle", difficulty=3))
    plan = a_plan(questions=questions, agenda=())
    assert _asked(_answered(a_started_interview(plan=plan), 50.0)).current.question.id == "middle"


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
    assert said in _reason(_after(score))


@pytest.mark.parametrize(
    ("score", "said", "aim"),
    [
        (95, "scored 95; it is already as hard as it gets", 5),
        (5, "scored 5; it is already as easy as it gets", 1),
        (_SKIPPED, "You skipped the last question; it is already as easy as it gets", 1),
    ],
)
def test_reason_at_the_end_of_the_scale_claims_no_step(
    score: float | None, said: str, aim: int
) -> None:
    reason = _reason(_after(score, score, score))
    assert said in reason
    assert f"(aimed at {aim})" in reason
    assert "one step" not in reason


@pytest.mark.parametrize("score", [95.0, 5.0, _SKIPPED])
def test_reason_after_a_follow_up_claims_no_step(score: float | None) -> None:
    reason = _reason(_answered(_asked(_at_probed_question(missing=("verify",))), score))
    assert "(aimed at 3)" in reason
    assert "one step" not in reason


@pytest.mark.parametrize("score", [95.0, 5.0, _SKIPPED])
def test_reason_after_the_opener_claims_no_step(score: float | None) -> None:
    reason = _reason(_answered(a_started_interview(), score))
    assert "(aimed at 3)" in reason
    assert "one step" not in reason


def test_reason_after_an_answer_without_a_score_says_so() -> None:
    interview = _asked(_answered(a_started_interview(), 50.0))
    unscored = interview.submit_answer(2, "An answer.", NOW).go_on_unscored()
    assert "no score, so the difficulty stays" in _reason(unscored)


def test_reason_names_the_difficulty_and_the_one_aimed_at() -> None:
    plan = a_plan(questions=(a_question("only", difficulty=1, follow_ups=()),))
    reason = _reason(_answered(a_started_interview(plan=plan), 50.0))
    assert "difficulty 1 (aimed at 3)" in reason


def test_reason_of_a_follow_up_names_the_key_point() -> None:
    reason = _reason(_at_probed_question(missing=("verify",)))
    assert "Verify that it became faster." in reason


def test_reason_tells_a_resume_question_from_one_of_the_bank() -> None:
    own = a_question("own", origin=Origin.RESUME, follow_ups=())
    plan = a_plan(questions=(own,), agenda=(Slot("databases", is_about_resume=True),))
    assert "about your resume" in _reason(_answered(a_started_interview(plan=plan), 50.0))


def test_choice_before_the_start_is_impossible() -> None:
    with pytest.raises(InvalidTransitionError):
        choose_next(an_interview())
