"""What a year without its main supplier would cost the buyer, by mineral, where a market gives it."""

from __future__ import annotations

from collections.abc import Sequence

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


def loss_figures(
    store: Store, buyer: Region, minerals: Sequence[Mineral], year: int
) -> dict[str, tuple[tuple[SidedFigure, ...], str | None]]:
    """Loss of consumer surplus by mineral (thousand USD of a year, as a positive number), and the supplier lost."""
    visible = visible_minerals(store, buyer, minerals, year)
    seen = {m.key for m in visible}
    answer = supplier_losses(store, buyer, visible, year)
    figures = {m.key: (no_loss(NO_MARKET if m.key in seen else NOT_VISIBLE), None) for m in minerals}
    found: dict[str, tuple[tuple[SidedFigure, ...], str | None]] = dict(figures)
    largest = answer.rows.sort("share", descending=True).unique("mineral", keep="first", maintain_order=True)
    for row in largest.filter(pl.col("mineral").is_in(list(figures))).iter_rows(named=True):
        ends = {
            "low": row["surplus_change_kusd_high"],
            "central": row["surplus_change_kusd"],
            "high": row["surplus_change_kusd_low"],
        }
        sources = answer.source_ids[row["mineral"]]
        found[row["mineral"]] = (
            tuple(
                SidedFigure(
                    NEED,
                    f"loss_{stat}",
                    "thousand USD",
                    None if ends[stat] is None else -ends[stat],
                    str(year),
                    sources,
                    BEYOND if ends[stat] is None else None,
                )
                for stat in STATS
            ),
            row["supplier"],
        )
    return found


def no_loss(reason: str) -> tuple[SidedFigure, ...]:
    """The figures where no loss is known, and why."""
    return tuple(SidedFigure(NEED, f"loss_{stat}", "thousand USD", None, None, (), reason) for stat in STATS)
