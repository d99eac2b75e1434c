import pytest

from core.domain.evaluation import Remark
from core.domain.interview import Interview
from core.domain.report import MOST_FINDINGS, Report, build_report, in_words
from core.domain.rubric import Criterion
from tests.builders import (
    ANSWER,
    NOW,
    a_closing,
    a_judged_interview,
    a_question,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
    findings,
    judgements,
)

_C = Criterion


def _with_scores(*scores: float) -> Interview:
    """A finished interview whose answers have these scores."""
    interview = a_judged_interview(an_evaluation(scores[0]))
    for position, score in enumerate(scores[1:], 2):
        asked = interview.continue_().ask(a_question(f"q{position}"), "Because.", NOW)
        answered = asked.submit_answer(position, ANSWER, NOW)
        interview = answered.record_evaluation(position, 1, an_evaluation(score))
    return interview.finish(NOW)


def _of_everything() -> Report:
    """The report of one judged, skipped, failed, void and pending answer each, and an open question."""
    interview = a_judged_interview(an_evaluation(80.0)).continue_()
    interview = interview.ask(a_question("skipped"), "Because.", NOW).skip(2)
    interview = interview.ask(a_question("failed"), "Because.", NOW).submit_answer(3, ANSWER, NOW)
    interview = interview.record_failure(3, 1, "It broke.").go_on_unscored()
    interview = interview.ask(a_question("void"), "Because.", NOW).submit_answer(4, ANSWER, NOW)
    interview = interview.record_evaluation(4, 1, a_void_evaluation()).continue_()
    interview = interview.ask(a_question("pending"), "Because.", NOW).submit_answer(5, ANSWER, NOW)
    interview = interview.go_on_unscored().ask(a_question("open"), "Because.", NOW)
    return build_report(interview.finish(NOW))


def test_each_answer_is_counted_by_what_became_of_it() -> None:
    report = _of_everything()
    assert (report.judged, report.skipped, report.unjudged, report.pending) == (1, 1, 2, 1)


def test_what_has_no_score_is_not_counted_as_zero() -> None:
    overall = _of_everything().overall
    assert overall is not None
    assert overall.score == 80


def test_interview_without_a_score_has_no_overall_and_says_so() -> None:
    report = build_report(an_answered_interview().finish(NOW))
    assert report.overall is None
    assert report.headline == "No answer of this interview has a score yet."


def test_report_of_an_interview_under_way_is_possible() -> None:
    report = build_report(a_started_interview())
    assert (report.finished_at, len(report.turns)) == (None, 1)


def test_closing_question_is_in_the_transcript_but_not_in_the_counts() -> None:
    closing = a_judged_interview().continue_().ask(a_closing(), "The end.", NOW)
    report = build_report(closing.submit_answer(2, "How large is the team?", NOW).finish(NOW))
    assert len(report.turns) == 2
    assert report.judged + report.skipped + report.unjudged + report.pending == 1


def test_same_interview_gives_the_same_report() -> None:
    assert build_report(_with_scores(80, 40)) == build_report(_with_scores(80, 40))


def test_criteria_are_means_of_the_answers() -> None:
    interview = a_judged_interview(an_evaluation(criteria=judgements({_C.DEPTH: 2.0}))).continue_()
    asked = interview.ask(a_question("second"), "Because.", NOW).submit_answer(2, ANSWER, NOW)
    second = an_evaluation(criteria=judgements({_C.DEPTH: 5.0}))
    assert build_report(asked.record_evaluation(2, 1, second)).criteria == {_C.DEPTH: 3.5}


# --- the headline -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (100, "strong"),
        (85, "strong"),
        (84.9, "solid"),
        (65, "solid"),
        (45, "mixed"),
        (25, "thin"),
        (24.9, "not there yet"),
        (0, "not there yet"),
    ],
)
def test_score_in_words(score: float, word: str) -> None:
    assert in_words(score) == word


def test_headline_names_the_best_and_the_worst_criterion() -> None:
    levels = dict.fromkeys(Criterion, 3.0) | {_C.CLARITY: 4.5, _C.DEPTH: 1.5}
    report = build_report(a_judged_interview(an_evaluation(criteria=judgements(levels))))
    assert "clarity carries it, depth holds it back" in report.headline


