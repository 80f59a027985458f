"""The suppliers of each mineral, their change over the years, and the origin of its ore: one fold for each mineral."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl

from sogdia.answer import Answer, each_once
from sogdia.brief.mineral_rest import rest
from sogdia.brief.part import Part
from sogdia.brief.provenance import code_sources, supplier_sources
from sogdia.brief.report import Report
from sogdia.brief.views import country_look, imported, known_value, with_country_names
from sogdia.data import Mineral
from sogdia.data.coverage_grade import GRADE_NAMES
from sogdia.exposure.caveats import notably_imputed, stands_alone
from sogdia.exposure.trade_codes import ended, mixed_stages
from sogdia.render.blocks import Block, Column, Figure, Fold, Section, Table, Text
from sogdia.render.charts.trend import trend
from sogdia.render.formats import amount, index, money, part, share, tonnes
from sogdia.render.wording import OTHERS, country_text, join, lower_first, name_in_sentence, possessive, sentence
from sogdia.sums import total

STRIPS = ("import_quantity_t", "price_usd_per_kg", "import_hhi_weight")
IN_TEXT = (*STRIPS, "net_import_reliance")
SUPPLIERS_SHOWN = 10
NAMED_ORIGINS = 3
DOUBTFUL, NOTABLE_LOST = 0.5, 0.01


def section(report: Report) -> Section:
    """The folds, riskiest mineral first, then those without imports in the year."""
    ranked = imported(report)["mineral"].to_list()
    place = {key: number for number, key in enumerate(ranked)}
    ordered = sorted(report.minerals, key=lambda m: place.get(m.key, len(place)))
    views = country_views(report)
    since = int(report.history.records["year"].to_numpy().min())
    lead = (
        f"Suppliers of {name_in_sentence(report.importer)} in {report.year} and since {since}, "
        "by weight and by value, mineral by mineral; highest supply risk first. Open a line to see more."
    )
    return PART.section(lead, (_fold(report, mineral, views) for mineral in ordered))


def country_views(report: Report) -> dict[str, dict[str, pl.DataFrame]]:
    """Suppliers and leaders with English names, split by mineral once."""
    return {
        "suppliers": _by_mineral(with_country_names(report.exposure.suppliers, "supplier")),
        "leaders": _by_mineral(with_country_names(report.leaders.with_columns(iso3="supplier"), "supplier")),
        "history": _by_mineral(report.history.records),
    }


def _by_mineral(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(key[0]): part for key, part in frame.partition_by("mineral", as_dict=True).items()}


def _fold(report: Report, mineral: Mineral, views: dict[str, dict[str, pl.DataFrame]]) -> Fold:
    now = report.exposure.records.filter(pl.col("mineral") == mineral.key, pl.col("import_value_kusd") > 0)
    record = now.row(0, named=True) if now.height else None
    suppliers = views["suppliers"].get(mineral.key)
    leaders = views["leaders"].get(mineral.key)
    past = views["history"].get(mineral.key)
    text = _text(report, mineral, record, past)
    blocks: list[Block] = [text] if text.paragraphs else []
    if leaders is not None and past is not None:
        blocks.append(_trend(report, mineral, leaders, past))
    if suppliers is not None and record is not None:
        blocks.append(_suppliers(report, mineral, suppliers))
    if mineral.key in report.traced:
        blocks.append(_origin(report, mineral))
    more = rest(report, mineral)
    if more is not None:
        blocks.append(more)
    return Fold(f"mineral-{mineral.key}", mineral.name, _summary(report, mineral, record), tuple(blocks))


def _summary(report: Report, mineral: Mineral, record: dict[str, Any] | None) -> str:
    if record is None:
        return mineral.not_mapped(report.year) or f"no import recorded in {report.year}"
    text = money(record["import_value_kusd"])
    if record["top_supplier"] is not None:
        text += f", {share(record['top_supplier_weight_share'])} by weight from {country_text(record['top_supplier'])}"
    return text


def _text(report: Report, mineral: Mineral, record: dict[str, Any] | None, past: pl.DataFrame | None) -> Text:
    """Position, change since the first year, origin, and what the figures stand for."""
    paragraphs = [
        _position(report, mineral, record),
        _change(mineral, past),
        _traced(report, mineral),
        _stands_for(report, mineral),
    ]
    return Text(tuple(p for p in paragraphs if p), _text_sources(report, mineral))


def _text_sources(report: Report, mineral: Mineral) -> tuple[str, ...]:
    """Behind the text of a fold: its measures, its trade codes, and the origin where that is traced."""
    origin = report.traced[mineral.key].sources() if mineral.key in report.traced else ()
    return each_once(report.history.measure_sources(*IN_TEXT), code_sources(report), origin)


def _position(report: Report, mineral: Mineral, record: dict[str, Any] | None) -> str:
    if record is None:
        if mineral.not_mapped(report.year):
            return ""  # the line that opens the fold says it
        return (
            f"No import of {lower_first(mineral.name)} is recorded for {name_in_sentence(report.importer)} in "
            f"{report.year}; that is unknown, not zero."
        )
    text = sentence(
        f"{name_in_sentence(report.importer)} imported {tonnes(record['import_quantity_t'])} worth "
        f"{money(record['import_value_kusd'])} in {report.year}{_price(report, mineral, record)}."
    )
    if notably_imputed(record):
        text += (
            f" Weights were imputed from value for {part(record['imputed_value_share'])} of the value and "
            f"{part(record['imputed_weight_share'])} of the weight."
        )
    if record["top_supplier"] is not None:
        first = country_text(record["top_supplier"])
        text += f" {sentence(first)} supplied {part(record['top_supplier_weight_share'])} by weight"
        if record["top_supplier_value"] != record["top_supplier"]:
            text += (
                f"; by value {country_text(record['top_supplier_value'])} came first with "
                f"{part(record['top_supplier_value_share'])}"
            )
        text += f". The concentration of suppliers (HHI by weight) was {index(record['import_hhi_weight'])}."
    if record["net_import_reliance"] is not None:
        text += f" Net import reliance, in contained mineral, was {part(record['net_import_reliance'])}."
    else:
        text += f" Net import reliance is not known ({record['reliance_gap']})."
        if stands_alone(record):
            text += (
                f" The supply risk of {index(record['ec_supply_risk'])} is therefore the world's concentration alone."
            )
    return text


def _price(report: Report, mineral: Mineral, record: dict[str, Any]) -> str:
    """The value of a kilogram, called a mix where ore and metal are counted together, or why it is not known."""
    if record["price_usd_per_kg"] is None:
        return f"; weights cover only {part(record['weighed_value_share'])} of the value, so read shares by value"
    text = f", USD\u202f{amount(record['price_usd_per_kg'])} a kilogram"
    mix = mixed_stages(mineral, report.year)
    return f"{text} over {mix} together, which is the price of neither" if mix else text


def _change(mineral: Mineral, past: pl.DataFrame | None) -> str:
    """Concentration at the first and last recorded year."""
    known = None if past is None else past.filter(pl.col("import_hhi_weight").is_not_null()).sort("year")
    if known is None or known.height < 2:
        return ""
    first, last = known.row(0, named=True), known.row(-1, named=True)
    return (
        f"In {first['year']}, the first year with enough known weights, the largest supplier was "
        f"{country_text(first['top_supplier'])} "
        f"({share(first['top_supplier_weight_share'])} by weight; HHI {index(first['import_hhi_weight'])}); in "
        f"{last['year']}, the last, it was {country_text(last['top_supplier'])} "
        f"({share(last['top_supplier_weight_share'])}; HHI {index(last['import_hhi_weight'])})."
    )


def _traced(report: Report, mineral: Mineral) -> str:
    """Countries of mining behind what is consumed, or why they are not known."""
    if mineral.key not in report.traced:
        return report.untraced.get(mineral.key, "")
    rows = report.traced[mineral.key].rows.filter(pl.col("traced_share").is_not_null())
    known = rows.filter(pl.col("unexplained_share") <= DOUBTFUL).head(NAMED_ORIGINS)
    lost = known_value(rows.filter(pl.col("unexplained_share") > DOUBTFUL)["traced_share"])
    if known.is_empty() or lost > DOUBTFUL:
        return "Where the ore was mined is not known: most of it comes from countries that mine little on record."
    origins = [f"{country_text(row['origin'])} ({share(row['traced_share'])})" for row in known.iter_rows(named=True)]
    text = f"Traced through trading countries, the ore that was consumed had been mined mostly in {join(origins)}"
    return f"{text}; the origin of {part(lost)} is not known." if lost >= NOTABLE_LOST else f"{text}."


def _stands_for(report: Report, mineral: Mineral) -> str:
    codes = [f"{code.hs6} ({code.stage})" for code in mineral.codes if code.in_use(report.year)]
    text = f"Products counted: HS {join(codes)}." if codes else ""
    cover = report.exposure.coverage.get(mineral.key)
    if cover is not None:
        text += f" Coverage: {GRADE_NAMES[cover.grade]} ({cover.why})."
    silent = ended(mineral, None, report.year)
    if silent:
        text += f" {silent}."
    if mineral.by_product_of:
        text += f" Mostly a by-product of {mineral.by_product_of.replace(';', ',')} (general knowledge of the field)."
    return text.strip()


def _trend(report: Report, mineral: Mineral, leaders: pl.DataFrame, past: pl.DataFrame) -> Figure:
    totals = leaders.group_by("supplier", "iso3").agg(total("weight_share"))
    ranked = totals.sort("weight_share", "supplier", descending=True).select("supplier", "iso3").rows()
    looks = {name: country_look(iso3) for name, iso3 in sorted(ranked, key=lambda one: one[0] == OTHERS)}
    frame = pl.concat(
        [
            leaders.select("year", "supplier", "weight_share", "value_share").sort("year", "supplier"),
            past.filter(pl.col("import_value_kusd") > 0).select("year", *STRIPS).sort("year"),
        ],
        how="diagonal",
    )
    caption = _trend_caption(report, mineral, past)
    return Figure(
        key=f"trend-{mineral.key}",
        draw=partial(trend, frame, looks, _span(frame), mixed_stages(mineral, report.year)),
        frame=frame,
        caption=caption,
        alt=(
            f"Areas of the shares of {join(list(looks))} in the imports of {lower_first(mineral.name)} by year, by "
            f"weight and by value; below them lines of weight, price and concentration. {caption}"
        ),
        source_ids=report.history.measure_sources(*STRIPS),
    )


def _span(frame: pl.DataFrame) -> tuple[int, int]:
    """The first and the last year of a chart's data."""
    years = sorted(frame["year"].to_list())
    return years[0], years[-1]


