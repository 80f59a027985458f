"""Rows of the results that several sections show: selected and named, nothing computed anew."""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.brief.report import Report
from sogdia.codes import Region
from sogdia.exposure.ranking import NO_IMPORT, NOT_VISIBLE
from sogdia.render.theme import country_place
from sogdia.render.wording import OTHERS, country_names
from sogdia.sums import total

NOTABLE_SHARE = 0.01


def mineral_names(report: Report) -> dict[str, str]:
    """English names by mineral key."""
    return {m.key: m.name for m in report.minerals}


def with_country_names(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The frame with country codes in `columns` replaced by English names; other values and nulls stay."""
    return frame.with_columns(pl.col(column).replace(country_names()) for column in columns)


def country_look(iso3: str) -> str:
    """The class of a country's colour in pictures; that of the rest for `Others`."""
    return "rest" if iso3 == OTHERS else f"c{country_place(iso3)}"


def region_look(region: Region) -> str:
    """The class of a region's colour: that of its first member."""
    return country_look(region.members[0])


def known_value(column: pl.Series) -> float:
    """The sum of the known values of a column."""
    return float(np.nansum(column.cast(pl.Float64).to_numpy()))


def imported(report: Report) -> pl.DataFrame:
    """The records of the report's year for minerals with imports, with `name`; the ranked first, by risk.

    Order: that of `sogdia.exposure.ranking`.
    """
    return (
        with_country_names(report.exposure.records, "top_supplier", "top_supplier_value")
        .filter(pl.col("import_value_kusd") > 0)
        .with_columns(name=pl.col("mineral").replace_strict(mineral_names(report), return_dtype=pl.String))
    )


def visible(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of `imported` whose trade the codes see and whose import is worth counting."""
    return rows.filter(~pl.col("rank_group").is_in([NOT_VISIBLE, NO_IMPORT]))


def in_group(rows: pl.DataFrame, group: str) -> pl.DataFrame:
    """The rows of `imported` in one group of the ranking."""
    return rows.filter(pl.col("rank_group") == group)


def partner_share(report: Report) -> tuple[list[str], float | None, float]:
    """What the partners supply directly: names of the minerals (largest value first), their part of the imports of all
    the report's minerals by value (None where there are none), and that value [thousand USD].
    """
    names = mineral_names(report)
    supplied = (
        report.partner_supply.rows.filter(pl.col("mineral").is_in(list(names)), pl.col("exports_to_importer_kusd") > 0)
        .group_by("mineral")
        .agg(total("exports_to_importer_kusd"))
        .sort("exports_to_importer_kusd", descending=True)
    )
    bought = known_value(report.exposure.records["import_value_kusd"])
    value = known_value(supplied["exports_to_importer_kusd"])
    return [names[key] for key in supplied["mineral"]], value / bought if bought else None, value


def notable_production(report: Report) -> list[str]:
    """Names of the report's minerals of which a partner makes a notable share of the world's output, largest first."""
    names = mineral_names(report)
    made = report.partner_supply.rows.filter(
        pl.col("mineral").is_in(list(names)), pl.col("share_of_world_production") >= NOTABLE_SHARE
    )
    ranked = made.group_by("mineral").agg(total("share_of_world_production"))
    return [
        names[key] for key in ranked.sort("share_of_world_production", "mineral", descending=[True, False])["mineral"]
    ]
