"""What makes a supplier or a series doubtful: hubs, imputed weights and breaks in the record.

Marks of a supplier of a mineral in a year, the first that holds:

    imputed    more than `most_imputed` of the value of what it sold has an imputed weight
    excess     its exports to all countries exceed `most_exports_per_production` times its production, both in
               contained mineral, although it makes MAIN_MAKER of the world's: one of the two records is wrong
    hub        the same of a country that makes less or none, where trade and production are counted at one stage
    processor  the same where production is counted at the mine and trade is not: it refines what others mine, or
               sells it on

A break of an importer's series is a change of the level of its weight, the median of LEVEL_YEARS, by
`break_weight_ratio` or more, while that of the unit value changes the other way by `break_price_ratio` or more: another
good is counted since then. A single odd year is no break.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from statistics import median

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.concentration import Floats
from sogdia.data import Mineral
from sogdia.data.coverage_rules import CoverageRules
from sogdia.exposure.inputs import Inputs
from sogdia.sums import known_total, total

IMPUTED, EXCESS, HUB, PROCESSOR = "imputed", "excess", "hub", "processor"
MARKS = {
    IMPUTED: "most of its weight is imputed",
    EXCESS: "a main maker, but exports more than it makes on record",
    HUB: "exports more than it produces",
    PROCESSOR: "sells more than it mines: refines or sells on",
}
MINED = ("ore",)
MAIN_MAKER, LEVEL_YEARS = 0.05, 3
SUPPLIER = ["mineral", "year", "exporter"]


def supplier_marks(inputs: Inputs, minerals: Sequence[Mineral], rules: CoverageRules) -> pl.DataFrame:
    """mineral, year, exporter, mark (excess, hub or processor); a country without a mark has no row.

    Where production of a mineral and year is not known nobody is marked.
    """
    sold = inputs.flows.filter(pl.col("importer") != pl.col("exporter"))
    exports = sold.group_by(SUPPLIER).agg(exports_t=known_total("known_content_t"))
    made = inputs.production.group_by("mineral", "year", exporter="country").agg(made_t=total("amount_t"))
    covered = inputs.production.group_by("mineral", "year").agg(world_t=total("amount_t"))
    same = pl.DataFrame(
        [(m.key, _same_stage(m, inputs.stage)) for m in minerals],
        schema={"mineral": pl.String, "same_stage": pl.Boolean},
        orient="row",
    )
    rows = exports.join(covered, on=["mineral", "year"]).join(made, on=SUPPLIER, how="left")
    beyond = pl.col("exports_t") > rules.most_exports_per_production * pl.col("made_t").fill_null(0.0)
    mark = (
        pl.when(pl.col("made_t") >= MAIN_MAKER * pl.col("world_t")).then(pl.lit(EXCESS))
        .when("same_stage").then(pl.lit(HUB)).otherwise(pl.lit(PROCESSOR))
    )  # fmt: skip
    return rows.filter(beyond).join(same, on="mineral").select(*SUPPLIER, mark=mark).sort(SUPPLIER)


def _same_stage(mineral: Mineral, stage: str | None) -> bool:
    """Whether trade is counted where production is: ore for what is counted as mined, else the refined product."""
    stages = {c.stage for c in mineral.codes if stage in (None, c.stage)}
    mined = mineral.ec_stage == "extraction" or "mined" in mineral.production_basis
    return stages == set(MINED) if mined else True


def marked(suppliers: pl.DataFrame, marks: pl.DataFrame, rules: CoverageRules) -> pl.DataFrame:
    """The suppliers of `Exposure` with the column mark, null where there is none."""
    imputed = pl.col("imputed_kusd") > rules.most_imputed * pl.col("value_kusd")
    joined = suppliers.join(
        marks.rename({"exporter": "supplier"}), on=["mineral", "year", "supplier"], how="left", maintain_order="left"
    )
    return joined.with_columns(mark=pl.when(imputed).then(pl.lit(IMPUTED)).otherwise("mark"))


def breaks(history: pl.DataFrame, importer: Region, rules: CoverageRules) -> dict[str, int]:
    """Year of the sharpest break of each mineral's series, by its key; a mineral without a break has no entry.

    history: mineral, year, importer, exporter, value_kusd, quantity_t.
    """
    inside = pl.col("importer").is_in(importer.members) & ~pl.col("exporter").is_in(importer.members)
    bought = history.filter(inside & pl.col("quantity_t").is_not_null())
    years = (
        bought.group_by("mineral", "year")
        .agg(total("value_kusd"), total("quantity_t"))
        .filter((pl.col("value_kusd") >= rules.least_import_kusd) & (pl.col("quantity_t") > 0))
        .sort("mineral", "year")
    )
    found = {}
    for (mineral,), rows in years.partition_by("mineral", as_dict=True, maintain_order=True).items():
        at = _break(rows["quantity_t"].to_numpy(), rows["value_kusd"].to_numpy(), rules)
        if at is not None:
            found[str(mineral)] = int(rows["year"][at])
    return found


def _break(quantity: Floats, value: Floats, rules: CoverageRules) -> int | None:
    """The place in a series where it breaks most sharply, None where it does not."""
    weight, price = np.log(quantity).tolist(), np.log(value / quantity).tolist()
    sharpest, place = 0.0, None
    for at in range(1, len(weight)):
        change, against, step = _change(weight, at), _change(price, at), abs(weight[at] - weight[at - 1])
        large = abs(change) >= log(rules.break_weight_ratio) and abs(against) >= log(rules.break_price_ratio)
        if large and change * against < 0 and step > sharpest:
            sharpest, place = step, at
    return place


def _change(series: Sequence[float], at: int) -> float:
    """The change of a level at a place: the median of the years from there on less that of the years before."""
    after, before = series[at : at + LEVEL_YEARS], series[max(0, at - LEVEL_YEARS) : at]
    return median(after) - median(before)
