"""Six months of practice of an invented candidate, to look at: `python -m scripts.seed_history`.

Writes the interviews for a new guest into the store of DATA_DIR, and the same as a file for Settings →
“Restore a history”, by which one's own browser gets them. Evaluations of `compatible/example-model` are
invented, and so are the measures of spoken answers: no model was asked, and nobody spoke.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.seeding import seed_history
from core.bootstrap import local_application
from core.services.accounts import COOKIE_NAME, guest_id


def main(arguments: Sequence[str] | None = None) -> int:
    """Store the interviews, write the file, and say how to see them; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.seed_history", description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="how many interviews (60)")
    parser.add_argument(
        "--file", type=Path, default=Path("invented-history.json"), help="where to write the file"
    )
    options = parser.parse_args(arguments)
    app = local_application()
    visitor = seed_history(app, options.count, datetime.now(UTC))
    history = app.exporting.history(guest_id(visitor.token))
    options.file.write_text(app.files.history_json(history), "utf-8")
    print(f"{options.count} interviews are in {app.settings.database_path}.")
    print(f"In your own browser: Settings → Restore a history → {options.file}.")
    print(f"In a fresh browser: the cookie {COOKIE_NAME}={visitor.token}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
