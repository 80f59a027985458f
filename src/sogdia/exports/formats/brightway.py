"""GeoPolRisk characterisation factors for Brightway: one CSV for each importer and year."""

from __future__ import annotations

import json

import polars as pl

from sogdia.exports.contents import ExportContents
from sogdia.exports.factors import METHOD, REFERENCE_UNIT, file_stem, flow_factors, flow_mapping
from sogdia.exports.format import ExportFormat, Files


def files(contents: ExportContents) -> Files:
    """A CSV for `bw2io.importers.CSVLCIAImporter` for each method, methods.json with their names, the flow mapping."""
    made: dict[str, bytes] = {}
    methods = []
    for factor in contents.factors():
        name = f"{file_stem(factor)}.csv"
        rows = [
            (flow.name, f"{flow.category}::{flow.subcategory}", value) for flow, value in flow_factors(factor)
        ]  # fmt: skip
        frame = pl.DataFrame(
            rows, schema={"name": pl.String, "categories": pl.String, "amount": pl.Float64}, orient="row"
        )
        made[name] = frame.write_csv().encode()
        methods.append({
            "file": name, "method": [METHOD, factor.importer.name, str(factor.year)], "unit": REFERENCE_UNIT,
            "flows": len(rows),
        })  # fmt: skip
    made["methods.json"] = (json.dumps(methods, indent=1, ensure_ascii=False) + "\n").encode()
    return made | flow_mapping(contents)


FORMAT = ExportFormat(
    "brightway",
    "GeoPolRisk factors per importer and year",
    ("bw2io", "bw2data"),
    files,
)
