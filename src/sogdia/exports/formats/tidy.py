"""Tidy tables: one row for each figure, as Parquet and CSV, with a versioned schema."""

from __future__ import annotations

import io

from sogdia.data.provenance import citations
from sogdia.exports.contents import ExportContents
from sogdia.exports.format import ExportFormat, Files
from sogdia.exports.schema import COLUMNS, schema
from sogdia.tabular.formulas import neutral


def files(contents: ExportContents) -> Files:
    """exposure.parquet, exposure.csv and schema.json."""
    frame = contents.long.select(*COLUMNS)
    packed = io.BytesIO()
    frame.write_parquet(packed)
    described = schema(frame, citations(contents.exposure.sources()))
    return {
        "exposure.parquet": packed.getvalue(), "exposure.csv": neutral(frame).write_csv().encode(),
        "schema.json": described,
    }  # fmt: skip


FORMAT = ExportFormat("tidy", "Tidy Parquet and CSV, one row for each figure", ("DuckDB",), files)
