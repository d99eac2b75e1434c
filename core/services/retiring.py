"""The use case of letting go of guests who come no more, for the command line."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from core.custody_ports import AuditLog, FileMaintenance, GuestMaintenance, ResumeFiles
from core.domain.audit import AuditEvent, AuditKind
from core.ports import Clock
from core.services.accounts import LOCAL_CANDIDATE


@dataclass(frozen=True, slots=True)
class Retiring:
    """Deletes guests who were not there for `days`, with their rows and files. 0 days keep everybody.

    The candidate of the command line is no guest, and nobody notes when it is used.
    """

    guests: GuestMaintenance
    maintenance: FileMaintenance
    files: ResumeFiles
    log: AuditLog
    clock: Clock
    days: int

    def retire(self) -> int:
        """Delete them; how many they were. Broken off, it goes on with the next call."""
        if not self.days:
            return 0
        now = self.clock.now()
        since = (now - timedelta(days=self.days)).date()
        unused = [guest for guest in self.guests.unused(since) if guest != LOCAL_CANDIDATE]
        return sum(self._retire(guest, since, now) for guest in unused)

    def _retire(self, guest: UUID, since: date, now: datetime) -> bool:
        """Delete one, unless they came back or signed in meanwhile; whether they are gone.

        The row first, as it tells whether they may go; files that a failure leaves then are swept.
        """
        names = self.maintenance.names_of([guest])
        self.log.record(AuditEvent(AuditKind.GUEST_EXPIRED, guest, now))
        is_gone = self.guests.delete(guest, since)
        if is_gone and names:
            self.files.delete(names)
        return is_gone
