"""The exposure of an importer in every year of the data, and its largest suppliers over the years."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.exposure.answer import Exposure
from sogdia.exposure.inputs import RECORD
from sogdia.exposure.position import expose
from sogdia.sums import known_total, total


def history(store: Store, economy: Region, minerals: Sequence[Mineral], stage: str | None = None) -> Exposure:
    """The exposure of one economy in every year of the data. Measures that need production begin when it does."""
    return expose(store, [economy], minerals, store.years, stage)


def largest_suppliers(exposure: Exposure, count: int = 6) -> pl.DataFrame:
    """Suppliers by year with the small ones joined as "Others".

    A supplier is named when it is among the `count` largest of its mineral over all years by weight, or by value.
    Columns: RECORD, supplier, value_kusd, quantity_t, value_share, weight_share; null where no weight is known.
    """
    suppliers = exposure.suppliers
    over = ["economy", "mineral"]
    totals = suppliers.group_by(*over, "supplier").agg(total("weight_share"), total("value_share"))
    leaders = [
        totals.sort(*over, share, "supplier", descending=[False, False, True, False])
        .group_by(over, maintain_order=True)
        .head(count)
        .select(*over, "supplier", named=pl.lit(True))
        for share in ("weight_share", "value_share")
    ]
    named = pl.concat(leaders).unique()
    amounts = ["value_kusd", "quantity_t", "value_share", "weight_share"]
    return (
        suppliers.join(named, on=[*over, "supplier"], how="left")
        .with_columns(supplier=pl.when("named").then("supplier").otherwise(pl.lit("Others")))
        .group_by(*RECORD, "supplier")
        .agg(known_total(amount).alias(amount) for amount in amounts)
        .sort(*RECORD, "supplier")
    )