def test_headline_of_even_criteria_names_none() -> None:
    report = build_report(a_judged_interview(an_evaluation(70.0)))
    assert report.headline == "Solid for mid, and even across the five criteria."


# --- findings -----------------------------------------------------------------------------------


def test_quote_of_a_finding_is_verbatim_from_the_answer_at_its_position() -> None:
    report = build_report(_with_scores(70, 60, 50))
    found = (*report.strengths, *report.weaknesses)
    assert found
    for finding in found:
        attempt = report.turns[finding.position - 1].latest
        assert attempt is not None
        assert finding.quote
        assert finding.quote in attempt.answer


def test_remark_without_evidence_is_shown_without_a_quote() -> None:
    evaluation = an_evaluation(strengths=(Remark("Well told."),))
    assert build_report(a_judged_interview(evaluation)).strengths[0].quote == ""


def test_strengths_come_from_the_best_answers() -> None:
    report = build_report(_with_scores(55, 95, 75, 65))
    assert [finding.position for finding in report.strengths] == [2, 3, 4]


def test_weaknesses_come_from_the_weakest_answers() -> None:
    report = build_report(_with_scores(55, 20, 75, 35))
    assert [finding.position for finding in report.weaknesses] == [2, 4, 1]


def test_poor_answer_is_no_strength() -> None:
    assert build_report(_with_scores(49)).strengths == ()


def test_very_good_answer_is_no_weakness() -> None:
    assert build_report(_with_scores(80)).weaknesses == ()


def test_findings_are_few() -> None:
    report = build_report(_with_scores(*[60] * 8))
    assert len(report.strengths) == len(report.weaknesses) == MOST_FINDINGS


# --- what to practise ---------------------------------------------------------------------------


def test_next_step_names_the_missing_key_point_of_the_weak_answer() -> None:
    weak = an_evaluation(40.0, key_points=findings(missing=("verify",)))
    assert build_report(a_judged_interview(weak)).next_steps[0] == (
        "Answer question 1 again, with this in it: Verify that it became faster."
    )


def test_weightiest_missing_key_point_is_named() -> None:
    weak = an_evaluation(40.0, key_points=findings(missing=("verify", "measure", "index")))
    assert "Measure before changing" in build_report(a_judged_interview(weak)).next_steps[0]


def test_weakest_criterion_gets_advice() -> None:
    levels = dict.fromkeys(Criterion, 4.0) | {_C.CLARITY: 2.0}
    evaluation = an_evaluation(90.0, criteria=judgements(levels), key_points=())
    steps = build_report(a_judged_interview(evaluation)).next_steps
    assert [step for step in steps if step.startswith("Clarity is lowest")]


@pytest.mark.parametrize("worst", Criterion)
def test_every_criterion_has_advice(worst: Criterion) -> None:
    levels = dict.fromkeys(Criterion, 4.0) | {worst: 1.0}
    evaluation = an_evaluation(90.0, criteria=judgements(levels), key_points=())
    (step,) = build_report(a_judged_interview(evaluation)).next_steps
    assert step.lower().startswith(worst.value)


def test_good_interview_needs_no_next_step() -> None:
    levels = dict.fromkeys(Criterion, 4.5)
    evaluation = an_evaluation(90.0, criteria=judgements(levels), key_points=())
    assert build_report(a_judged_interview(evaluation)).next_steps == ()


def test_skipped_questions_are_to_be_tried() -> None:
    skipped = a_started_interview().skip(1)
    assert build_report(skipped).next_steps == ("Try what you skipped: question 1.",)


# --- who judged ---------------------------------------------------------------------------------


def test_evaluators_are_named_once_with_their_version() -> None:
    assert build_report(_with_scores(60, 70)).evaluators == ("scripted 1",)


def test_two_evaluators_are_both_named() -> None:
    other = an_evaluation(evaluator="another", version="7")
    interview = a_judged_interview().continue_().ask(a_question("second"), "Because.", NOW)
    interview = interview.submit_answer(2, ANSWER, NOW).record_evaluation(2, 1, other)
    assert build_report(interview).evaluators == ("scripted 1", "another 7")
