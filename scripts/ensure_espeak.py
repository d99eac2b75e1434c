"""Finds espeak-ng, which speaks for the tests of spoken answers, or installs Debian's."""

import shutil
import sys

from scripts.debian_package import install

NAME = "espeak-ng"
HOW = (
    "The tests of spoken answers need espeak-ng and skip without it. "
    "Install it: apt-get install espeak-ng (Debian), brew install espeak-ng (macOS)."
)


def main() -> int:
    """Print where it is; 1 and one sentence when it is nowhere."""
    if shutil.which(NAME) is None:
        install(NAME)
    found = shutil.which(NAME)
    print(found or HOW)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
