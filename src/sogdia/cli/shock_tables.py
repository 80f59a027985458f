"""A shock as tables in a terminal: the importer, its sources, other consumers, producers, and the notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from sogdia.cli import show
from sogdia.cli.sheet import AnswerSheet
from sogdia.shock.chain_shock import ChainShock
from sogdia.shock.market_shock import Shock
from sogdia.uncertain import Band, BandText

LABELS = {
    "price_paid": "price paid", "use_cost": "use cost", "import_price": "unit value of imports", "use": "use",
    "reduced_use": "reduced use", "price": "price", "imports": "imports",
    "welfare_change": "change of welfare", "import_bill": "import bill",
    "consumer_surplus_change": "change of consumer surplus",
    "import_hhi": "concentration of imports", "source_share": "share of imports", "source": "imports from",
    "output": "output", "surplus_change": "change of surplus", "scarcity_rent": "scarcity rent",
    "duty_revenue": "revenue of export duty",
}  # fmt: skip
MINE = (("", "left"), ("base", "right"), ("answer", "right"), ("90 % band", "right"), ("", "left"))
HEADINGS = (("", "left"), *MINE)
SOURCES = (("", "left"), ("base", "right"), ("answer", "right"), ("90 % band", "right"))
FIGURE_HEADINGS = (
    ("Figure", "left"), ("", "left"), ("", "right"), ("", "left"), ("of", "left"), ("", "left"), ("Source", "left"),
)  # fmt: skip
WITHOUT_UNIT = frozenset({"ratio", "fraction", "0..1"})
TEXTS = {"ratio": BandText(show.number), "fraction": BandText(show.percent, above="-")}
"""How a band is written by its unit; any other is money or an amount, whose end without bound is a dash."""
AMOUNT = BandText(show.number, above="-")
MAY_BE_NONE = frozenset({"scarcity_rent", "duty_revenue"})
INCREASES = frozenset({"reduced_use", "use", "imports"})
NO_CHANGE = 5e-4
"""A part of base that is written as no change."""


def print_shock(result: Shock, sheet: AnswerSheet) -> None:
    """The tables of one market."""
    plain = result.rows.filter(pl.col("partner").is_null())
    mine = plain.filter(pl.col("role") == "importer").rows(named=True)
    title = f"{result.importer}, {result.subject}: {result.heading}"
    sheet.table(title, MINE, [_line(row, LABELS[row["variable"]])[1:] for row in mine])
    sources = result.rows.filter(pl.col("variable") == "source_share").rows(named=True)
    sheet.table("\nSources of imports", SOURCES, [_line(row, row["partner"])[1:5] for row in sources])
    others = plain.filter(
        pl.col("role").is_in(["member", "consumer"]), pl.col("variable").is_in(["price_paid", "reduced_use"])
    )
    lines = [_line(row, LABELS[row["variable"]]) for row in others.iter_rows(named=True)]
    sheet.table("\nOther consumers", HEADINGS, lines)
    made = plain.filter(pl.col("role").is_in(["producer", "world"])).rows(named=True)
    lines = [_line(row, LABELS[row["variable"]]) for row in made if not _nothing(row)]
    sheet.table("\nProducers, and the world as a whole", HEADINGS, lines)
    if result.figures is not None and result.figures.height:
        rows = [_figure(row) for row in result.figures.iter_rows(named=True)]
        sheet.table("\nFigures of the market", FIGURE_HEADINGS, rows)
    for note in (f"Elasticities: {_elasticities(result)}.", *result.notes):
        sheet.line(note)


def print_chain(along: ChainShock, sheet: AnswerSheet) -> None:
    """The tables of each stage, and the notes on the chain."""
    for part in along.stages:
        sheet.line(f"== {part.mineral}, {part.stage}")
        print_shock(part, sheet)
    for note in along.notes:
        sheet.line(note)


def _nothing(row: Mapping[str, Any]) -> bool:
    """Whether a row of money says that there is none: no rent, no duty."""
    return row["variable"] in MAY_BE_NONE and not any(row[name] for name in ("base", "low", "central", "high"))


def _figure(row: Mapping[str, Any]) -> list[str]:
    value = show.percent(row["value"]) if row["unit"] == "fraction" else show.number(row["value"])
    unit = "" if row["unit"] == "fraction" else row["unit"]
    return [row["figure"], row["country"] or "", value, unit, row["year"], row["evidence"], row["source_id"]]


def _line(row: Mapping[str, Any], label: str) -> list[str]:
    unit, found = row["unit"], Band.of_row(row)
    if row["variable"] in INCREASES and found.central is not None:
        label, found = _called_by_its_way(row, label, found, found.central)
    text = TEXTS.get(unit, AMOUNT)
    shown = "" if unit in WITHOUT_UNIT else unit
    return [row["country"], label, text.write(row["base"]), text.central(found), text.ends(found), shown]


def _called_by_its_way(row: Mapping[str, Any], label: str, found: Band, central: float) -> tuple[str, Band]:
    """A rise of use or imports is called an increase; of a reduction below 0 the sign and the ends change places."""
    if row["variable"] != "reduced_use":
        return (f"{label} (increase)" if central > row["base"] * (1.0 + NO_CHANGE) else label), found
    if central >= -NO_CHANGE:
        return label, found
    low, high = (None if end is None else -end for end in (found.high, found.low))
    return "increase of use", Band(low, -central, high, found.beyond)


def _elasticities(result: Shock) -> str:
    e = result.elasticities
    figures = ", ".join(
        f"{name} {r.central:.2g} ({r.low:.2g}-{r.high:.2g})"
        for name, r in (("substitution", e.sigma), ("demand", e.eta), ("supply", e.eps))
    )
    return f"{figures}, from {', '.join(dict.fromkeys(e.sigma.chosen + e.eta.chosen))}; {e.backing}"
