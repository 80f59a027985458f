"""The form of a table of projects: its columns, with one row of an example for each kind; and the kinds in words."""

from __future__ import annotations

import csv
import io

from sogdia.plan.projects.read import COLUMNS
from sogdia.plan.projects.registry import project_kinds


def kinds() -> tuple[dict[str, object], ...]:
    """Each kind of project: its name, what it does, and the columns without which one cannot be chosen."""
    return tuple(
        {"kind": kind.name, "does": kind.label, "needs": None if kind.wants is None else list(kind.wants)}
        for kind in project_kinds()
    )


def template() -> str:
    """The columns as CSV, and an example of each kind that can be chosen, whose note says what the kind does."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for kind in project_kinds():
        if kind.example:
            cells = {**kind.example, "effect": kind.name, "evidence": "assumed", "note": kind.label}
            writer.writerow({column: cells.get(column, "") for column in COLUMNS})
    return out.getvalue()
