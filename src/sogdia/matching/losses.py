"""What a year without its main supplier would cost the buyer, by mineral, where a market gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.matching.pair import NEED, SidedFigure
from sogdia.shock.supplier_loss import supplier_losses
from sogdia.shock.visible_trade import visible_minerals

STATS = ("low", "central", "high")
NO_MARKET = "no market gives it: purchases are small, no supplier has a tenth of them, or most of the trade is unseen"
NOT_VISIBLE = "the trade codes see a fringe of this trade only, or it is a store of value"
BEYOND = "the price leaves the model's range"


Extra = Mapping[str, tuple[tuple[SidedFigure, ...], str | None]]
"""Further figures by mineral or product, with a name beside them."""


def loss_figures(
    store: Store, buyer: Region, minerals: Sequence[Mineral], year: int, *, every_product: bool
) -> tuple[Extra, Extra]:
    """Loss of consumer surplus (thousand USD of a year, as a positive number) and the supplier lost, by mineral and by
    product. every_product: products of any mineral.
    """
    visible = visible_minerals(store, buyer, minerals, year)
    seen = {m.key for m in visible}
    answer = supplier_losses(store, buyer, visible, year, products_of=None if every_product else minerals)
    none = {m.key: (no_loss(NO_MARKET if m.key in seen else NOT_VISIBLE), None) for m in minerals}
    known = _figures(answer.rows, "mineral", answer.source_ids, str(year))
    products = _figures(answer.products.rows, "product", answer.products.source_ids, None)
    return {**none, **{key: found for key, found in known.items() if key in none}}, products


def _figures(rows: pl.DataFrame, key: str, sources: Mapping[str, tuple[str, ...]], year: str | None) -> Extra:
    """The loss of the largest supplier of each, with its ends."""
    largest = rows.sort("share", descending=True).unique(key, keep="first", maintain_order=True)
    return {row[key]: (_ends(row, sources[row[key]], year), row["supplier"]) for row in largest.iter_rows(named=True)}


def _ends(row: Mapping[str, Any], sources: tuple[str, ...], year: str | None) -> tuple[SidedFigure, ...]:
    ends = {
        "low": row["surplus_change_kusd_high"], "central": row["surplus_change_kusd"],
        "high": row["surplus_change_kusd_low"],
    }  # fmt: skip
    return tuple(
        SidedFigure(
            NEED, f"loss_{stat}", "thousand USD", None if ends[stat] is None else -ends[stat], year or row["years"],
            sources, BEYOND if ends[stat] is None else None,
        )
        for stat in STATS
    )  # fmt: skip


def no_loss(reason: str) -> tuple[SidedFigure, ...]:
    """The figures where no loss is known, and why."""
    return tuple(SidedFigure(NEED, f"loss_{stat}", "thousand USD", None, None, (), reason) for stat in STATS)
