"""Work on all candidates' data at once, for the command line."""

from collections.abc import Callable
from dataclasses import dataclass

from core.adapters.aes_vault import AesVault
from core.adapters.key_maintenance import SqlKeyMaintenance
from core.adapters.key_ring_file import RING_FILE
from core.adapters.migrations import Migrations
from core.adapters.sql_audit import SqlAuditLog
from core.adapters.sql_guests import SqlGuestMaintenance
from core.adapters.sql_keys import SqlKeyChecks
from core.adapters.sql_resume_files import SqlFileMaintenance
from core.adapters.system_clock import SystemClock
from core.config import AppMode, ConfigurationError, settings
from core.custody_ports import AuditReader
from core.key_ports import KeyMaintenance
from core.ports import Clock
from core.services.filing import Sweeping
from core.services.retiring import Retiring
from core.wiring.outside import hide_keys
from core.wiring.storage import master_keys, open_for_upkeep, owner_url, resume_files, ring_file


def key_maintenance() -> KeyMaintenance:
    """Work on all stored keys, for the command line; ConfigurationError where no master key is found.

    The file beside the database is taken in every mode where the setting is empty: it was made by an
    app in local mode, and a shell does not know the app's mode.
    """
    hide_keys()
    chosen = settings()
    if ring_file(chosen).exists():
        chosen = chosen.model_copy(update={"app_mode": AppMode.LOCAL})
    ring = master_keys(chosen)
    if ring is None:
        message = (
            "No master key is found: set APP_ENCRYPTION_KEYS, "
            f"or DATA_DIR to the folder that has {RING_FILE}."
        )
        raise ConfigurationError(message)
    engine = open_for_upkeep(chosen)
    return SqlKeyMaintenance(engine, AesVault(ring, SqlKeyChecks(engine).keep_first))


def database_migration() -> Callable[[], tuple[str, ...]]:
    """What brings the hosted database up to date and returns the names of the files it applied.

    For the command line; ConfigurationError where no owner's address is set.
    """
    hide_keys()
    return Migrations(owner_url(settings())).apply


@dataclass(frozen=True, slots=True)
class Custody:
    """Work on all candidates' data at once, for the command line."""

    retiring: Retiring
    sweeping: Sweeping
    audit: AuditReader
    clock: Clock
    close: Callable[[], None]
    """Closes the connections to the database."""


def custody() -> Custody:
    """What lets go of guests and of files and reads what happened; ConfigurationError where Postgres' owner is not named."""
    hide_keys()
    chosen = settings()
    engine, clock, files = open_for_upkeep(chosen), SystemClock(), resume_files(chosen)
    maintenance, log = SqlFileMaintenance(engine), SqlAuditLog(engine, is_maintenance=True)
    days = chosen.guest_retention_days
    return Custody(
        Retiring(SqlGuestMaintenance(engine), maintenance, files, log, clock, days),
        Sweeping(maintenance, files, clock),
        log,
        clock,
        engine.dispose,
    )
