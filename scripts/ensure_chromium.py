"""Finds a Chromium for the browser tests, or installs Debian's; prints its path.

Looked for: $CHROMIUM, then the usual names on the PATH, then the usual places on macOS.
"""

import os
import shutil
import sys
from pathlib import Path

from scripts.debian_package import install

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
_HOW = (
    "The browser tests need Chromium and none was found. Install it (Debian: apt-get install chromium; "
    "macOS: brew install --cask chromium), or name one: CHROMIUM=/path/to/chromium make test. "
    "All other tests: make test-fast."
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome, None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    return on_path or next((str(path) for path in _MAC if path.exists()), None)


def main() -> int:
    """Print the path; 1 and one sentence when there is none."""
    if find_chromium() is None:
        install("chromium")
    found = find_chromium()
    print(found or _HOW)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
