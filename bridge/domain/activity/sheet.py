"""Records as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def sheet(records: Sequence[msgspec.Struct], columns: Sequence[str]) -> str:
    """Return the records as CSV: every column always, empty where unknown.

    A text that a spreadsheet would take for a formula gets an apostrophe in front:
    names of activities are other people's words.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(getattr(record, name)) for name in columns])
    return out.getvalue()


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if value.lstrip().startswith(_FORMULA):
            return f"'{value}"
        case _:
            return value
