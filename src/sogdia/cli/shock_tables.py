"""A shock as tables in a terminal: the importer, its sources, other consumers, producers, and the notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import typer

from sogdia.cli import show
from sogdia.shock.chain_shock import ChainShock
from sogdia.shock.market_shock import Shock
from sogdia.uncertain import Band, BandText

LABELS = {
    "price_paid": "price paid", "use_cost": "use cost", "import_price": "unit value of imports", "use": "use",
    "reduced_use": "reduced use", "price": "price", "imports": "imports",
    "welfare_change": "change of welfare", "import_bill": "import bill",
    "consumer_surplus_change": "change of consumer surplus",
    "import_hhi": "concentration of imports", "source_share": "share of imports", "source": "imports from",
    "output": "output", "surplus_change": "change of producer surplus", "scarcity_rent": "scarcity rent",
    "duty_revenue": "revenue of export duty",
}  # fmt: skip
HEADINGS = (
    ("", "left"), ("", "left"), ("base", "right"), ("answer", "right"), ("90 % band", "right"), ("", "left"),
)  # fmt: skip
WITHOUT_UNIT = frozenset({"ratio", "fraction", "0..1"})
TEXTS = {"ratio": BandText(show.number), "fraction": BandText(show.percent, above="-")}
"""How a band is written by its unit; any other is money or an amount, whose end without bound is a dash."""
AMOUNT = BandText(show.number, above="-")
INCREASES = frozenset({"reduced_use", "use", "imports"})
NO_CHANGE = 5e-4
"""A part of base that is written as no change."""


def print_shock(result: Shock) -> None:
    """The tables of one market."""
    plain = result.rows.filter(pl.col("partner").is_null())
    mine = plain.filter(pl.col("role") == "importer")
    show.table(result.heading, HEADINGS, [_line(row, LABELS[row["variable"]]) for row in mine.iter_rows(named=True)])
    sources = result.rows.filter(pl.col("variable") == "source_share")
    show.table("\nSources of imports", HEADINGS, [_line(row, row["partner"]) for row in sources.iter_rows(named=True)])
    others = plain.filter(pl.col("role") == "consumer", pl.col("variable").is_in(["price_paid", "reduced_use"]))
    show.table(
        "\nOther consumers", HEADINGS, [_line(row, LABELS[row["variable"]]) for row in others.iter_rows(named=True)]
    )
    made = plain.filter(pl.col("role") == "producer")
    notes = [f"Elasticities: {_elasticities(result)}.", *result.notes]
    lines = [_line(row, LABELS[row["variable"]]) for row in made.iter_rows(named=True)]
    world = plain.filter(pl.col("role") == "world")
    lines += [_line(row, LABELS[row["variable"]]) for row in world.iter_rows(named=True)]
    show.table("\nProducers, and the world as a whole", HEADINGS, lines, notes)


def print_chain(along: ChainShock) -> None:
    """The tables of each stage, and the notes on the chain."""
    for part in along.stages:
        typer.echo(f"\n== {part.mineral}, {part.stage}\n")
        print_shock(part)
    for note in along.notes:
        typer.echo(note)


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
