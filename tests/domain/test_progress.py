from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.delivery import Measure
from core.domain.evaluation import ScoreRange
from core.domain.history import AnswerSummary, InterviewSummary
from core.domain.interview import Phase
from core.domain.interview_setup import Focus, Way
from core.domain.progress import (
    Filters,
    HeldInterview,
    JudgedInterview,
    Point,
    change_of,
    change_sentence,
    criterion_points,
    evaluators,
    greatest_change,
    held_interviews,
    judged_interviews,
    practice_seconds,
    repeated_questions,
    score_points,
    smoothed,
)
from core.domain.progress_findings import (
    attempt_gains,
    days_sentence,
    difficulty_reached,
    difficulty_sentence,
    gain_sentence,
    heat_map,
    kind_scores,
    kinds_sentence,
    practice_days,
    rating_gaps,
    rating_sentence,
    speaking_points,
    speaking_sentence,
)
from core.domain.question import Kind, Seniority
from core.domain.rubric import Criterion

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
RULES = "built-in"
MODEL = "openai/a-model"


def summary(day: int, **changes: object) -> InterviewSummary:
    when = FIRST + timedelta(days=day)
    made = InterviewSummary(
        id=UUID(int=day + 1),
        role_title="Tester",
        seniority=Seniority.MID,
        focus=Focus.MIXED,
        phase=Phase.COMPLETE,
        length=3,
        answered=3,
        created_at=when,
        finished_at=when,
        overall=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def answer(
    score: float | None, position: int = 1, day: int = 0, **changes: object
) -> AnswerSummary:
    made = AnswerSummary(
        position=position,
        number=1,
        question_id=f"question-{position}",
        question="What is a test?",
        kind=Kind.TECHNICAL,
        competency="testing",
        difficulty=3,
        submitted_at=FIRST + timedelta(days=day),
        overall=None if score is None else ScoreRange(score, score - 5, score + 5),
        evaluator="" if score is None else RULES,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def held(day: int, *answers: AnswerSummary) -> HeldInterview:
    return HeldInterview(summary(day), answers)


def scored(day: int, score: float, **changes: Any) -> HeldInterview:
    return held(day, answer(score, day=day, **changes))


def judged(*interviews: HeldInterview) -> tuple[JudgedInterview, ...]:
    return judged_interviews(interviews, RULES)


def trend(*scores: float) -> tuple[Point, ...]:
    return score_points(judged(*(scored(day, score) for day, score in enumerate(scores))))


# --- which interviews count ---------------------------------------------------------------------


def test_unfinished_interviews_and_those_without_an_answer_do_not_count() -> None:
    summaries = [summary(0), summary(1, phase=Phase.LISTENING), summary(2)]
    answers = {summary(0).id: (answer(50),), summary(1).id: (answer(60),)}
    assert [h.summary.id for h in held_interviews(summaries, answers)] == [summary(0).id]


@pytest.mark.parametrize(
    ("filters", "days"),
    [
        (Filters(), [0, 1, 2]),
        (Filters(roles=frozenset({"Baker"})), [1]),
        (Filters(focuses=frozenset({Focus.TECHNICAL})), [2]),
        (Filters(ways=frozenset({Way.REALISTIC})), [2]),
        (Filters(since=date(2026, 1, 2)), [1, 2]),
        (Filters(until=date(2026, 1, 2)), [0, 1]),
    ],
)
def test_filters_take_what_they_name_and_empty_ones_take_all(
    filters: Filters, days: list[int]
) -> None:
    summaries = [
        summary(2, focus=Focus.TECHNICAL, way=Way.REALISTIC),
        summary(1, role_title="Baker"),
        summary(0),
    ]
    answers = {s.id: (answer(50),) for s in summaries}
    found = held_interviews(summaries, answers, filters)
    assert [(h.when - FIRST).days for h in found] == days


def test_whoever_judged_most_is_named_first() -> None:
    interviews = [scored(0, 50), scored(1, 50, evaluator=MODEL), scored(2, 50, evaluator=MODEL)]
    assert evaluators(interviews) == (MODEL, RULES)


# --- trends -------------------------------------------------------------------------------------


def test_scores_of_another_evaluator_are_in_no_point() -> None:
    mixed = held(0, answer(20, 1), answer(90, 2, evaluator=MODEL))
    (point,) = score_points(judged(mixed))
    assert (point.value.score, point.count) == (20, 1)


def test_only_the_newest_attempt_counts_in_a_trend() -> None:
    (point,) = score_points(judged(held(0, answer(20), answer(70, number=2))))
    assert point.value.score == 70


def test_answer_without_a_score_is_not_counted_as_zero() -> None:
    (point,) = score_points(judged(held(0, answer(80, 1), answer(None, 2))))
    assert point.value.score == 80


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((30, 40, 62), "Overall up 32 points since January 2026"),
        ((30, 40, 10), "Overall down 20 points since January 2026"),
        (
            (30, 90, 38),
            "Overall: no clear change over 3 interviews, the ranges of the first and last overlap",
        ),
        ((30, 90), "Overall: too few interviews to tell a trend"),
        ((), "Overall: too few interviews to tell a trend"),
    ],
)
def test_trend_is_claimed_only_beyond_the_ranges(scores: tuple[float, ...], sentence: str) -> None:
    assert change_sentence(trend(*scores), "Overall", "points") == sentence


