"""How many rows of each table were seen in a source, derived from one, or assumed."""

from __future__ import annotations

import polars as pl

from sogdia.answer import SEPARATOR, each_once
from sogdia.data.store import Store

EVIDENCE = "evidence"
KINDS = ("seen", "derived", "calibrated", "assumed", "gap")
SCHEMA = {"table": pl.String, "rows": pl.Int64, **dict.fromkeys(KINDS, pl.Int64), "source_id": pl.String}


def evidence_counts(store: Store) -> pl.DataFrame:
    """One row for each table whose rows state their evidence: `rows`, how many of each kind, and the table's sources.

    Kinds that a table has none of are zero. Sorted by the number of assumed rows, then by name.
    """
    files: dict[str, list[tuple[str, ...]]] = {}
    for file in store.files:
        files.setdefault(file.entry.table, []).append(tuple(file.entry.source_ids))
    made = []
    for table in sorted(files):
        frame = store.scan(table)
        if EVIDENCE not in frame.collect_schema().names():
            continue
        counts = dict(frame.select(EVIDENCE).collect()[EVIDENCE].value_counts().iter_rows())
        row = {kind: int(counts.get(kind, 0)) for kind in KINDS}
        ids = SEPARATOR.join(each_once(*files[table]))
        made.append({"table": table, "rows": sum(counts.values()), **row, "source_id": ids})
    return pl.DataFrame(made, schema=SCHEMA).sort("assumed", "table", descending=[True, False])
