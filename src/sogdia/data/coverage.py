"""Products of processing that no trade code of a store covers, so that their trade cannot be seen in it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.data.store import Store


def products_without_code(store: Store, minerals: Sequence[str]) -> pl.DataFrame:
    """Products of processing that no trade code of the store covers: mineral, output, hs1992, source_id.

    minerals: keys. hs1992: the codes of the product, ";" between several. A product without any code is left out.
    """
    covered = store.scan("products").collect()["hs6"].to_list()
    steps = store.scan("processing_steps").filter(pl.col("mineral").is_in(minerals)).collect()
    coded = steps.filter(pl.col("hs1992").is_not_null())
    seen = pl.col("hs1992").str.split(";").list.eval(pl.element().is_in(covered)).list.any()
    return coded.filter(~seen).select("mineral", "output", "hs1992", "source_id")
