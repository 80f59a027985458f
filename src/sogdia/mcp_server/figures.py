"""An answer for an assistant: its figures one by one, each with the ids of its sources, no more than it can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, plain_rows
from sogdia.data.provenance import citations
from sogdia.errors import unknown

MOST_FIGURES = 100
"""Unless more are asked for."""
LIMIT = 2_000


def told(answer: Answer, variables: Sequence[str] = (), most: int = MOST_FIGURES) -> dict[str, Any]:
    """`figures`: rows of the long table without their empty cells; `left_out`: how many more there are.

    variables: of these alone; UnknownNameError for one that the answer lacks. `variables` of the result lists all.
    """
    table = answer.table()
    known = table["variable"].unique(maintain_order=True).to_list()
    for name in variables:
        if name not in known:
            raise unknown("variable", name, known)
    chosen = table.filter(pl.col("variable").is_in(list(variables))) if variables else table
    every = SEPARATOR.join(answer.sources())
    shown = chosen.head(most).with_columns(pl.col("source_id").fill_null(every))
    figures = [{name: value for name, value in row.items() if value is not None} for row in plain_rows(shown)]
    used = dict.fromkeys(name for figure in figures for name in figure["source_id"].split(SEPARATOR))
    return {
        "title": answer.title,
        "figures": figures,
        "left_out": chosen.height - shown.height,
        "variables": known,
        "notes": list(answer.notes),
        "sources": citations(tuple(used)),
    }
