"""Do our figures agree with published ones, and does docs/published_figures.md show both and say why they differ?

`published_figures.csv` holds the published figure, its source and the difference that is allowed and explained.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sogdia import open_store
from sogdia.codes import countries, economy
from sogdia.data.products import ProductTables
from sogdia.exposure import expose
from sogdia.sums import total

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "published_figures.md"
Row = dict[str, str]
with (HERE / "published_figures.csv").open(encoding="utf-8") as file:
    ROWS: list[Row] = list(csv.DictReader(file))


@cache
def suppliers(importer: str, years: tuple[int, ...]) -> pl.DataFrame:
    """Supplier weights of the minerals in the table over some years: mineral, supplier, quantity_t, share."""
    store = open_store()
    asked = [r for r in ROWS if r["importer"] == importer and r["measure"] == "weight_share"]
    minerals = [store.mineral(key) for key in sorted({r["subject"] for r in asked})]
    found = expose(store, [economy(importer)], minerals, years).suppliers
    sums = found.group_by("mineral", "supplier").agg(total("quantity_t"))
    return sums.with_columns(share=pl.col("quantity_t") / total("quantity_t").over("mineral"))


def ours(row: Row) -> float:
    """Our figure, in the unit of the published one."""
    years = tuple(range(int(row["first_year"]), int(row["last_year"]) + 1))
    if row["measure"] == "weight_share":
        mine = suppliers(row["importer"], years)
        own = mine.filter(pl.col("mineral") == row["subject"], pl.col("supplier") == row["supplier"])
        return 100 * float(own["share"].item())
    if row["measure"] == "heading_musd":
        headings = open_store().rows("heading_trade").filter(
            pl.col("heading") == row["subject"], pl.col("reporter") == row["importer"], pl.col("partner") == "WLD",
            pl.col("year") == years[-1], pl.col("flow") == "import",
        )  # fmt: skip
        return float(headings["value_kusd"].item()) / 1000
    tables = ProductTables(open_store())
    bought: Any = tables.purchases(tables.product(row["subject"]), economy(row["importer"]), years[-1])
    if row["measure"] == "quantity_t":
        return float(bought.quantity_t)
    origins = dict(bought.rows.select("origin", "quantity_t").iter_rows())
    return 100 * float(origins[row["supplier"]]) / float(bought.quantity_t)


def line(row: Row) -> str:
    """The row of the page."""
    name = row["subject"].replace("_", " ")
    what = f"{name} from {countries()[row['supplier']].name}" if row["supplier"] else name
    years = row["first_year"] if row["first_year"] == row["last_year"] else f"{row['first_year']}-{row['last_year']}"
    digits = 1 if row["unit"] == "%" else 0
    source = f"[{row['publisher']}, {row['title']}]({row['url']})"
    return (
        f"| {row['importer']} | {what} | {years} | {float(row['published']):,g} {row['unit']} "
        f"| {ours(row):,.{digits}f} {row['unit']} | {row['difference']} | {source} |"
    )


def test_twenty_five_figures_and_more_are_compared() -> None:
    assert len(ROWS) >= 25


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['importer']} {r['subject']} {r['supplier']}")
def test_our_figure_is_the_published_one_within_the_difference_that_is_explained(row: Row) -> None:
    assert abs(ours(row) - float(row["published"])) <= float(row["tolerance"])
    assert row["difference"]
    assert row["url"].startswith("https://")


def test_the_page_shows_every_figure_beside_ours() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [line(row) for row in ROWS if line(row) not in page]
    assert not missing, "\n".join(missing)
