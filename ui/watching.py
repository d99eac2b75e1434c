"""Waiting for work beside the page, with something to see meanwhile."""

import time
from collections.abc import Iterator

from core.ports import Job

WATCH_SECONDS = 120.0
"""A page watches work that is being done for so long; then it looks again now and then."""
LOOK_SECONDS = 1.0


def watched(job: Job | None) -> Iterator[int]:
    """The seconds gone, whenever there is something new to show of a job and once a second anyway.

    Ends with the job. Without one (another process does the work) the seconds go on to the last.
    """
    began, seen = time.monotonic(), 0
    while (job is None or not job.wait(0)) and time.monotonic() - began < WATCH_SECONDS:
        yield int(time.monotonic() - began)
        if job is None:
            time.sleep(LOOK_SECONDS)
        else:
            seen = job.wait_for_change(seen, LOOK_SECONDS)
