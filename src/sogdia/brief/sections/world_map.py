"""The countries each mineral comes from: one map for all minerals, of which the reader chooses one."""

from __future__ import annotations

import polars as pl

from sogdia.answer import each_once
from sogdia.basemap import drawn, outline_sources, outlines
from sogdia.brief.part import Part
from sogdia.brief.provenance import trade_sources
from sogdia.brief.report import Report
from sogdia.brief.views import imported, mineral_names, with_country_names
from sogdia.render.blocks import Figure, Section
from sogdia.render.charts.world import BASEMAP, world
from sogdia.render.formats import part
from sogdia.render.wording import counted, lower_first, name_in_sentence, possessive, sentence, some, the
from sogdia.sums import total

RISKIEST = 10


def section(report: Report) -> Section | None:
    """The map of suppliers; at first it shows that of the ten riskiest minerals which has the most suppliers."""
    rows = imported(report)
    if rows.is_empty():
        return None
    chosen = rows.head(RISKIEST).sort("suppliers", descending=True, nulls_last=True).row(0, named=True)
    suppliers = with_country_names(
        report.exposure.suppliers.with_columns(
            iso3="supplier",
            mineral=pl.col("mineral").replace_strict(mineral_names(report), return_dtype=pl.String),
        ),
        "supplier",
    ).select("mineral", "iso3", "supplier", "weight_share", "value_share", "value_kusd", "quantity_t")
    first = chosen["top_supplier"] or "an unknown country"
    caption = (
        f"{sentence(possessive(name_in_sentence(report.importer)))} suppliers of {lower_first(chosen['name'])} in "
        f"{report.year}: {counted(int(chosen['suppliers']), 'country', 'countries')}, "
        f"{part(chosen['top_supplier_weight_share'])} by weight from {the(first)}."
    )
    figure = Figure(
        key="suppliers-map",
        spec=world(sorted(set(suppliers["mineral"])), chosen["name"], report.importer.members),
        frame=suppliers.filter(pl.col("iso3").is_in(list(drawn()))),
        caption=caption + " Choose another mineral, or shares by value, above the map.",
        alt="World map; countries are shaded by their share of the imports, darker for more. " + caption,
        source_ids=each_once(trade_sources(report), outline_sources()),
        extra={BASEMAP: list(outlines())},
    )
    return PART.section(_lead(report, suppliers), (figure,))


def _lead(report: Report, suppliers: pl.DataFrame) -> str:
    countries = (
        suppliers.group_by("supplier")
        .agg(minerals=pl.col("mineral").n_unique(), value=total("value_kusd"))
        .sort("minerals", "value", "supplier", descending=[True, True, False])
    )
    first = countries.row(0, named=True)
    text = (
        f"{countries.height} countries sold at least one of these minerals to {name_in_sentence(report.importer)} in "
        f"{report.year}; {the(first['supplier'])} sold the most, {first['minerals']} of them."
    )
    small = sorted(set(suppliers.filter(~pl.col("iso3").is_in(list(drawn())))["supplier"]))
    if small:
        verb = "are" if len(small) > 1 else "is"
        names = sentence(some([the(name) for name in small]))
        text += f" {names} {verb} too small to be drawn at this scale, but counted in every table."
    return text


PART = Part("map", "Suppliers on the map", 30, section)
