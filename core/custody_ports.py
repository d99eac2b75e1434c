"""What the guarding of people's data needs from outside, by role. Failures are StoreError."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from core.domain.audit import AuditEvent
from core.domain.limits import Rule
from core.domain.resume_file import ResumeFile


class ResumeFiles(Protocol):
    """Keeps files by names that were made up here; nobody else can list or read them."""

    def put(self, name: str, content: bytes, media_type: str) -> None:
        """Store a file, in place of one of that name."""
        ...

    def read(self, name: str) -> bytes:
        """A file's content; NotFoundError where there is none."""
        ...

    def delete(self, names: Iterable[str]) -> None:
        """Delete files; harmless where there is none of a name."""
        ...

    def names(self, before: datetime) -> tuple[str, ...]:
        """The names of all files that were stored before then."""
        ...


class ResumeFileRows(Protocol):
    """Keeps what is known of files, each its candidate's own."""

    def add(self, user_id: UUID, file: ResumeFile) -> None:
        """Note a file that is about to be stored; StoreError where its resume is gone."""
        ...

    def exists(self, user_id: UUID, file_id: UUID) -> bool:
        """Whether the file is still known."""
        ...

    def files(self, user_id: UUID) -> tuple[ResumeFile, ...]:
        """The candidate's files, the newest first."""
        ...

    def remove(self, user_id: UUID, file_id: UUID) -> None:
        """Forget a file; harmless where it is not known."""
        ...


class FileMaintenance(Protocol):
    """Work on the files of all candidates, for the command line only."""

    def stored_names(self) -> frozenset[str]:
        """Where all known files lie."""
        ...

    def names_of(self, user_ids: Iterable[UUID]) -> tuple[str, ...]:
        """Where the files of these candidates lie."""
        ...


class Limits(Protocol):
    """Counts what is limited. Its keys are fingerprints; each is forgotten when its bucket is full."""

    def take(self, buckets: Mapping[str, Rule], now: datetime) -> float:
        """Take one of each bucket, or none at all: 0 where taken, else how many seconds to wait.

        Takers of the same bucket never run side by side, in whatever process the store is shared by.
        """
        ...


class Visits(Protocol):
    """Remembers in memory from where each candidate came last, as a fingerprint."""

    def note(self, user_id: UUID, address: str, day: date) -> bool:
        """Remember a visit; whether it is the candidate's first of that day in this process.

        An empty address is one that is unknown.
        """
        ...

    def address_of(self, user_id: UUID) -> str:
        """The fingerprint of the address they came from last, empty where it is unknown."""
        ...


class AuditLog(Protocol):
    """Keeps events. Nothing is ever changed in it or taken out of it."""

    def record(self, event: AuditEvent) -> None:
        """Add an event."""
        ...


class AuditReader(Protocol):
    """Reads the events of everybody, for the command line only."""

    def events(self, since: datetime, most: int) -> tuple[AuditEvent, ...]:
        """The newest events from `since` on, the oldest of them first."""
        ...


class Guests(Protocol):
    """Keeps when candidates were last there."""

    def touch(self, user_id: UUID, day: date) -> None:
        """Note that the candidate was there; nothing where nothing is stored of them."""
        ...


class GuestMaintenance(Protocol):
    """Work on all guests at once, for the command line only."""

    def unused(self, since: date) -> tuple[UUID, ...]:
        """The guests who were not there on that day or later. Whoever can sign in is no guest."""
        ...

    def delete(self, guest: UUID, since: date) -> bool:
        """Delete a guest with everything of theirs, if they are still one who was not there since; whether."""
        ...
