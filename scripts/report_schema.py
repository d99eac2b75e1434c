"""Prints the JSON schema of a downloaded report: `python -m scripts.report_schema`.

`--write` puts it into docs/report.schema.json; a test holds the file to the code.
"""

import argparse
import sys
from collections.abc import Sequence

from core.adapters.report_files import report_schema
from core.config import ROOT

SCHEMA = ROOT / "docs" / "report.schema.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the schema, or write it; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.report_schema", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put it into docs/report.schema.json")
    if parser.parse_args(arguments).write:
        SCHEMA.write_text(report_schema() + "\n", "utf-8")
    else:
        print(report_schema())
    return 0


if __name__ == "__main__":
    sys.exit(main())
