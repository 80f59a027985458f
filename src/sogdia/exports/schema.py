"""The schema of the tidy export: columns, types and definitions under a version that rises when they change."""

from __future__ import annotations

import json

import polars as pl

from sogdia.answer import KEYS
from sogdia.exposure.answer import long_measures

VERSION = "1.0"
"""Rises with every change of `COLUMNS`."""
COLUMNS = {
    "importer": "Importing country (ISO 3166-1 alpha-3) or region.",
    "mineral": "Mineral, by its key.",
    "stage": "Stage of processing, where the figures are of one stage alone.",
    "country": "Country that the figure is of.",
    "partner": "The other country, e.g. the supplier.",
    "year": "Calendar year, or years with a hyphen.",
    "variable": "What is measured; see variables.",
    "unit": "Unit of the value.",
    "stat": "value, low, central or high.",
    "value": "The figure; a row without one is left out: unknown is not zero.",
    "source_id": "Ids of the sources, separated by semicolons; see sources.",
}
"""Definition of each column, in their order."""


def schema(frame: pl.DataFrame, sources: dict[str, str]) -> bytes:
    """The schema as JSON: version, columns, the variables of the table, and its sources."""
    known = long_measures()
    variables = {
        name: {"unit": known[name].unit, "label": known[name].label, "definition": known[name].definition}
        for name in sorted(frame["variable"].unique())
        if name in known
    }
    kinds = {name: "float64" if KEYS[name] == pl.Float64 else "string" for name in COLUMNS}
    columns = [{"name": name, "type": kinds[name], "definition": text} for name, text in COLUMNS.items()]
    content = {"schema": "sogdia-tidy", "version": VERSION, "columns": columns, "variables": variables}
    return (json.dumps(content | {"sources": sources}, indent=1, ensure_ascii=False) + "\n").encode()
