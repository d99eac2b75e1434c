"""Looking after the stored keys of all candidates: counts by master key, and rotation. None is opened."""

import argparse
import sys

from core.domain.errors import KeyNotStorableError
from core.domain.provider_key import KeyIdCount, KeyIdState
from core.key_ports import KeyMaintenance

EXIT_UNREADABLE = 1
EXIT_MISTAKEN = 2

_STATES = {
    KeyIdState.SEALS: "seals",
    KeyIdState.OPENS: "opens",
    KeyIdState.MISTAKEN: "is not the master key that was used under this name before",
    KeyIdState.MISSING: "is not in the ring: these keys cannot be read",
}


def show_status(maintenance: KeyMaintenance, _options: argparse.Namespace) -> int:
    """Print how many stored keys there are under each master key; the process's exit code."""
    for count in maintenance.census():
        print(_line(count))
    return 0


def rotate(maintenance: KeyMaintenance, options: argparse.Namespace) -> int:
    """Put all stored keys under the first master key; 1 where some cannot be read, 2 where none may."""
    try:
        rotation = maintenance.rewrap()
    except KeyNotStorableError:
        print(
            f"Nothing was changed: {maintenance.first_key_id} {_STATES[KeyIdState.MISTAKEN]}. "
            "Set that one again, or give the new one another name.",
            file=sys.stderr,
        )
        return EXIT_MISTAKEN
    print(f"{rotation.rewrapped} put under {maintenance.first_key_id}")
    if rotation.unreadable:
        print(f"{rotation.unreadable} cannot be read and were left as they are")
    show_status(maintenance, options)
    return EXIT_UNREADABLE if rotation.unreadable else 0


def _line(count: KeyIdCount) -> str:
    number = "1 stored key" if count.rows == 1 else f"{count.rows} stored keys"
    dropping = "; can be dropped from the ring" if count.can_be_dropped else ""
    return f"{count.key_id}: {number}, {_STATES[count.state]}{dropping}"
