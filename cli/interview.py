"""An interview in the terminal: live, or with the answers of a file."""

import argparse
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol
from uuid import UUID

from cli.files import file_content, text_content
from core.bootstrap import Application
from core.domain.clarification import clarification
from core.domain.errors import InvalidInputError
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import InterviewSetup, Persona, TimeLimits, Way
from core.domain.report import build_report
from core.domain.timing import seconds_left, used_seconds
from core.domain.turn import Turn
from core.services.accounts import LOCAL_CANDIDATE

WAIT_SECONDS = 60.0
_HELP = "An empty line ends your answer. /skip, /hint, /why, /finish, or ask to repeat or rephrase."


class Answers(Protocol):
    """Where answers come from."""

    def answer(self, turn: Turn, time_told: str) -> str | None:
        """The answer to a question; None to skip it, EOFError to finish early."""
        ...

    def judged(self, turn: Turn) -> None:
        """Take note of a judgement."""
        ...


class FileAnswers:
    """Answers from a text, one paragraph each; what is not answered there is skipped."""

    def __init__(self, text: str) -> None:
        """Take the text; paragraphs are parted by blank lines."""
        paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
        self._left: Iterator[str] = iter([part for part in paragraphs if part])

    def answer(self, _turn: Turn, _time_told: str) -> str | None:
        """The next paragraph."""
        return next(self._left, None)

    def judged(self, _turn: Turn) -> None:
        """Nothing: the report says it all."""


class TerminalAnswers:
    """Answers from a person at the terminal."""

    def __init__(self) -> None:
        """Say how it works."""
        print(_HELP)

    def answer(self, turn: Turn, time_told: str) -> str | None:
        """What is typed, up to an empty line."""
        print(f"\n[{time_told}]")
        if turn.reaction:
            print(turn.reaction)
        print(f"{turn.position}. {turn.question.text}")
        while True:
            text = "\n".join(_typed_lines()).strip()
            if text == "/skip":
                return None
            if text == "/finish":
                raise EOFError
            reply = _reply(turn, text)
            if reply is None:
                return text
            print(reply)

    def judged(self, turn: Turn) -> None:
        """Show the score and the feedback."""
        evaluation = turn.evaluation
        if evaluation is not None:
            score = f"{turn.overall:.0f} of 100. " if turn.overall is not None else ""
            print(f"\n{score}{evaluation.feedback}")


def _reply(turn: Turn, text: str) -> str | None:
    """What the interviewer says to a command or a request; None when the text is an answer."""
    commands = {"/hint": turn.question.hint or "There is no hint.", "/why": turn.reason}
    return commands.get(text) or clarification(turn.question, text)


def hold_interview(app: Application, options: argparse.Namespace) -> int:
    """Hold the interview that the options describe and print its report."""
    resume = app.preparing.read_resume(file_content(options.resume)) if options.resume else None
    company = next((c for c in app.content.companies if c.id == options.company), None)
    persona = company.tone if company else Persona.NEUTRAL
    setup = InterviewSetup(
        role_title=options.role,
        seniority=options.seniority,
        focus=options.focus,
        length=options.questions,
        job_description=text_content(options.job) if options.job else "",
        seed=options.seed,
        way=options.way,
        limits=TimeLimits(options.question_seconds, round(options.minutes * 60)),
        persona=options.manner or persona,
        company_id=options.company,
    )
    source = FileAnswers(text_content(options.answers)) if options.answers else TerminalAnswers()
    interview = app.interviewing.start_interview(
        LOCAL_CANDIDATE, setup, resume.profile if resume else None
    )
    _answer_all(app, interview.id, source)
    judged = app.interviewing.wait_for_work(LOCAL_CANDIDATE, interview.id, WAIT_SECONDS)
    report = build_report(judged, app.content.company(judged.setup), app.content.expectations)
    print(app.files.report_json(report) if options.json else app.files.report_markdown(report))
    return 0


def _answer_all(app: Application, interview_id: UUID, source: Answers) -> None:
    interview = app.interviewing.interview(LOCAL_CANDIDATE, interview_id)
    while not interview.is_over:
        try:
            interview = _answer_one(app, interview, source)
        except EOFError:
            interview = app.interviewing.finish_interview(LOCAL_CANDIDATE, interview_id)


def _answer_one(app: Application, interview: Interview, source: Answers) -> Interview:
    """Take one answer through its judgement to the next question."""
    interviewing, position = app.interviewing, interview.current.position
    answer = source.answer(interview.current, _time_told(interview, app.clock.now()))
    if answer is None:
        return interviewing.skip_question(LOCAL_CANDIDATE, interview.id, position)
    try:
        submitted = interviewing.submit_answer(LOCAL_CANDIDATE, interview.id, position, answer)
    except InvalidInputError as error:
        print(error)
        return interview
    if submitted.setup.way is Way.REALISTIC:
        return submitted
    judged = interviewing.wait_for_work(LOCAL_CANDIDATE, interview.id, WAIT_SECONDS)
    source.judged(judged.turn_at(position))
    if judged.phase is Phase.PROCESSING:
        return interviewing.go_on_unscored(LOCAL_CANDIDATE, interview.id, position)
    if judged.phase is Phase.FEEDBACK:
        return interviewing.next_question(LOCAL_CANDIDATE, interview.id, position)
    return judged


def _time_told(interview: Interview, now: datetime) -> str:
    """The time used, and what is left where there is a limit."""
    left = seconds_left(interview, now)
    used = f"{_clock(used_seconds(interview, now))} used"
    return used if left is None else f"{used}, {_clock(max(0.0, left))} left for this question"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _typed_lines() -> Iterator[str]:
    """Lines up to an empty one; a command is a line of its own."""
    while line := input("> "):
        yield line
        if line.startswith("/"):
            return
