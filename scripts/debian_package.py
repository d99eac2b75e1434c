"""Installs a Debian package that the tests need, where that is possible."""

import os
import shutil
import subprocess


def install(package: str) -> None:
    """Install it as root with apt-get; nothing happens where either is missing."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print(f"Installing Debian's {package} (once) …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", package],
    ):
        subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
