"""From which countries does each mineral come? One map for all minerals; the reader chooses."""

from __future__ import annotations

import polars as pl

from sogdia.brief.report import Report
from sogdia.brief.views import mineral_names, named, position
from sogdia.render.basemap import SOURCE_ID, drawn, outlines
from sogdia.render.blocks import Figure, Section
from sogdia.render.charts.world import BASEMAP, world
from sogdia.render.formats import part
from sogdia.render.wording import counted, lower_first, possessive, sentence, some, the, told

RISKIEST = 10


def section(report: Report) -> Section | None:
    """The map of suppliers, at first for the widest-sourced of the ten riskiest minerals."""
    rows = position(report)
    if rows.is_empty():
        return None
    chosen = rows.head(RISKIEST).sort("suppliers", descending=True, nulls_last=True).row(0, named=True)
    suppliers = named(
        report.exposure.suppliers.with_columns(
            iso3="supplier",
            mineral=pl.col("mineral").replace_strict(mineral_names(report), return_dtype=pl.String),
        ),
        "supplier",
    ).select("mineral", "iso3", "supplier", "weight_share", "value_share", "value_kusd", "quantity_t")
    caption = (
        f"{sentence(possessive(told(report.importer)))} suppliers of {lower_first(chosen['name'])} in {report.year}: "
        f"{counted(int(chosen['suppliers']), 'country', 'countries')}, {part(chosen['top_supplier_weight_share'])} by "
        f"weight from {the(chosen['top_supplier'] or 'an unknown country')}."
    )
    figure = Figure(
        key="suppliers-map",
        spec=world(sorted(set(suppliers["mineral"])), chosen["name"], report.importer.members),
        frame=suppliers.filter(pl.col("iso3").is_in(list(drawn()))),
        caption=caption + " Choose another mineral, or shares by value, above the map.",
        alt="World map; countries are shaded by their share of the imports, darker for more. " + caption,
        source_ids=("CEPII_BACI", SOURCE_ID),
        extra={BASEMAP: list(outlines())},
    )
    return Section("map", "Suppliers on the map", _lead(report, suppliers), (figure,))


def _lead(report: Report, suppliers: pl.DataFrame) -> str:
    countries = (
        suppliers.group_by("supplier")
        .agg(minerals=pl.col("mineral").n_unique(), value=pl.col("value_kusd").sum())
        .sort("minerals", "value", "supplier", descending=[True, True, False])
    )
    first = countries.row(0, named=True)
    text = (
        f"{countries.height} countries sold at least one of these minerals to {told(report.importer)} in "
        f"{report.year}; {the(first['supplier'])} sold the most, {first['minerals']} of them."
    )
    small = sorted(set(suppliers.filter(~pl.col("iso3").is_in(list(drawn())))["supplier"]))
    if small:
        verb = "are" if len(small) > 1 else "is"
        names = sentence(some([the(name) for name in small]))
        text += f" {names} {verb} too small to be drawn at this scale, but counted in every table."
    return text
