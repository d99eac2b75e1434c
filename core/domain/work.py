"""Work that an interviewer does once for an interview, such as its plan, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class WorkStatus(StrEnum):
    """What became of work that an interviewer does once for an interview: its plan, its narrative."""

    NONE = "none"
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Work:
    """Work that an interviewer does once for an interview; `failure` is a sentence, set when FAILED."""

    status: WorkStatus = WorkStatus.NONE
    failure: str = ""


NO_WORK = Work()
