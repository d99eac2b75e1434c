"""Looking after the hosted database."""

import argparse
from collections.abc import Callable


def migrate(apply: Callable[[], tuple[str, ...]], _options: argparse.Namespace) -> int:
    """Apply what was not applied yet and print the names of the files; the process's exit code."""
    applied = apply()
    for name in applied:
        print(f"{name} applied")
    if not applied:
        print("Nothing to apply: the database is up to date.")
    return 0
