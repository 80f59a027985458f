"""The countries that the minerals come from: one map of how many minerals each is the largest supplier of."""

from __future__ import annotations

from functools import partial

import polars as pl

from sogdia.answer import each_once
from sogdia.basemap import drawn, outline_sources
from sogdia.brief.part import Part
from sogdia.brief.provenance import trade_sources
from sogdia.brief.report import Report
from sogdia.brief.views import imported, with_country_names
from sogdia.render.blocks import Figure, Section
from sogdia.render.charts.world import world
from sogdia.render.formats import money
from sogdia.render.wording import counted, name_in_sentence, sentence, some, the
from sogdia.sums import total

CLASSES = ((0, "sells, largest supplier of none"), (1, "of 1"), (2, "of 2"), (4, "of 3 or 4"), (8, "of 5 to 8"))
MOST = "of more than 8"
NAMED = 3


def section(report: Report) -> Section | None:
    """The map; None where nothing is imported."""
    rows = imported(report)
    if rows.is_empty():
        return None
    frame = _countries(report)
    if frame.is_empty():
        return None
    caption = _finding(report, frame, rows.height)
    figure = Figure(
        key="suppliers-map",
        draw=partial(world, _shades(frame), [*(name for _, name in CLASSES), MOST], report.importer.members),
        frame=frame,
        caption=caption,
        alt="World map; countries are darker the more minerals they are the largest supplier of. " + caption,
        source_ids=each_once(trade_sources(report), outline_sources()),
    )
    return PART.section(_lead(report, frame), (figure,))


def _finding(report: Report, frame: pl.DataFrame, minerals: int) -> str:
    """The countries that are the largest supplier of most minerals."""
    of_all = f"{counted(minerals, 'mineral')} that {name_in_sentence(report.importer)} imported in {report.year}"
    leading = frame.filter(pl.col("largest_of") > 0).head(NAMED).to_dicts()
    if not leading:
        return f"No largest supplier by weight is known of {of_all}."
    names = [f"{the(row['supplier'])} of {row['largest_of']}" for row in leading]
    first = f"{the(leading[0]['supplier'])} is the largest supplier by weight of {leading[0]['largest_of']} of {of_all}"
    return f"{sentence(', '.join([first, *names[1:]]))}."


def _countries(report: Report) -> pl.DataFrame:
    """One row for each supplier: how many minerals it sells, of how many it is the largest supplier, their value."""
    keys = [mineral.key for mineral in report.minerals]
    sold = report.exposure.suppliers.filter(pl.col("mineral").is_in(keys))
    largest = report.exposure.records.filter(pl.col("import_value_kusd") > 0, pl.col("top_supplier").is_not_null())
    led = largest.group_by("top_supplier").agg(largest_of=pl.len().cast(pl.Int64)).rename({"top_supplier": "iso3"})
    return (
        with_country_names(sold.with_columns(iso3="supplier"), "supplier")
        .group_by("iso3", "supplier")
        .agg(minerals=pl.col("mineral").n_unique().cast(pl.Int64), value=total("value_kusd"))
        .join(led, on="iso3", how="left")
        .with_columns(pl.col("largest_of").fill_null(0))
        .rename({"value": "value_kusd"})
        .select("iso3", "supplier", "largest_of", "minerals", "value_kusd")
        .sort("largest_of", "minerals", "value_kusd", "iso3", descending=[True, True, True, False], nulls_last=True)
    )


def _shades(frame: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """Class and words of each country."""
    return {
        row["iso3"]: (
            next((name for most, name in CLASSES if row["largest_of"] <= most), MOST),
            f"{row['supplier']}: largest supplier of {row['largest_of']}, sells {row['minerals']}, "
            f"{money(row['value_kusd'])}",
        )
        for row in frame.iter_rows(named=True)
    }


def _lead(report: Report, frame: pl.DataFrame) -> str:
    most = frame.sort("minerals", "value_kusd", "iso3", descending=[True, True, False], nulls_last=True)
    first = most.row(0, named=True)
    text = (
        f"{counted(frame.height, 'country', 'countries')} sold at least one of these minerals to "
        f"{name_in_sentence(report.importer)} in {report.year}; {the(first['supplier'])} sold the most, "
        f"{first['minerals']} of them. The suppliers of each mineral stand on its page."
    )
    small = sorted(frame.filter(~pl.col("iso3").is_in(list(drawn())))["supplier"])
    if small:
        verb = "are" if len(small) > 1 else "is"
        names = some([the(name) for name in small])
        text += f" Too small to be drawn at this scale, but counted in every table, {verb} {names}."
    return text


PART = Part("map", "Suppliers on the map", 30, section)