def test_scattered_interviews_show_no_clear_change_however_narrow_their_ranges() -> None:
    up_and_down = trend(*[20, 80, 30, 90, 20, 85] * 3)
    change = change_of(up_and_down)
    assert change is not None
    assert change.compared == 5
    assert not change.is_clear


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_smoothed_line_stays_within_the_values(values: list[float]) -> None:
    line = smoothed(values)
    assert len(line) == len(values)
    assert min(values) - 1e-6 <= min(line)
    assert max(line) <= max(values) + 1e-6


def test_smoothed_line_is_the_mean_of_five() -> None:
    assert smoothed([10, 20, 30, 40, 50, 60]) == (10, 15, 20, 25, 30, 40)


def test_criterion_that_was_not_assessed_has_no_point() -> None:
    interviews = [held(0, answer(50, levels={Criterion.DEPTH: 2.0})), scored(1, 50)]
    assert len(criterion_points(judged(*interviews), Criterion.DEPTH)) == 1
    assert not criterion_points(judged(*interviews), Criterion.CLARITY)


def test_criterion_with_the_greatest_clear_change_is_found() -> None:
    interviews = [
        scored(day, 50, levels={Criterion.DEPTH: 1.0 + day / 3, Criterion.CLARITY: 3.0 + day % 2})
        for day in range(9)
    ]
    assert greatest_change(judged(*interviews)) is Criterion.DEPTH


def test_question_left_open_overnight_counts_for_the_most() -> None:
    interviews = [held(0, answer(50, seconds=60.0), answer(50, 2, seconds=50_000.0))]
    assert practice_seconds(interviews, 900) == 960


# --- findings -----------------------------------------------------------------------------------


def test_heat_map_puts_the_strongest_on_top_and_names_the_ends() -> None:
    interviews = [
        held(day, answer(30, 1, competency="sql"), answer(80, 2, competency="security"))
        for day in (0, 40, 80)
    ]
    heat = heat_map(judged(*interviews))
    assert heat.competencies == ("security", "sql")
    assert heat.periods == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
    assert heat.title({"sql": "SQL", "security": "Security"}) == (
        "Security is strongest (80), SQL weakest (30 of 100)"
    )


def test_short_history_is_told_by_weeks() -> None:
    heat = heat_map(judged(scored(0, 50), scored(8, 50)))
    assert heat.is_weekly
    assert heat.periods == (date(2025, 12, 29), date(2026, 1, 5))


def test_competencies_with_few_answers_are_not_compared() -> None:
    heat = heat_map(judged(scored(0, 50), scored(1, 20, competency="sql")))
    assert "too few" in heat.title({"testing": "Testing", "sql": "SQL"})


def test_kinds_are_told_apart_only_where_their_ranges_are() -> None:
    clear = [
        held(d, answer(80 + d % 2, 1), answer(30 + d % 2, 2, kind=Kind.BEHAVIORAL))
        for d in range(4)
    ]
    vague = [
        held(d, answer(20 + 30 * d, 1), answer(10 + 30 * d, 2, kind=Kind.BEHAVIORAL))
        for d in range(4)
    ]
    assert kinds_sentence(kind_scores(judged(*clear))) == (
        "Technical questions score 50 points more than behavioral ones"
    )
    assert "No clear difference" in kinds_sentence(kind_scores(judged(*vague)))


def test_difficulty_is_reached_with_a_solid_mean() -> None:
    interview = held(0, answer(90, 1, difficulty=4), answer(30, 2, difficulty=4), answer(70, 3))
    (reached,) = difficulty_reached(judged(interview))
    assert (reached.difficulty, reached.hardest_asked) == (3, 4)


def test_difficulty_of_the_last_interviews_is_held_against_the_first() -> None:
    interviews = [scored(day, 80, difficulty=2 if day < 5 else 4) for day in range(10)]
    assert difficulty_sentence(difficulty_reached(judged(*interviews))) == (
        "You hold difficulty 4 of 5 now, 2 in the beginning"
    )


