"""The use case of letting go of guests who come no more, for the command line."""

from dataclasses import dataclass
from datetime import timedelta

from core.custody_ports import AuditLog, FileMaintenance, GuestMaintenance, ResumeFiles
from core.domain.audit import AuditEvent, AuditKind
from core.ports import Clock


@dataclass(frozen=True, slots=True)
class Retiring:
    """Deletes guests who were not there for `days`, with their rows and files. 0 days keep everybody."""

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
        unused = self.guests.unused((now - timedelta(days=self.days)).date())
        for guest in unused:  # one after the other: each is gone completely, or not at all
            self.log.record(AuditEvent(AuditKind.GUEST_EXPIRED, guest, now))
            self.files.delete(self.maintenance.names_of([guest]))
            self.guests.delete([guest])
        return len(unused)
