"""The tables of the workbook's summary: of the main tables the rows and the six columns that matter most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sogdia.render.blocks import Section, Table, tables

FRONT = {
    "exposure": (
        10,
        (
            "name", "import_value_kusd", "top_supplier", "top_supplier_weight_share", "supply_risk_of_imports",
            "coverage",
        ),
    ),
    "processed-products": (
        8, ("name", "import_value_kusd", "top_supplier", "top_supplier_share", "imports_year", "top_producer"),
    ),
    "losses": (8, ("name", "supplier", "price", "loss_musd", "loss_low_musd", "loss_high_musd")),
    "product-losses": (6, ("name", "supplier", "price", "loss_musd", "loss_low_musd", "loss_high_musd")),
    "stakes": (6, ("name", "economic_importance", "industry", "industry_share", "users_share", "evidence")),
    "corridors": (8, ("shipment", "cheapest", "cost_usd_per_t", "cost_low_usd_per_t", "cost_high_usd_per_t", "days")),
    "partner-headings": (
        8,
        (
            "name", "partner_name", "exports_to_importer_kusd", "share_of_importer_imports", "main_buyer",
            "main_buyer_share",
        ),
    ),
}  # fmt: skip
"""Rows and columns by the key of the table, in the order of the sheet."""


def front_tables(sections: Sequence[Section]) -> tuple[Table, ...]:
    """The tables that the report has, cut to their main rows and columns."""
    known = {table.key: table for table in tables(tuple(sections))}
    return tuple(_cut(known[key], rows, names) for key, (rows, names) in FRONT.items() if key in known)


def _cut(table: Table, rows: int, names: Sequence[str]) -> Table:
    columns = {column.name: column for column in table.columns}
    return replace(table, columns=tuple(columns[name] for name in names if name in columns), rows_shown=rows)
