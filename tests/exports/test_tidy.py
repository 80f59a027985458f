"""The tidy tables, read back by DuckDB, and their schema."""

from __future__ import annotations

import hashlib
import json

import duckdb

from sogdia.answer import KEYS
from sogdia.data.provenance import sources
from sogdia.exports.schema import COLUMNS, VERSION

COLUMNS_OF_VERSION = {"1.0": "2c0560e098a0"}


def test_csv_and_parquet_hold_the_same_figures(exported, long):
    folder = exported("tidy")
    packed = _read(f"read_parquet('{folder / 'exposure.parquet'}')")
    plain = _read(f"read_csv('{folder / 'exposure.csv'}', all_varchar = true)")
    assert packed == long.select(*COLUMNS).to_dicts()
    assert [row["value"] for row in packed] == [float(row["value"]) for row in plain]
    assert [row["partner"] for row in packed] == [row["partner"] for row in plain]
    assert len(packed) > 200


def test_the_schema_names_every_column_variable_and_source(exported, long):
    schema = json.loads((exported("tidy") / "schema.json").read_bytes())
    assert [column["name"] for column in schema["columns"]] == list(KEYS)
    assert set(schema["variables"]) == set(long["variable"].unique())
    ids = {one for cell in long["source_id"].drop_nulls().unique() for one in cell.split(";")}
    assert ids <= set(schema["sources"]) <= set(sources())


def test_a_change_of_columns_needs_a_new_version():
    text = json.dumps([(name, str(KEYS[name])) for name in COLUMNS])
    assert COLUMNS_OF_VERSION[VERSION] == hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(table):
    with duckdb.connect() as base:
        rows = base.sql(f"select * from {table}")
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
