"""The REST API under load: `python -m bench.api`.

Interviews held at once, each by a candidate of its own with the built-in interviewer; and uploads at once
beside a page that reruns. Server and callers share the machine.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from threading import Thread
from typing import Any

import httpx

from bench.seeding import Visitor, seed_visitor
from bench.weight import page_session, rerun_page, wait_until_warm
from core.services.accounts import COOKIE_NAME, new_guest_token
from tests.adapters.documents import column, pdf_of
from tests.e2e.server import Server

INTERVIEWS = 200
QUESTIONS = 3
UPLOADS = 20
RERUNS = 100
_TIMEOUT_SECONDS = 300.0
_AGAIN = (202, 429, 503)
_ANSWER = (
    "First I measure, because guesses cost time. At my last job the import took three hours, so I "
    "rewrote the slow query, and in the end it ran in twenty minutes."
)
_LINES = (
    "Experience",
    "Backend Engineer, Quillhaven Foods, March 2020 - May 2024",
    *["Cut the nightly import from 5 hours to 40 minutes with Python and PostgreSQL."] * 40,
)


@dataclass
class Tally:
    """Seconds of each kind of request, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    again: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many were answered."""
        return sum(map(len, self.seconds.values()))


def main() -> None:
    """Print requests a second and p95 of the interviews, and what uploads do to a page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        visitor = seed_visitor(folder / "var")
        server = Server(folder / "var", API_REQUESTS_PER_MINUTE="1000000")
        with _running(server):
            wait_until_warm(server, visitor)
            _print_interviews(server)
            _print_uploads(server, visitor)


def _print_interviews(server: Server) -> None:
    began = time.monotonic()
    tally = asyncio.run(_hold_interviews(server))
    taken = time.monotonic() - began
    print(
        f"{INTERVIEWS} interviews of {QUESTIONS} questions at once: {len(tally.errors)} errors, "
        f"{tally.again} told to come again, {tally.requests / taken:.0f} requests a second, {taken:.0f} s"
    )
    print("| request | median, s | p95, s |\n|---|---|---|")
    for kind, seconds in tally.seconds.items():
        cuts = quantiles(seconds, n=20)
        print(f"| {kind} | {cuts[9]:.2f} | {cuts[18]:.2f} |")
    for error in tally.errors[:5]:
        print(error)


async def _hold_interviews(server: Server) -> Tally:
    tally = Tally()
    limits = httpx.Limits(max_connections=INTERVIEWS)
    async with httpx.AsyncClient(
        base_url=f"{server.url}/api", timeout=_TIMEOUT_SECONDS, limits=limits
    ) as client:
        await asyncio.gather(*(_hold_interview(client, tally) for _ in range(INTERVIEWS)))
    return tally


async def _hold_interview(client: httpx.AsyncClient, tally: Tally) -> None:
    headers = _guest_headers()
    try:
        body: dict[str, Any] = {"role": "Backend Engineer", "questions": QUESTIONS}
        told = await _sent(client, tally, "start", headers, json=body)
        session_id = told["session_id"]
        for position in range(1, QUESTIONS + 2):
            body = {"session_id": session_id, "position": position, "answer": _ANSWER}
            await _sent(client, tally, "answer", headers, json=body)
        await _sent(client, tally, f"result/{session_id}", headers, method="GET")
    except (httpx.HTTPError, RuntimeError) as error:
        tally.errors.append(f"{type(error).__name__}: {error}")


async def _sent(
    client: httpx.AsyncClient,
    tally: Tally,
    path: str,
    headers: dict[str, str],
    method: str = "POST",
    **content: Any,
) -> Any:
    """The reply, asked for again as long as the API says so; RuntimeError for a refusal."""
    began = time.monotonic()
    while True:
        reply = await client.request(method, f"/interview/{path}", headers=headers, **content)
        if reply.status_code not in _AGAIN:
            break
        tally.again += 1
        await asyncio.sleep(float(reply.headers["retry-after"]))
    kind = path.partition("/")[0]
    tally.seconds.setdefault(kind, []).append(time.monotonic() - began)
    if reply.status_code >= 400:
        raise RuntimeError(f"{path}: {reply.status_code} {reply.text}")
    return reply.json()


def _print_uploads(server: Server, visitor: Visitor) -> None:
    with page_session(server, visitor) as session:
        alone = [_rerun_seconds(session, visitor) for _ in range(RERUNS)]
        done: list[int] = []
        uploads = Thread(target=lambda: done.extend(asyncio.run(_upload_all(server))))
        began = time.monotonic()
        uploads.start()
        beside = []
        while uploads.is_alive():
            beside.append(_rerun_seconds(session, visitor))
        taken = time.monotonic() - began
    calm, busy = quantiles(alone, n=20)[18], quantiles(beside, n=20)[18]
    print(
        f"{UPLOADS} uploads at once: {done.count(201)} read in {taken:.0f} s; a page's rerun p95 "
        f"{calm * 1000:.0f} ms alone, {busy * 1000:.0f} ms beside ({len(beside)} reruns): "
        f"{busy / calm:.1f}× (goal < 3×)"
    )


async def _upload_all(server: Server) -> list[int]:
    """The status of each upload; every candidate has one."""
    content = pdf_of(
        column(50, ("Ilva Brandmere", *_LINES)), column(50, _LINES), column(50, _LINES)
    )
    async with httpx.AsyncClient(base_url=f"{server.url}/api", timeout=_TIMEOUT_SECONDS) as client:
        replies = await asyncio.gather(
            *(
                client.post(
                    "/resume/upload", headers=_guest_headers(), files={"file": ("a.pdf", content)}
                )
                for _ in range(UPLOADS)
            )
        )
    return [reply.status_code for reply in replies]


def _rerun_seconds(session: Any, visitor: Visitor) -> float:
    began = time.monotonic()
    rerun_page(session, visitor)
    return time.monotonic() - began


def _guest_headers() -> dict[str, str]:
    """A new candidate's browser, as our own pages send its requests."""
    return {"Cookie": f"{COOKIE_NAME}={new_guest_token()}", "X-Requested-With": "bench"}


@contextmanager
def _running(server: Server) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        server.kill()


if __name__ == "__main__":
    main()