def test_ratings_are_held_against_the_judgements_in_levels() -> None:
    interviews = [scored(day, 50, self_rating=4) for day in range(4)]
    sentence = rating_sentence(rating_gaps(interviews, RULES))
    assert sentence == "You rate yourself 1.0 levels too high (+1.0 levels now, +1.0 at first)"


def test_gain_of_an_attempt_is_that_over_the_one_before() -> None:
    interviews = [held(d, answer(40), answer(55 + d, number=2)) for d in range(3)]
    gains = attempt_gains(interviews, RULES)
    assert [(g.number, g.gain.score, g.count, g.better) for g in gains] == [(2, 16, 3, 3)]
    assert gain_sentence(gains) == "A second attempt adds 16 points on average"


def test_attempts_judged_by_different_evaluators_are_not_compared() -> None:
    interview = held(0, answer(40), answer(90, number=2, evaluator=MODEL))
    assert not attempt_gains([interview], RULES)


def test_days_of_practice_tell_the_longest_break() -> None:
    days = practice_days([scored(0, 50), scored(0, 60), scored(10, 70)])
    assert [day.answers for day in days] == [2, 1]
    assert days_sentence(days) == "2 days of practice, the longest break was 9 days"


@pytest.mark.parametrize(
    "sentence",
    [
        difficulty_sentence(()),
        rating_sentence(()),
        gain_sentence(()),
        kinds_sentence(()),
    ],
)
def test_too_little_is_said_to_be_too_little(sentence: str) -> None:
    assert "too few" in sentence


# --- one question over time ---------------------------------------------------------------------


def test_question_asked_three_times_tells_its_scores_in_order() -> None:
    interviews = [scored(2, 71), scored(0, 32), scored(1, 48)]
    (question,) = repeated_questions(interviews)
    assert question.title == "asked 3 times: 32 → 48 → 71"


def test_scores_by_different_evaluators_are_said_to_be_so() -> None:
    (question,) = repeated_questions([scored(0, 32), scored(1, 60, evaluator=MODEL)])
    assert question.title == "asked 2 times: 32 → 60 (by different evaluators)"


def test_question_asked_once_has_no_history() -> None:
    assert not repeated_questions([held(0, answer(20), answer(60, number=2))])


def a_drill(day: int, *answers: AnswerSummary) -> HeldInterview:
    return HeldInterview(summary(day, is_drill=True), answers)


def test_drill_is_in_no_line_of_scores() -> None:
    interviews = [held(0, answer(70)), a_drill(1, answer(20)), held(2, answer(70))]
    points = score_points(judged_interviews(interviews, RULES))
    assert [point.value.score for point in points] == [70, 70]


def test_who_judged_drills_alone_is_no_evaluator_to_choose() -> None:
    drill = a_drill(1, answer(20, evaluator=MODEL))
    assert evaluators([held(0, answer(70)), drill]) == (RULES,)


def test_drill_is_a_day_of_practice() -> None:
    assert len(practice_days([a_drill(1, answer(20, day=1))])) == 1


def spoken(day: int, *paces: float, fillers: float | None = None) -> HeldInterview:
    kept = {} if fillers is None else {Measure.FILLERS: fillers}
    answers = (
        answer(70, n, day, spoken={Measure.PACE: pace, **kept})
        for n, pace in enumerate(paces, start=1)
    )
    return held(day, *answers)


def test_pace_of_an_interview_is_the_mean_of_its_spoken_answers() -> None:
    (point,) = speaking_points([spoken(0, 120, 140), held(1, answer(70))], Measure.PACE)
    assert (point.value.score, point.count) == (130, 2)


def test_fillers_are_told_only_of_answers_whose_transcriber_keeps_them() -> None:
    interviews = [spoken(0, 120), spoken(1, 130, fillers=3.0)]
    assert [p.when.day for p in speaking_points(interviews, Measure.FILLERS)] == [2]


def test_pace_that_changed_is_told_with_where_it_lies_now() -> None:
    points = speaking_points([spoken(d, 190, 190) for d in range(5)], Measure.PACE)
    points += speaking_points([spoken(d, 140, 140) for d in range(5, 10)], Measure.PACE)
    told = speaking_sentence(points, Measure.PACE)
    assert told.startswith("Pace down 50 words a minute")
    assert told.endswith("140 now, within what is comfortable to follow")


def test_pace_of_few_interviews_tells_no_trend() -> None:
    points = speaking_points([spoken(0, 190)], Measure.PACE)
    assert speaking_sentence(points, Measure.PACE) == "Pace: too few interviews to tell a trend"
