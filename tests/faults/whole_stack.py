"""The whole product without its pages: real services, jobs, adapters, SDKs, SQLite, and a stub to call."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from core.bootstrap import Application, build
from core.config import AppMode, Settings
from core.domain.interview import Interview
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Provider
from core.domain.question import Seniority
from tests.builders import ALICE, ANSWER
from tests.known_providers import KNOWN, a_key
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Pace
from tests.stub_provider.server import StubProvider

MODEL = "stub-model"
WAIT_SECONDS = 20.0


class Row(NamedTuple):
    """An answer as it stands in the database."""

    status: str
    answer: str
    failure: str
    score: float | None
    has_evaluation: bool


@dataclass(frozen=True)
class Stack:
    """An application whose providers are all the same stub; `who` is what sentences call the provider."""

    app: Application
    stub: StubProvider
    folder: Path
    provider: Provider

    @property
    def choice(self) -> InterviewerChoice:
        return InterviewerChoice(self.provider, MODEL, self.address)

    @property
    def address(self) -> str:
        return self.stub.own_address(self.provider)

    @property
    def who(self) -> str:
        if self.address:
            return f"127.0.0.1:{self.stub.port}"
        return KNOWN.label(self.provider)

    @property
    def database(self) -> Path:
        return self.folder / "interviews.db"

    def started(self) -> Interview:
        """An interview that the built-in interviewer opened and the model goes on with."""
        chosen = InterviewSetup("Backend Engineer", Seniority.MID, seed=7)
        interview = self.app.interviewing.start_interview(ALICE, chosen)
        return self.app.interviewing.switch_interviewer(ALICE, interview.id, self.choice)

    def answered(self, interview: Interview, answer: str = ANSWER) -> Interview:
        """The interview after its current question was answered and all work was done."""
        self.app.interviewing.submit_answer(ALICE, interview.id, interview.current.position, answer)
        return self.settled(interview)

    def settled(self, interview: Interview) -> Interview:
        """The interview once nothing is under way any more."""
        return self.app.interviewing.wait_for_work(ALICE, interview.id, WAIT_SECONDS)

    def rows(self, interview: Interview) -> list[Row]:
        """The answers of an interview, read past the application."""
        query = (
            "select status, answer, failure, score, coalesce(evaluation, 'null') <> 'null' from responses "
            "where interview_id = ? order by position, attempt"
        )
        with sqlite3.connect(self.database) as database:
            found = database.execute(query, [interview.id.hex]).fetchall()
        return [
            Row(status, answer, failure, score, bool(has_evaluation))
            for status, answer, failure, score, has_evaluation in found
        ]


@contextmanager
def whole_stack(folder: Path, provider: Provider, pace: Pace | None = None) -> Iterator[Stack]:
    """A stack with the candidate's key in it."""
    with StubProvider(interviewer_reply, pace) as stub:
        chosen = Settings(
            app_mode=AppMode.LOCAL,
            data_dir=folder,
            database_url=SecretStr(""),
            api_urls=stub.api_urls,
        )
        stack = Stack(build(chosen), stub, folder, provider)
        stack.app.keys.add_key(ALICE, provider, a_key(provider), stack.address, keep=True)
        stub.forget()
        yield stack
