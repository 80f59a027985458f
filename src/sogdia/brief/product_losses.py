"""The loss of each main supplier of products of processing in a report: a table of its own, and a sentence."""

from __future__ import annotations

from typing import Any

import polars as pl

from sogdia.brief.report import Report
from sogdia.brief.views import with_country_names
from sogdia.render.blocks import Column, Table
from sogdia.render.formats import amount, money
from sogdia.render.ranges import OUTSIDE, band_text
from sogdia.render.wording import country_text, lower_first, name_in_sentence
from sogdia.shock.supplier_loss import band_of

THOUSAND = 1e3
PRICE = band_text(amount)
SCHEMA: dict[str, Any] = {
    "name": pl.String, "supplier": pl.String, "share": pl.Float64, "price": pl.Float64, "price_band": pl.String,
    "reduced": pl.Float64, "loss_musd": pl.Float64, "loss_band": pl.String, "stops": pl.String, "years": pl.String,
    "product": pl.String, "imports_musd": pl.Float64,
    **dict.fromkeys(("price_low", "price_high", "loss_low_musd", "loss_high_musd"), pl.Float64),
}  # fmt: skip


def product_table(report: Report) -> Table | None:
    """The losses; None where no product has a market of its own."""
    products = report.losses.products
    if products.rows.is_empty():
        return None
    named = with_country_names(products.rows, "supplier")
    frame = pl.DataFrame([_row(row) for row in named.iter_rows(named=True)], schema=SCHEMA)
    return Table(
        key="product-losses",
        frame=frame,
        columns=(
            Column("name", "Product", "text"),
            Column("supplier", "Supplier lost", "text", "", "stops its exports of the product for a year"),
            Column("share", "its share", "share", "", "of what the importer buys by weight"),
            Column("price", "Price paid", "amount", "x", "times that of the years of the figures"),
            Column("price_band", "band", "text", "x", "90 % band: elasticities and the error of the model"),
            Column("reduced", "Reduced use", "share", "", "fall of the tonnes used"),
            Column("loss_musd", "Loss of users", "amount", "million USD", "fall of consumer surplus"),
            Column("loss_band", "band", "text", "million USD", "90 % band"),
            Column("stops", "What stops", "text", "", "sales to the importer: exports to others are not known"),
            Column("years", "Figures of", "text"),
            Column("imports_musd", "Imports", "amount", "million USD", "all imports of the product", False),
            Column("product", "Product key", "text", shown=False),
            Column("price_low", "Price paid, low", "amount", "x", shown=False),
            Column("price_high", "Price paid, high", "amount", "x", shown=False),
            Column("loss_low_musd", "Loss of users, low", "amount", "million USD", shown=False),
            Column("loss_high_musd", "Loss of users, high", "amount", "million USD", shown=False),
        ),
        caption=(
            f"Products of processing, {name_in_sentence(report.importer)}: a year without each main supplier, from "
            "output by country and purchases by origin. Where only sales to the importer stop, others keep what they "
            "buy, so that the loss is the least it could be. Never added to the losses of minerals."
        ),
        source_ids=tuple(dict.fromkeys(i for ids in products.source_ids.values() for i in ids)),
    )  # fmt: skip


def product_sentence(report: Report) -> str:
    """The largest loss of a product; empty where there is none with a price."""
    rows = report.losses.products.rows.filter(pl.col("surplus_change_kusd") < 0, ~pl.col("beyond"))
    if rows.is_empty():
        return ""
    worst = rows.sort("surplus_change_kusd", "product").row(0, named=True)
    return (
        " Of products of processing that have a market of their own, a year without "
        f"{country_text(worst['supplier'])} in {lower_first(worst['name'])} would cost most: "
        f"{money(-worst['surplus_change_kusd'])}."
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    price, surplus = band_of(row, "price_paid"), band_of(row, "surplus_change_kusd")
    loss = None if surplus.central is None else -surplus.central / THOUSAND
    ends = [None if end is None else -end / THOUSAND for end in (surplus.high, surplus.low)]
    return {
        **{name: row[name] for name in ("name", "supplier", "share", "stops", "years", "product")},
        "price": price.central,
        "price_band": OUTSIDE if price.beyond else PRICE.ends(price),
        "price_low": price.low,
        "price_high": price.high,
        "reduced": row["reduced_use"],
        "loss_musd": loss,
        "loss_low_musd": ends[0],
        "loss_high_musd": ends[1],
        "loss_band": "" if None in ends else f"{amount(ends[0])} to {amount(ends[1])}",
        "imports_musd": None if row["imports_kusd"] is None else row["imports_kusd"] / THOUSAND,
    }
