from __future__ import annotations

import polars as pl
import pytest

from sogdia.data.schema import TYPES, columns, conform, polars_schema, tables
from sogdia.errors import DataError, UnknownNameError


def test_a_frame_gets_the_order_and_types_of_the_schema():
    loose = pl.DataFrame({"description": ["x"], "extra": [1], "hs6": ["284690"], "revision": ["HS1992"]})
    assert conform(loose, "products").schema == pl.Schema(polars_schema("products"))


def test_missing_columns_are_all_named():
    with pytest.raises(DataError, match="'products' lacks the columns revision, description"):
        conform(pl.DataFrame({"hs6": ["284690"]}), "products")


def test_an_empty_cell_where_none_may_be_is_named():
    hollow = pl.DataFrame({"hs6": ["284690"], "revision": ["HS1992"], "description": [None]})
    with pytest.raises(DataError, match="empty cells in description"):
        conform(hollow, "products")


def test_an_unknown_quantity_stays_unknown():
    row = {"year": 2020, "exporter": "KAZ", "importer": "JPN", "hs6": "284690", "value_kusd": 1.0, "quantity_t": None}
    assert conform(pl.DataFrame([row]), "trade")["quantity_t"].to_list() == [None]


def test_an_unknown_table_is_an_error():
    with pytest.raises(UnknownNameError, match=r"unknown table 'prodcts'\. Did you mean products"):
        columns("prodcts")


def test_every_column_has_a_type_a_unit_and_a_meaning_and_stands_once():
    for name, found in tables().items():
        assert len({c.column for c in found}) == len(found), name
        assert all(c.type in TYPES and c.unit and c.description for c in found), name
