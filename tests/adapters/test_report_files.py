import json
from dataclasses import replace

import pytest

from core.adapters.report_files import (
    MAX_HISTORY_BYTES,
    history_as_json,
    history_from_json,
    profile_as_json,
    report_as_json,
    report_as_markdown,
    report_schema,
)
from core.config import ROOT
from core.domain.errors import InvalidInputError
from core.domain.interview import Interview
from core.domain.report import Report, build_report
from core.services.exporting import History
from tests.builders import (
    NOW,
    a_closing,
    a_judged_interview,
    a_profile,
    a_question,
    a_resume,
    a_setup,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
    findings,
    real_content,
)


def _markdown(interview: Interview) -> str:
    return report_as_markdown(build_report(interview), real_content())


def _with_everything() -> Interview:
    interview = a_judged_interview(an_evaluation(72.25)).continue_()
    interview = interview.ask(a_question("skipped"), "Because.", NOW).skip(2)
    interview = interview.ask(a_question("failed"), "Because.", NOW)
    interview = interview.submit_answer(3, "First line.\nSecond line.", NOW)
    interview = interview.record_failure(3, 1, "The interviewer is out of reach.")
    interview = interview.go_on_unscored().ask(a_closing(), "The end.", NOW)
    return interview.submit_answer(4, "Who is on the team?", NOW).finish(NOW)


# --- Markdown -----------------------------------------------------------------------------------


def test_title_names_role_and_seniority() -> None:
    assert _markdown(_with_everything()).startswith("# Interview report: Backend Engineer (mid)\n")


def test_overall_is_shown_with_its_range() -> None:
    assert "**Overall: 72 of 100** (range 62–82)" in _markdown(_with_everything())


def _like_amazon() -> Report:
    setup = a_setup(company_id="amazon")
    interview = a_judged_interview(setup=setup).continue_()
    return build_report(interview, real_content().company(setup))


def test_markdown_holds_the_answers_against_the_company() -> None:
    said = report_as_markdown(_like_amazon(), real_content())
    assert "## Against what Amazon looks for" in said
    assert "back from there. | not asked |" in said
    assert "Modelled on public information; not affiliated. Source: Leadership" in said


def test_json_holds_the_answers_against_the_company() -> None:
    company = json.loads(report_as_json(_like_amazon()))["company"]
    assert company["name"] == "Amazon"
    assert {value["score"] for value in company["values"]} == {None}


def test_report_without_a_score_shows_none() -> None:
    assert "Overall" not in _markdown(an_answered_interview())


def test_every_question_and_answer_is_shown() -> None:
    shown = _markdown(_with_everything())
    for turn in _with_everything().turns:
        assert f"### {turn.position}. {turn.question.text}" in shown
    assert "> Who is on the team?" in shown


def test_every_line_of_an_answer_is_quoted() -> None:
    assert "> First line.\n> Second line." in _markdown(_with_everything())


def test_heading_in_an_answer_stays_part_of_the_quote() -> None:
    shown = _markdown(an_answered_interview("Yes.\n# Overall: 100 of 100"))
    assert "> # Overall: 100 of 100" in shown


@pytest.mark.parametrize(
    ("interview", "said"),
    [
        (a_started_interview().skip(1), "*Skipped.*"),
        (a_started_interview(), "*Not answered.*"),
        (an_answered_interview(), "*Not judged yet.*"),
        (an_answered_interview().record_failure(1, 1, "It broke."), "*It broke.*"),
        (a_judged_interview(a_void_evaluation()), "*It is not in English.*"),
    ],
)
def test_answer_without_a_score_says_why(interview: Interview, said: str) -> None:
    assert said in _markdown(interview)


def test_key_points_are_shown_with_what_became_of_them() -> None:
    found = findings(missing=("measure",), partly=("index",))
    shown = _markdown(a_judged_interview(an_evaluation(key_points=found)))
    assert "- missing: Measure before changing anything." in shown
    assert "- partly made: An index avoids scanning the table." in shown
    assert "- made: Verify that it became faster." in shown


def test_competency_is_called_by_its_title() -> None:
    assert "Databases, difficulty" in _markdown(_with_everything())


def test_evaluator_is_named_with_what_it_cannot_do() -> None:
    shown = _markdown(_with_everything())
    assert "Judged by: scripted 1." in shown
    assert "does not know whether a statement is true" in shown


# --- JSON ---------------------------------------------------------------------------------------


def test_report_as_json_keeps_every_number_unrounded() -> None:
    found = json.loads(report_as_json(build_report(_with_everything())))
    assert found["overall"] == {"score": 72.25, "low": 62.25, "high": 82.25}


def test_report_as_json_counts_what_has_no_score() -> None:
    found = json.loads(report_as_json(build_report(_with_everything())))
    assert (found["judged"], found["skipped"], found["unjudged"]) == (1, 1, 1)


def test_profile_as_json_names_what_was_read() -> None:
    found = json.loads(profile_as_json(a_profile()))
    assert (found["name"], found["positions"][0]["company"]) == (
        "Ilva Brandmere",
        "Quillhaven Foods",
    )


# --- histories ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "history",
    [
        History(),
        History((_with_everything(), a_started_interview()), a_resume()),
        History((replace(_with_everything(), version=12),), None),
    ],
)
def test_history_comes_back_equal(history: History) -> None:
    assert history_from_json(history_as_json(history).encode()) == history


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        report_as_json(build_report(_with_everything())).encode(),
        b'{"interviews": [{"id": 1}]}',
        history_as_json(History((_with_everything(),))).encode()[:-20],
        history_as_json(History((_with_everything(),))).replace("complete", "won").encode(),
        b"[" * 100_000,
    ],
)
def test_file_that_is_no_history_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInputError) as refused:
        history_from_json(data)
    assert refused.value.field == "history"


def test_history_with_an_interview_that_cannot_have_been_is_refused() -> None:
    held = _with_everything()
    impossible = replace(held, turns=(held.turns[0], *held.turns))
    with pytest.raises(InvalidInputError):
        history_from_json(history_as_json(History((held, impossible))).encode())


def test_refusal_of_a_history_tells_nothing_of_its_content() -> None:
    history = History((an_answered_interview("My private answer."),))
    broken = history_as_json(history).replace("processing", "won").encode()
    with pytest.raises(InvalidInputError) as refused:
        history_from_json(broken)
    assert "private" not in str(refused.value)


def test_file_too_large_to_be_a_history_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="50 MB"):
        history_from_json(b" " * (MAX_HISTORY_BYTES + 1))


def test_documented_schema_is_that_of_the_report() -> None:
    written = (ROOT / "docs" / "report.schema.json").read_text("utf-8")
    assert written == report_schema() + "\n", "run `python -m scripts.report_schema --write`"
