"""Where things are kept, as the settings say: database, master keys, resume files."""

from pathlib import Path

from sqlalchemy import Engine

from core.adapters.database import open_sqlite
from core.adapters.key_ring_file import RING_FILE, file_ring
from core.adapters.local_files import LocalFiles
from core.adapters.postgres_schema import open_for_maintenance, open_postgres
from core.adapters.supabase_files import SupabaseFiles
from core.adapters.wall import OPEN_WALL, PUBLIC_WALL
from core.config import ConfigurationError, Settings
from core.custody_ports import ResumeFiles
from core.domain.key_ring import KeyRing

RESUME_FILES = "resume-files"


def open_store(chosen: Settings) -> Engine:
    """The database of the settings, as the app may use it."""
    if chosen.postgres_url:
        return open_postgres(chosen.postgres_url)
    return open_sqlite(chosen.database_path)


def open_for_upkeep(chosen: Settings) -> Engine:
    """The database of the settings, for work on all candidates' rows."""
    if chosen.postgres_url:
        return open_for_maintenance(owner_url(chosen))
    return open_sqlite(chosen.database_path)


def owner_url(chosen: Settings) -> str:
    """How the database's owner connects; ConfigurationError where that is not set."""
    url = chosen.database_owner_url.get_secret_value()
    if not url:
        message = (
            "This needs the database's owner: set DATABASE_OWNER_URL. "
            "A SQLite file needs none; it is brought up to date when it is opened."
        )
        raise ConfigurationError(message)
    return url


def resume_files(chosen: Settings) -> ResumeFiles:
    """Supabase's Storage where it is set, else a folder beside the database."""
    key = chosen.supabase_secret_key.get_secret_value()
    if not key:
        return LocalFiles(chosen.database_path.with_name(RESUME_FILES))
    wall = PUBLIC_WALL if chosen.is_hosted else OPEN_WALL
    return SupabaseFiles(chosen.supabase_url, key, chosen.supabase_bucket, wall)


def master_keys(chosen: Settings) -> KeyRing | None:
    """The master keys: those of the setting, else in local mode those of a file, else none."""
    if chosen.master_keys or chosen.is_hosted:
        return chosen.master_keys
    return file_ring(ring_file(chosen))


def ring_file(chosen: Settings) -> Path:
    """Where local mode keeps its master key."""
    return chosen.database_path.with_name(RING_FILE)
