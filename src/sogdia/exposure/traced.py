"""Where was the ore mined that an importer consumes, once trading hubs are seen through?"""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.errors import NoAnswerError
from sogdia.exposure.inputs import load
from sogdia.exposure.origin import trace

STAGE_COUNTED = {"extraction": "ore"}


def traced_origin(store: Store, importer: Region, mineral: Mineral, year: int) -> pl.DataFrame:
    """Consumption of one importer by country of mining, beside the shares of its direct suppliers.

    Columns: origin, traced_share, direct_share (both by contained mineral, of consumption and of imports; null
    where nothing is consumed or imported), unexplained_share (part of the origin's supply that is neither production
    nor imports on record, and was put in to cover its exports: 1 for a country that mines nothing we know of).
    NoAnswerError where tracing would cross stages (production is counted at another stage than the traded codes), or
    where production or a content factor is not known.
    """
    stage = STAGE_COUNTED.get(mineral.ec_stage or "")
    if stage not in mineral.stages:
        raise NoAnswerError(
            f"{mineral.name}: origin cannot be traced, because production is counted at the stage "
            f"{mineral.ec_stage or 'unknown'!r} and trade is recorded for {', '.join(mineral.stages) or 'no code'}."
        )
    inputs = load(store, [mineral], [year], stage)
    if inputs.production.is_empty() or inputs.flows.is_empty() or inputs.flows["content_t"].null_count():
        raise NoAnswerError(f"{mineral.name}: production, trade or content factor is not known for {year}.")
    names = sorted({*inputs.flows["importer"], *inputs.flows["exporter"], *inputs.production["country"]})
    place = {name: number for number, name in enumerate(names)}
    made = np.zeros(len(names))
    for country, amount in inputs.production.select("country", "amount_t").iter_rows():
        made[place[country]] += amount or 0.0
    trade = np.zeros((len(names), len(names)))
    for buyer, seller, amount in inputs.flows.select("importer", "exporter", "content_t").iter_rows():
        trade[place[buyer], place[seller]] += amount
    members = [place[m] for m in importer.members if m in place]
    if not members:
        raise NoAnswerError(f"{mineral.name}: {importer.name} has no recorded trade or production in {year}.")
    answer = trace(made, trade)
    consumed = answer.consumption_by_origin[members].sum(axis=0)
    supply = made + answer.added_production
    unexplained = answer.added_production / np.where(supply > 0, supply, 1.0)
    outside = [i for i in range(len(names)) if i not in members]
    direct = np.zeros(len(names))
    direct[outside] = trade[np.ix_(members, outside)].sum(axis=0)
    return (
        pl.DataFrame({"origin": names, "traced": consumed, "direct": direct, "unexplained": unexplained})
        .filter((pl.col("traced") > 0) | (pl.col("direct") > 0))
        .select(
            "origin",
            traced_share=_share("traced"),
            direct_share=_share("direct"),
            unexplained_share="unexplained",
        )
        .sort("traced_share", descending=True)
    )


def _share(column: str) -> pl.Expr:
    """Part of the column's sum; null where the sum is zero."""
    total = pl.col(column).sum()
    return pl.when(total > 0).then(pl.col(column) / total)
