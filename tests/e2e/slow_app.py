"""The product, with moments in which a test can hold it still.

Takes the place of `streamlit` on the command line: `python -m tests.e2e.slow_app run app.py`. The folder
`DRILLS` steers it: while a file named after a moment is there, whoever comes to that moment waits and
leaves `<moment>.reached` behind; `clock` holds seconds by which the machine's clock is off.
`GRACE_SECONDS` shortens the grace after a time limit; the lease on a judgement is short as well.
"""

import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from core.adapters.practice_interviewer import PracticeInterviewer
from core.adapters.sql_store import SqlStore
from core.adapters.system_clock import SystemClock
from core.domain import adaptivity, timing
from core.services import interviewing

LOOK_SECONDS = 0.02
LEASE_SECONDS = 2.0
CLAIM = "claim"
"""The answer is stored, nobody judges it yet."""
JUDGEMENT = "judgement"
"""The lease is taken, the judgement is being made."""
RECORD = "record"
"""The judgement is made, and not stored."""
IMPRESSION = "impression"
"""The realistic way: the answer is stored, the next question not chosen."""
CHOICE = "choice"
"""In the middle of the transaction that puts the next question."""
MOMENTS = (CLAIM, JUDGEMENT, RECORD, IMPRESSION, CHOICE)


def _drills() -> Path:
    return Path(os.environ["DRILLS"])


def _wait(moment: str) -> None:
    hold = _drills() / moment
    if hold.exists():
        (_drills() / f"{moment}.reached").touch()
    while hold.exists():
        time.sleep(LOOK_SECONDS)


def _is_job() -> bool:
    """Whether a judgement is being made, and not a glance for the next question."""
    return threading.current_thread().name == "job"


def _hold_judgements() -> None:
    claim, glance = SqlStore.claim, PracticeInterviewer.glance
    choose_next = adaptivity.choose_next

    def claim_later(*arguments: Any, **options: Any) -> Any:
        _wait(CLAIM)
        return claim(*arguments, **options)

    def glance_slowly(*arguments: Any) -> Any:
        _wait(JUDGEMENT if _is_job() else IMPRESSION)
        evaluation = glance(*arguments)
        if _is_job():
            _wait(RECORD)
        return evaluation

    def choose_later(*arguments: Any, **options: Any) -> Any:
        _wait(CHOICE)
        return choose_next(*arguments, **options)

    patch.object(SqlStore, "claim", claim_later).start()
    patch.object(PracticeInterviewer, "glance", glance_slowly).start()
    patch.object(interviewing, "choose_next", choose_later).start()


def _shift_clock() -> None:
    shift = _drills() / "clock"

    def now(_clock: SystemClock) -> datetime:
        seconds = float(shift.read_text()) if shift.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=seconds)

    patch.object(SystemClock, "now", now).start()


def main() -> None:
    """Patch, then hand over to Streamlit."""
    _hold_judgements()
    _shift_clock()
    timing.GRACE_SECONDS = int(os.environ.get("GRACE_SECONDS", timing.GRACE_SECONDS))
    PracticeInterviewer.lease_seconds = LEASE_SECONDS
    from streamlit.web.cli import main as streamlit

    sys.exit(streamlit(prog_name="streamlit"))


if __name__ == "__main__":
    main()
