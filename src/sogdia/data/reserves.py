"""Reserves of some countries, each with its share of the world's by the same measure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.data.store import Store

ALIKE = ("mineral", "subject", "measure", "form", "basis")
"""Columns in which two figures have to agree before one may be divided by the other."""


def reserves_of(store: Store, countries: Sequence[str]) -> pl.DataFrame:
    """The rows of the table `reserves` for the countries, with share_of_world: published, or own / world total.

    share_of_world is null where no total of the world is known by the same measure.
    """
    known = store.scan("reserves").collect()
    totals = known.filter(pl.col("aggregate") == "world").group_by(ALIKE).agg(world_t=pl.col("reserves_t").first())
    own = known.filter(pl.col("country").is_in(countries))
    with_total = own.join(totals, on=ALIKE, how="left", maintain_order="left")
    share = pl.coalesce("share_of_world", pl.col("reserves_t") / pl.col("world_t"))
    return with_total.with_columns(share_of_world=share).drop("world_t")
