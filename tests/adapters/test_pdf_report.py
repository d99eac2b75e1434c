"""The PDF of a report, read back with another library."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from core.adapters.pdf_page import UNKNOWN
from core.adapters.pdf_report import report_as_pdf
from core.domain.interview import Interview
from core.domain.report import build_report
from tests.builders import (
    ANSWER,
    NOW,
    a_closing,
    a_judged_interview,
    a_question,
    a_started_interview,
    an_answered_interview,
    real_content,
)


def _pages(interview: Interview) -> list[str]:
    content = real_content()
    report = build_report(interview, None, content.expectations)
    return [
        page.extract_text() for page in PdfReader(BytesIO(report_as_pdf(report, content))).pages
    ]


def _in_one_line(interview: Interview) -> str:
    return " ".join(" ".join(_pages(interview)).split())


def test_score_finding_answer_and_feedback_are_text() -> None:
    text = _in_one_line(a_judged_interview().finish(NOW))
    for told in ("60 of 100 (mixed), range 50–70", "You measure first.", ANSWER, "Tell me about"):
        assert told in text


def test_pages_are_numbered() -> None:
    pages = _pages(a_judged_interview().finish(NOW))
    assert all(f"{n} of {len(pages)}" in page for n, page in enumerate(pages, 1))


@pytest.mark.parametrize(
    "answer",
    [
        "word " * 3_900,
        "w" * 19_000,
        "line\n" * 3_000,
        "<b>not bold</b> & <para> &amp; </font>",
        "Ünïcödé, Ελληνικά, Кириллица",
    ],
)
def test_every_answer_can_be_set(answer: str) -> None:
    text = "".join(_pages(an_answered_interview(answer).finish(NOW)))
    told = "".join(text.split())
    assert "".join(answer.split())[:30] in told
    assert "".join(answer.split())[-20:] in told


def test_character_that_the_font_lacks_is_a_box() -> None:
    assert f"{UNKNOWN}{UNKNOWN} and so on" in _in_one_line(
        an_answered_interview("面接 and so on").finish(NOW)
    )


def test_interview_without_any_score_is_a_document_too() -> None:
    skipped = a_started_interview().skip(1).ask(a_question("open"), "Because.", NOW)
    text = _in_one_line(skipped.finish(NOW))
    assert "Skipped." in text
    assert "Not answered." in text


def test_answer_to_the_closing_question_is_not_scored() -> None:
    closing = a_judged_interview().continue_().ask(a_closing(), "The end.", NOW)
    assert "Not scored." in _in_one_line(closing.submit_answer(2, "How large?", NOW).finish(NOW))
