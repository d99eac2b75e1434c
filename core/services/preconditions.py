"""A store that changes an interview only at the version that the caller expects."""

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from core.domain.errors import VersionConflictError
from core.domain.interview import Interview
from core.ports import Change, Follow, InterviewStore
from core.services.interviewing import Interviewing


def at_version(interviewing: Interviewing, version: int | None) -> Interviewing:
    """The same use cases, for one call: it changes an interview of that version or raises.

    None expects nothing. VersionConflictError where the interview has another version.
    """
    if version is None:
        return interviewing
    return replace(
        interviewing, store=cast("InterviewStore", _StoreAtVersion(interviewing.store, version))
    )


def require_version(interview: Interview, version: int | None) -> None:
    """Nothing where the interview has this version, or none is expected; else VersionConflictError."""
    if version is not None and interview.version != version:
        raise VersionConflictError(interview.version)


class _StoreAtVersion:
    """Everything as in the store, but for the first change: it expects a version."""

    def __init__(self, store: InterviewStore, version: int) -> None:
        self._store = store
        self._expected: int | None = version

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def change_interview(
        self,
        user_id: UUID,
        interview_id: UUID,
        change: Change,
        then: Follow | None = None,
        known: Interview | None = None,
    ) -> Interview:
        """Compare and change in one transaction."""
        expected, self._expected = self._expected, None

        def at_expected(interview: Interview) -> Interview:
            require_version(interview, expected)
            return change(interview)

        return self._store.change_interview(user_id, interview_id, at_expected, then, known)

    def delete_interview(self, user_id: UUID, interview_id: UUID) -> None:
        """Compare, then delete."""
        self.change_interview(user_id, interview_id, lambda interview: interview)
        self._store.delete_interview(user_id, interview_id)
