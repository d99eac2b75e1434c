"""Tables behind charts and reports, as text that spreadsheets open."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

Table = Mapping[str, Sequence[object]]
"""Columns of equal length by their titles; None is an empty cell."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table) -> str:
    """The table with a line of titles (RFC 4180).

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(table)
    for row in zip(*table.values(), strict=True):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_formula else value
