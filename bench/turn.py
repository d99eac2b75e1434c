"""What we add to a model's own time when it judges an answer: `python -m bench.turn`.

A stub that takes 600 ms to its first token and gives 60 tokens a second judges the answers of somebody
with a resume and a job description through the whole stack (service, job, adapter, SDK, wire), without
a page. Ours is what remains of the time when the stub's is taken off. The stub is a process of its own, as
a provider is: in ours the two would wait for each other.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

from pydantic import SecretStr

from bench.candidates import strong
from bench.invented_career import invented_profile, job_description, resume_text
from core.bootstrap import Application, build
from core.config import AppMode, Settings
from core.domain.document import DocumentKind, DocumentText
from core.domain.evaluation import PartialEvaluation
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Provider
from core.domain.question import Seniority
from core.domain.resume import Resume
from core.ports import Job, WorkKey
from core.services.accounts import LOCAL_CANDIDATE
from tests.known_providers import KNOWN, PROVIDERS
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Pace
from tests.stub_provider.server import StubProvider

TURNS = 8
PACE = Pace(0.6, 60.0)
_KEY = "bench-0123456789abcdef"
_USER = LOCAL_CANDIDATE


def main() -> None:
    """Judge answers with each provider and print where the time went."""
    print(
        "| provider | first words lit, s (goal ≤ 1.1) | ours a turn, ms: median | p95 |\n|---|---|---|---|"
    )
    for provider in PROVIDERS:
        with _application() as (app, stub):
            lit, ours = _turns(app, stub, provider)
        print(
            f"| {KNOWN.label(provider)} | {median(lit):.2f} | {median(ours) * 1000:.0f} "
            f"| {quantiles(ours, n=20)[-1] * 1000:.0f} |"
        )


@dataclass(frozen=True, slots=True)
class _Stub:
    """The stub in its process: where it is, and how long it took to write each reply."""

    api_urls: dict[str, str]
    served_seconds: "Queue[float]"

    def own_address(self, provider: Provider) -> str:
        """What a candidate enters as address."""
        return self.api_urls[provider] if KNOWN.facts(provider).is_own_server else ""


class _Told(list[float]):
    """Hands on what is appended, out of the process."""

    def __init__(self, queue: "Queue[float]") -> None:
        self._queue = queue

    def append(self, seconds: float) -> None:
        self._queue.put(seconds)


def _serve(addresses: "Queue[dict[str, str]]", served_seconds: "Queue[float]") -> None:
    """The process of the stub, until it is ended."""
    with StubProvider(interviewer_reply, PACE) as stub:
        stub.served_seconds = _Told(served_seconds)
        addresses.put(stub.api_urls)
        stub.is_over.wait()


@contextmanager
def _stub() -> Iterator[_Stub]:
    spawning = get_context("spawn")
    addresses: Queue[dict[str, str]] = spawning.Queue()
    served_seconds: Queue[float] = spawning.Queue()
    process = spawning.Process(target=_serve, args=(addresses, served_seconds), daemon=True)
    process.start()
    try:
        yield _Stub(addresses.get(timeout=60), served_seconds)
    finally:
        process.kill()
        process.join()


@contextmanager
def _application() -> Iterator[tuple[Application, _Stub]]:
    with tempfile.TemporaryDirectory() as folder, _stub() as stub:
        chosen = Settings(
            app_mode=AppMode.LOCAL,
            data_dir=Path(folder),
            database_url=SecretStr(""),
            api_urls=stub.api_urls,
        )
        yield build(chosen), stub


def _turns(app: Application, stub: _Stub, provider: Provider) -> tuple[list[float], list[float]]:
    """Seconds until the first words are lit, and our seconds of each turn; the first is not counted."""
    address = stub.own_address(provider)
    app.keys.add_key(_USER, provider, _KEY, address, keep=False)
    profile = invented_profile()
    document = DocumentText(resume_text(), DocumentKind.TEXT)
    resume = Resume(uuid4(), document, profile, app.clock.now())
    app.interviewing.store.save_resume(_USER, resume)
    setup = InterviewSetup(
        "Backend Engineer", Seniority.MID, length=TURNS, job_description=job_description()
    )
    interview = app.interviewing.start_interview(_USER, setup, profile)
    choice = InterviewerChoice(provider, "stub-model", address)
    app.interviewing.switch_interviewer(_USER, interview.id, choice)
    measured = [_turn(app, stub, interview.id) for _ in range(TURNS)][1:]
    return [lit for lit, _ in measured], [ours for _, ours in measured]


def _turn(app: Application, stub: _Stub, interview_id: UUID) -> tuple[float, float]:
    """One answer: seconds until its first words are lit, and those that the stub did not need."""
    interview = app.interviewing.interview(_USER, interview_id)
    position = interview.current.position
    began = time.monotonic()
    interview = app.interviewing.submit_answer(
        _USER, interview_id, position, strong(interview.current), known=interview
    )
    job = app.interviewing.start_work(_USER, interview)[WorkKey(interview_id, position, 1)]
    lit = _seconds_until_lit(job, began)
    job.wait(60)
    taken = time.monotonic() - began
    app.interviewing.next_question(_USER, interview_id, position)
    return lit, taken - stub.served_seconds.get(timeout=60)


def _seconds_until_lit(job: Job, began: float) -> float:
    seen = 0
    while not job.wait(0):
        seen = job.wait_for_change(seen, 5)
        if isinstance(job.shown, PartialEvaluation) and job.shown.evidence:
            break
    return time.monotonic() - began


if __name__ == "__main__":
    main()