def _trend_caption(report: Report, mineral: Mineral, past: pl.DataFrame) -> str:
    """The change of the average price, and the year of the highest."""
    priced = past.filter(pl.col("price_usd_per_kg").is_not_null()).sort("year")
    title = f"{sentence(possessive(name_in_sentence(report.importer)))} imports of {lower_first(mineral.name)}"
    if priced.height < 2:
        return f"{title}."
    first, last = priced.row(0, named=True), priced.row(-1, named=True)
    mix = mixed_stages(mineral, report.year)
    if mix:
        return (
            f"{title}: {tonnes(first['import_quantity_t'])} in {first['year']}, {tonnes(last['import_quantity_t'])} in "
            f"{last['year']}, {mix} together: their value per kilogram follows the mix and is no price."
        )
    peak = priced.sort("price_usd_per_kg", descending=True).row(0, named=True)
    return (
        f"{title}: USD\u202f{amount(first['price_usd_per_kg'])} a kilogram in {first['year']}, "
        f"USD\u202f{amount(last['price_usd_per_kg'])} in {last['year']}, most in {peak['year']} "
        f"(USD\u202f{amount(peak['price_usd_per_kg'])})."
    )


def _suppliers(report: Report, mineral: Mineral, suppliers: pl.DataFrame) -> Table:
    return Table(
        key=f"suppliers-{mineral.key}",
        frame=suppliers.sort(
            "weight_share", "value_share", "supplier", descending=[True, True, False], nulls_last=True
        ),
        columns=(
            Column("supplier", "Supplier", "text"),
            Column("mineral", "Mineral", "text", shown=False),
            Column("weight_share", "Share by weight", "share", "",
                   "imports by weight from the supplier / all with a weight"),
            Column("value_share", "Share by value", "share", "", "imports by value from the supplier / all"),
            Column("weight_share_reported", "Share of reported weight", "share", "",
                   "reported weight from the supplier / all reported weight", shown=False),
            Column("quantity_t", "Weight", "amount", "t",
                   "net weight of product, imputed where missing or doubtful; a dash: not known"),
            Column("quantity_reported_t", "Weight as reported", "amount", "t", "a dash: not reported", shown=False),
            Column("value_kusd", "Value", "amount", "thousand USD", "free on board, current US dollars"),
            Column("instability", "Political instability", "index", "0..1",
                   "0.5 - estimate of political stability / 5, clipped; 1 is worst"),
        ),
        caption=f"Suppliers of {lower_first(mineral.name)}, {report.year}.",
        source_ids=supplier_sources(report),
        rows_shown=SUPPLIERS_SHOWN,
        file="suppliers",
    )  # fmt: skip


