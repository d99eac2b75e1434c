"""Looking after people's data: what happened to accounts, guests who come no more, files left over."""

import argparse
from contextlib import closing
from datetime import timedelta

from core.upkeep import Custody

DEFAULT_DAYS = 30
DEFAULT_MOST = 1_000


def add_audit(audit: argparse.ArgumentParser) -> None:
    """The command's options."""
    audit.add_argument("--days", type=int, default=DEFAULT_DAYS, help="how far back")
    audit.add_argument("--most", type=int, default=DEFAULT_MOST, help="how many, the newest")
    audit.set_defaults(command=show_audit)


def show_audit(custody: Custody, options: argparse.Namespace) -> int:
    """Print a line for each event: when, what, whose account, fingerprint of the address."""
    with closing(custody):
        since = custody.clock.now() - timedelta(days=options.days)
        events = custody.audit.events(since, options.most)
    for event in events:
        print(
            f"{event.at:%Y-%m-%dT%H:%M:%SZ}  {event.kind.value:<22} {event.actor_id}  "
            f"{event.address or '-'}"
        )
    return 0


def retire(custody: Custody, _options: argparse.Namespace) -> int:
    """Delete unused guests and files that belong to nobody, and print how many."""
    with closing(custody):
        if custody.retiring.days:
            retired = custody.retiring.retire()
            print(f"{retired} guests unused for {custody.retiring.days} days or more were deleted")
        else:
            print("GUEST_RETENTION_DAYS is 0: no guest was deleted")
        print(f"{custody.sweeping.sweep()} files that belonged to nobody were deleted")
    return 0
