"""How long answers took, and what is left of the time. Pure: the moment is an argument.

A clock that jumps, or a candidate who leaves and comes back tomorrow, must not end an interview: each
question counts for at most `MOST_COUNTED_SECONDS`, and never for less than nothing.
"""

from datetime import datetime

from core.domain.interview import Interview, Phase
from core.domain.turn import Turn

GRACE_SECONDS = 30
"""Time to finish a sentence after the time for a question is over; it is announced as such."""
MOST_COUNTED_SECONDS = 900.0
"""A question that was open for longer was left open."""


def answer_seconds(turn: Turn) -> float | None:
    """From the question to its first answer, in seconds; None without an answer."""
    if not turn.attempts:
        return None
    return max(0.0, (turn.attempts[0].submitted_at - turn.asked_at).total_seconds())


def duration(seconds: float) -> str:
    """A time in words: seconds below two minutes, else minutes."""
    return f"{round(seconds)} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"


def used_seconds(interview: Interview, now: datetime) -> float:
    """The time spent on questions so far; reading feedback does not count."""
    return sum(_counted(interview, turn, now) for turn in interview.turns)


def is_time_over(interview: Interview, now: datetime) -> bool:
    """Whether the interview has a time limit and it is used up."""
    limit = interview.setup.limits.interview_seconds
    return bool(limit) and used_seconds(interview, now) >= limit


def seconds_left(interview: Interview, now: datetime) -> float | None:
    """What is left for the current question; negative when over, None where there is no limit.

    A further attempt and the closing question have no limit.
    """
    limits = interview.setup.limits
    turn = interview.current
    if interview.phase is not Phase.LISTENING or turn.attempts or not turn.question.is_scored:
        return None
    open_for = max(0.0, (now - turn.asked_at).total_seconds())
    left: list[float] = []
    if limits.question_seconds:
        left.append(limits.question_seconds - open_for)
    if limits.interview_seconds:
        earlier = sum(_counted(interview, t, now) for t in interview.turns[:-1])
        left.append(limits.interview_seconds - earlier - open_for)
    return min(left, default=None)


def _counted(interview: Interview, turn: Turn, now: datetime) -> float:
    return min(max(0.0, _open_seconds(interview, turn, now)), MOST_COUNTED_SECONDS)


def _open_seconds(interview: Interview, turn: Turn, now: datetime) -> float:
    """How long a question waited for its answer, or for being skipped."""
    answered = answer_seconds(turn)
    if answered is not None:
        return answered
    following = interview.turns[turn.position : turn.position + 1]
    end = following[0].asked_at if following else interview.finished_at or now
    return (end - turn.asked_at).total_seconds()
