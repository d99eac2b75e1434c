"""How many input tokens a whole interview with a model takes.

Ten questions, a resume of 1,500 tokens, a job description of 700 and answers of 260, all invented, in the
manner of the company with most to say. A token is taken for four characters; instructions, material and schema count, what is cached too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from core.adapters.content_files import read_content
from core.adapters.practice_interviewer import PracticeInterviewer
from core.domain.attempt import Attempt
from core.domain.company import Company
from core.domain.content import Content
from core.domain.interview_setup import InterviewSetup
from core.domain.language_model import ModelRequest
from core.domain.profile import CandidateProfile, Education, PartialDate, Position, Project, Skill
from core.domain.question import Question, Seniority
from core.domain.turn import Turn
from core.prompting.context import InterviewContext
from core.prompting.evaluate import earlier_line, evaluation_request
from core.prompting.plan import plan_request
from core.prompting.read_resume import resume_request
from core.prompting.report import report_request
from core.wiring.reading import DATA

CHARACTERS_PER_TOKEN = 4
QUESTIONS = 10
RESUME_TOKENS = 1_500
JOB_TOKENS = 700
ANSWER_TOKENS = 260

_NOW = datetime(2026, 3, 2, tzinfo=UTC)
_HIGHLIGHT = (
    "Rebuilt the part {n} of the ordering system in small steps, which cut its failures from {n}0 to "
    "{n} a month and let three teams release on their own days instead of one."
)
_ANSWER = (
    "I would first look where the time goes, because guessing costs more than measuring. In my last "
    "job a page became slow after the table had grown, so I read the plan and saw a full scan. "
)
_JOB = (
    "You will look after the services that take our orders, together with four colleagues. We want "
    "someone who measures before changing things and who can explain a choice to people outside. "
)


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
    resume = _filled(_resume(), RESUME_TOKENS)
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
    answer = _filled(_ANSWER, ANSWER_TOKENS)
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
        job_description=_filled(_JOB, JOB_TOKENS),
    )
    company = max(content.companies, key=_wordiness)
    return InterviewContext(setup, _profile(), "nonce", company)


def _wordiness(company: Company) -> int:
    return len(company.style) + sum(len(value.meaning) for value in company.values)


def _turns(content: Content) -> list[Turn]:
    """Ten questions of the bank with their built-in judgements."""
    interviewer = PracticeInterviewer(content, DATA / "grader")
    answer = _filled(_ANSWER, ANSWER_TOKENS)
    fitting = [q for q in content.questions if q.fits("backend", Seniority.SENIOR)]
    return [
        _turn(interviewer, question, answer, position)
        for position, question in enumerate([content.opener, *fitting][:QUESTIONS], 1)
    ]


def _turn(interviewer: PracticeInterviewer, question: Question, answer: str, position: int) -> Turn:
    attempt = Attempt(1, answer, _NOW, evaluation=interviewer.glance(question, answer))
    return Turn(position, question, "Planned.", _NOW, attempts=(attempt,))


def _profile() -> CandidateProfile:
    """An invented career whose digest is about as long as its resume."""
    return CandidateProfile(
        positions=tuple(
            Position(
                "Backend Engineer",
                f"Quillhaven Foods {n}",
                PartialDate(2024 - 2 * n, 3),
                PartialDate(2026 - 2 * n, 2),
                highlights=tuple(_HIGHLIGHT.format(n=n + k) for k in range(1, 8)),
            )
            for n in range(4)
        ),
        projects=(Project("Tidewatch", "Tells sailors when a harbour falls dry.", ("Free.",)),),
        education=(Education("Tarnwell University", "B.Sc. Computer Science", PartialDate(2014)),),
        skills=tuple(Skill(f"Technology {n}") for n in range(25)),
    )


def _resume() -> str:
    return "\n".join(h for position in _profile().positions for h in position.highlights)


def _filled(text: str, tokens: int) -> str:
    """The text, repeated and cut to so many tokens."""
    length = tokens * CHARACTERS_PER_TOKEN
    return (text * (length // len(text) + 1))[:length]


if __name__ == "__main__":
    main()