def _origin(report: Report, mineral: Mineral) -> Table:
    explained = report.traced[mineral.key].rows.filter(pl.col("unexplained_share") <= DOUBTFUL)
    frame = with_country_names(explained, "origin").with_columns(mineral=pl.lit(mineral.key))
    return Table(
        key=f"origin-{mineral.key}",
        frame=frame,
        columns=(
            Column("origin", "Country", "text"),
            Column("mineral", "Mineral", "text", shown=False),
            Column("traced_share", "Mined there", "share", "",
                   "part of consumption by country of mining, traced through trade"),
            Column("direct_share", "Bought there", "share", "",
                   "part of imports by direct supplier, in contained mineral"),
            Column("unexplained_share", "Not on record", "share", "",
                   "part of the origin's supply that is neither recorded production nor recorded imports"),
        ),
        caption=(
            f"Where the {lower_first(mineral.name)} was mined, and where it was bought, {report.year}; without "
            "countries of whose supply more than half is not on record."
        ),
        source_ids=report.traced[mineral.key].sources(),
        rows_shown=SUPPLIERS_SHOWN,
        file="origin",
    )  # fmt: skip


def _answers(report: Report) -> tuple[Answer, ...]:
    return (report.history, *report.traced.values())


PART = Part("minerals", "Each mineral", 40, section, _answers)
