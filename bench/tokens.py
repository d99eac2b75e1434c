"""How many input tokens a whole interview with a model takes.

Ten questions, a resume of 1,500 tokens, a job description of 700 and answers of 260, all invented, in the
manner of the company with most to say. A token is taken for four characters; instructions, material and schema count, what is cached too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.invented_career import (
    answer_text,
    invented_profile,
    job_description,
    resume_text,
)
from core.adapters.content_files import read_content
from core.adapters.counted_usage import CHARACTERS_PER_TOKEN
from core.adapters.practice_interviewer import PracticeInterviewer
from core.domain.attempt import Attempt
from core.domain.company import Company
from core.domain.content import Content
from core.domain.interview_setup import InterviewSetup
from core.domain.language_model import ModelRequest
from core.domain.question import Question, Seniority
from core.domain.turn import Turn
from core.prompting.context import InterviewContext
from core.prompting.evaluate import earlier_line, evaluation_request
from core.prompting.plan import plan_request
from core.prompting.read_resume import resume_request
from core.prompting.report import report_request
from core.wiring.reading import DATA

QUESTIONS = 10

_NOW = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """The requests of one sort: how many, and their input tokens together."""

    name: str
    requests: int
    tokens: int


def main() -> None:
    """Print a table row for each sort of request, and their sum."""
    rows = list(measured())
    for row in rows:
        print(f"| {row.name} | {row.requests} | {row.tokens:,} |")
    print(f"| together | {sum(r.requests for r in rows)} | {total(rows):,} |")


def total(rows: list[Row]) -> int:
    """All input tokens of the interview."""
    return sum(row.tokens for row in rows)


def measured() -> Iterator[Row]:
    """Each sort of request of one interview."""
    content = read_content(DATA)
    context = _context(content)
    turns = _turns(content)
    resume = resume_text()
    yield _row("resume", resume_request(resume, "a"))
    role = content.role(context.setup.role_id)
    competencies = [content.competencies[c] for c in (role.competencies if role else ())]
    asked = [turn.question.text for turn in turns[:5]]
    yield _row("plan", plan_request(context, QUESTIONS, competencies, asked, (), "b"))
    yield _row("evaluations", *(_evaluation(content, context, turns, n) for n in range(QUESTIONS)))
    yield _row("report", report_request(context, turns, "c"))


def _evaluation(
    content: Content, context: InterviewContext, turns: list[Turn], number: int
) -> ModelRequest:
    question = turns[number].question
    earlier = [earlier_line(turn) for turn in turns[:number]]
    answer = answer_text()
    return evaluation_request(
        context, question, content.rubrics[question.kind], answer, earlier, str(number)
    )


def _row(name: str, *requests: ModelRequest) -> Row:
    return Row(name, len(requests), sum(_tokens(request) for request in requests))


def _tokens(request: ModelRequest) -> int:
    schema = json.dumps(request.schema, separators=(",", ":"))
    parts = (request.instructions, request.stable, request.volatile, schema)
    return sum(len(part) for part in parts) // CHARACTERS_PER_TOKEN


def _context(content: Content) -> InterviewContext:
    setup = InterviewSetup(
        "Backend Engineer",
        Seniority.SENIOR,
        "backend",
        length=QUESTIONS,
        has_resume=True,
        job_description=job_description(),
    )
    company = max(content.companies, key=_wordiness)
    return InterviewContext(setup, invented_profile(), "nonce", company)


def _wordiness(company: Company) -> int:
    return len(company.style) + sum(len(value.meaning) for value in company.values)


def _turns(content: Content) -> list[Turn]:
    """Ten questions of the bank with their built-in judgements."""
    interviewer = PracticeInterviewer(content, DATA / "grader")
    answer = answer_text()
    fitting = [q for q in content.questions if q.fits("backend", Seniority.SENIOR)]
    return [
        _turn(interviewer, question, answer, position)
        for position, question in enumerate([content.opener, *fitting][:QUESTIONS], 1)
    ]


def _turn(interviewer: PracticeInterviewer, question: Question, answer: str, position: int) -> Turn:
    attempt = Attempt(1, answer, _NOW, evaluation=interviewer.glance(question, answer))
    return Turn(position, question, "Planned.", _NOW, attempts=(attempt,))


if __name__ == "__main__":
    main()
