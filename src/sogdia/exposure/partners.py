"""What do the partner countries supply today, and what do they have to supply more?"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.exposure.inputs import known_sum, load

KEY = ["mineral", "partner"]


def partner_supply(
    store: Store, importer: Region, partners: Sequence[Region], minerals: Sequence[Mineral], year: int
) -> pl.DataFrame:
    """One row per mineral and partner with any recorded export or production in the year.

    Columns: mineral, partner, exports_to_importer_kusd, exports_to_importer_t, exports_kusd, exports_t (to the whole
    world), importer_share_of_exports, share_of_importer_imports (both by value), main_buyer, main_buyer_share (by
    value), production_t (in the mineral's basis), share_of_world_production. Null: not recorded, or not known.
    """
    inputs = load(store, minerals, [year])
    membership = pl.DataFrame(
        [(p.key, member) for p in partners for member in p.members],
        schema={"partner": pl.String, "country": pl.String},
        orient="row",
    )
    exports = inputs.flows.join(membership.rename({"country": "exporter"}), on="exporter").join(
        membership.rename({"country": "importer"}), on=["partner", "importer"], how="anti"
    )
    to_importer = pl.col("importer").is_in(importer.members)
    bought = exports.group_by(*KEY, "importer").agg(pl.col("value_kusd").sum())
    main = (
        bought.sort("value_kusd", descending=True)
        .group_by(KEY, maintain_order=True)
        .agg(
            main_buyer=pl.col("importer").first(),
            main_buyer_share=pl.col("value_kusd").first() / pl.col("value_kusd").sum(),
        )
    )
    sums = exports.group_by(KEY).agg(
        exports_to_importer_kusd=pl.col("value_kusd").filter(to_importer).sum(),
        exports_to_importer_t=known_sum(pl.col("quantity_t").filter(to_importer)),
        exports_kusd=pl.col("value_kusd").sum(),
        exports_t=known_sum("quantity_t"),
    )
    wanted = inputs.flows.filter(to_importer & ~pl.col("exporter").is_in(importer.members))
    imports = wanted.group_by("mineral").agg(imports_kusd=pl.col("value_kusd").sum())
    world = inputs.production.group_by("mineral").agg(world_t=pl.col("amount_t").sum())
    produced = inputs.production.join(membership, on="country").group_by(KEY).agg(production_t=pl.col("amount_t").sum())
    made = produced.filter(pl.col("production_t") > 0)
    return (
        sums.join(made, on=KEY, how="full", coalesce=True)
        .join(main, on=KEY, how="left")
        .join(imports, on="mineral", how="left")
        .join(world, on="mineral", how="left")
        .with_columns(
            importer_share_of_exports=pl.col("exports_to_importer_kusd") / pl.col("exports_kusd"),
            share_of_importer_imports=pl.col("exports_to_importer_kusd") / pl.col("imports_kusd"),
            share_of_world_production=pl.col("production_t") / pl.col("world_t"),
        )
        .drop("imports_kusd", "world_t")
        .sort(KEY)
    )
