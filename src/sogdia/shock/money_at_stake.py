"""The figures of a shock that its importer's stakes are made of: loss of users, transfer, gain of own producers, use.

The market clears with the loss `W = B (P^(1-e) - 1) / (1 - e)` of each buyer, so that what the buyer paid in the base
year is `B = W (1 - e) / (P^(1-e) - 1)`, and what it pays more for what it still buys `B (P - 1) n`. Both are of the
central elasticities; a region's are the sums over its members.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, inf
from typing import Any

import polars as pl

from sogdia.answer import year_label
from sogdia.codes import Region
from sogdia.errors import NoAnswerError
from sogdia.shock.market_shock import Shock
from sogdia.stakes.figures import ShockFigures
from sogdia.stakes.income import transfer, users_loss
from sogdia.uncertain import Band
from sogdia.units import KUSD_PER_MUSD

LEAST_CHANGE = 1e-6
"""Change of a price relative to base below which nothing is worked out from it."""
Figures = Mapping[str, Mapping[str, Any]]


def money_at_stake(shock: Shock, importer: Region) -> ShockFigures:
    """The figures; NoAnswerError where the importer does not buy in this market."""
    plain = shock.rows.filter(pl.col("partner").is_null())
    mine = _by_variable(plain.filter(pl.col("role") == "importer"))
    if "consumer_surplus_change" not in mine:
        raise NoAnswerError(f"{importer.name} buys nothing in this market, so that none of its industries loses by it.")
    parts = [
        _by_variable(plain.filter(pl.col("role") == "member", pl.col("country") == member))
        for member in importer.members
    ]
    buyers = [part for part in parts if part] or [mine]
    values, transfers = zip(*(_paid(buyer, shock.elasticities.eta.central) for buyer in buyers), strict=True)
    gain, note = _producers_gain(plain.filter(pl.col("role") == "producer"), importer)
    base_use = mine["use"]["base"]
    return ShockFigures(
        mineral=shock.mineral,
        product=shock.product.key if shock.product is not None else None,
        scenario=shock.scenario.describe(),
        year=year_label(shock.years),
        loss_musd=_band(mine["consumer_surplus_change"], -1.0 / KUSD_PER_MUSD),
        transfer_musd=_sum(transfers),
        producers_gain_musd=gain,
        producers_note=note,
        use=_band(mine["use"], 1.0 / base_use) if base_use else Band(None, None, None),
        base_value_musd=_sum(values),
        notes=shock.notes,
        source_ids=shock.source_ids,
    )


def _by_variable(rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["variable"]: row for row in rows.iter_rows(named=True)}


def _paid(buyer: Figures, elasticity: float) -> tuple[float | None, float | None]:
    """What a buyer paid in the base year, and what it pays more for what it still buys [million USD]."""
    price, use, change = buyer["use_cost"], buyer["use"], buyer["consumer_surplus_change"]["central"]
    central = price["central"]
    if price["beyond"] or central is None or change is None or not use["base"] or use["central"] is None:
        return None, None
    if abs(central - 1.0) < LEAST_CHANGE:
        return _unit_value(buyer), 0.0
    base = -change / KUSD_PER_MUSD / users_loss(1.0, central, elasticity)
    return base, transfer(base, central, use["central"] / use["base"])


def _unit_value(buyer: Figures) -> float | None:
    """What it used, at the unit value of its imports."""
    imports, bill = buyer["imports"]["base"], buyer["import_bill"]["base"]
    return float(bill / imports * buyer["use"]["base"]) / KUSD_PER_MUSD if imports and bill is not None else None


def _producers_gain(producers: pl.DataFrame, importer: Region) -> tuple[Band | None, str]:
    """The change of surplus of the importer's own producers; 0 where it has none in this market."""
    own = producers.filter(pl.col("country").is_in(importer.members), pl.col("variable") == "surplus_change")
    if own.is_empty():
        return Band(0.0, 0.0, 0.0), f"{importer.name} has no producers in this market, whose gain would be taken off."
    bands = [_band(row, 1.0 / KUSD_PER_MUSD) for row in own.iter_rows(named=True)]
    whole = Band(_sum([b.low for b in bands]), _sum([b.central for b in bands]), _sum([b.high for b in bands]))
    if whole.central is None:
        return None, "The gain of own producers is beyond the model's range, so that no national loss is quoted."
    return whole, "The gain of own producers is taken off the loss of users for the national loss."


def _band(row: Mapping[str, Any], factor: float) -> Band:
    """The band of a row times a factor; a negative one changes the places of the ends."""
    ends = [None if row[name] is None else factor * row[name] for name in ("low", "central", "high")]
    low, central, high = ends if factor > 0 else reversed(ends)
    return Band(low, central, high, bool(row["beyond"]))


def _sum(values: Any) -> float | None:
    """The sum; None where one is not known."""
    known = [inf if value is None else value for value in values]
    return None if inf in known else fsum(known)
