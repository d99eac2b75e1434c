"""A candidate's key is sent to its provider, kept sealed, and found nowhere else: not even after faults."""

import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.errors import ModelError
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import InterviewSetup
from core.domain.question import Seniority
from core.domain.report import build_report
from core.ports import Judging
from tests.builders import ALICE, a_profile, an_answered_interview
from tests.doubles import SilentJob
from tests.faults.conftest import Pauses
from tests.faults.whole_stack import Stack, whole_stack
from tests.known_providers import GEMINI, PROVIDERS, a_key
from tests.stub_provider.script import Mishap, Status, Turn

FAULTS: tuple[Turn, ...] = (
    Status(401),
    Status(402),
    Status(404),
    *[Status(429, {"retry-after": "7"})] * 3,
    *[Status(500)] * 3,
    Mishap.DROP,
    Mishap.END_EARLY,
    Mishap.GARBAGE,
    Mishap.REFUSE,
    *[Mishap.TRUNCATE] * 2,
    *["no JSON"] * 2,
)


@pytest.fixture(params=PROVIDERS, ids=str)
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stack]:
    """A stack of the test's own, so that all it leaves behind can be looked through."""
    with whole_stack(tmp_path, request.param) as running:
        yield running


def _interview_with_faults(stack: Stack) -> Interview:
    """A plan, an answer at which everything goes wrong until it is judged, and the report in prose."""
    interviewing = stack.app.interviewing
    setup = InterviewSetup("Backend Engineer", Seniority.MID, length=3, seed=7)
    interview = interviewing.start_interview(ALICE, setup, a_profile(), stack.choice)
    interview = stack.settled(interview)
    stack.stub.then(*FAULTS)
    interview = stack.answered(interview)
    while interview.phase is Phase.PROCESSING:
        interviewing.retry_evaluation(ALICE, interview.id, 1, 1)
        interview = stack.settled(interview)
    interviewing.finish_interview(ALICE, interview.id)
    interviewing.request_narrative(ALICE, interview.id)
    return stack.settled(interview)


def test_key_is_in_no_file_log_export_or_address(
    stack: Stack, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = a_key(stack.provider)
    interview = _interview_with_faults(stack)
    assert interview.narrative is not None
    assert pauses.seconds > 0
    assert key not in _logged(caplog)
    assert key not in stack.app.files.report_json(build_report(interview))
    assert key not in stack.app.files.history_json(stack.app.exporting.history(ALICE))
    files = [path for path in stack.folder.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if key.encode() in path.read_bytes()] == []


def test_key_reaches_its_provider_in_one_header_and_nowhere_else(
    stack: Stack, pauses: Pauses
) -> None:
    key = a_key(stack.provider)
    _interview_with_faults(stack)
    assert len(stack.stub.requests) > len(FAULTS)
    assert pauses.seconds > 0
    for asked in stack.stub.requests:
        assert key not in asked.path + json.dumps(asked.body)
        assert [name for name, value in asked.headers.items() if key in value] == [
            "x-goog-api-key" if stack.provider == GEMINI else "authorization"
        ]


@pytest.mark.parametrize("fault", [FAULTS[n] for n in (0, 1, 2, 3, 6, 9, 10, 11, 12, 13, 15)])
def test_no_exception_in_the_chain_tells_the_key(
    shared: Stack, pauses: Pauses, fault: Turn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = a_key(shared.provider)
    shared.stub.forget()
    shared.stub.then(*[fault] * 3)
    interviewer = shared.app.interviewers.interviewer(ALICE, shared.choice)
    with pytest.raises(ModelError) as caught:
        interviewer.evaluate(Judging(an_answered_interview(), 1, 1), SilentJob(is_over=False))
    for error in _chain(caught.value):
        assert key not in "".join(traceback.format_exception(error)) + repr(vars(error))
    assert key not in _logged(caplog)
    assert pauses.seconds < 60


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it, those included that a traceback would not show."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _logged(caplog: pytest.LogCaptureFixture) -> str:
    return caplog.text + repr([vars(record) for record in caplog.records])
