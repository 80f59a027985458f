"""What the partners supply today, who else buys it, and what more they could supply."""

from __future__ import annotations

from functools import partial

import polars as pl

from sogdia.brief.heading_lines import headings_table, sold_by_heading
from sogdia.brief.part import Part
from sogdia.brief.provenance import OWN, row_sources, trade_sources
from sogdia.brief.report import Report
from sogdia.brief.views import (
    NOTABLE_SHARE,
    imported,
    known_value,
    mineral_names,
    partner_share,
    region_look,
    with_country_names,
)
from sogdia.exposure.partners import PRODUCTION
from sogdia.exposure.tables import ids_behind
from sogdia.render.blocks import Block, Column, Figure, Section, Table, Text
from sogdia.render.charts.bars import Amount, bars
from sogdia.render.formats import amount, money, part, share, threshold
from sogdia.render.plot.scales import percent, plain
from sogdia.render.wording import (
    counted,
    country_name,
    join,
    lower_first,
    name_in_sentence,
    possessive,
    sentence,
    short,
    some,
    the,
)
from sogdia.sums import total

MEASURES = {
    "usgs_economic": "economically extractable (USGS)",
    "national_balance": "state balance",
    "identified_resources": "identified resources",
    "deposit": "single deposit",
}
DIRECT = ("exports_to_importer_kusd", "importer_share_of_exports", "share_of_importer_imports")
BARS_SHOWN = 15
MAIN, ELSEWHERE = "largest other buyer", "other buyers"
EXPORTS = Amount("musd", "exports, million USD", plain, lambda value: f"{amount(value)} million USD")
PRODUCED = Amount("share", "share of world production", percent, share)


def section(report: Report) -> Section | None:
    """Trade, production, reserves and projects of the partners; None without partners."""
    if not report.partners:
        return None
    supply = _supply(report)
    blocks: tuple[Block | None, ...] = (
        _today(report, supply),
        _exports_figure(report, supply),
        _supply_table(report, supply) if supply.height else None,
        headings_table(report),
        _production_figure(report, supply),
        _reserves(report),
        _projects(report),
        _unseen(report),
        _nothing(report, supply),
    )
    return PART.section(_lead(report, supply), blocks)


def _names(report: Report) -> str:
    return some([name_in_sentence(partner) for partner in report.partners])


def _supply(report: Report) -> pl.DataFrame:
    """Partner supply with English names; the largest exports first."""
    names = {m.key: m.name for m in report.minerals}
    region = {partner.key: short(partner) for partner in report.partners}
    return (
        with_country_names(report.partner_supply.rows, "main_buyer")
        .with_columns(
            name=pl.col("mineral").replace_strict(names, default=None, return_dtype=pl.String),
            partner_name=pl.col("partner").replace(region),
            # No recorded sale is unknown, not a known zero.
            **{name: pl.when(pl.col(name) > 0).then(name) for name in DIRECT},
        )
        .filter(pl.col("name").is_not_null())
        .sort(
            "exports_kusd", "production_t", "mineral", "partner", descending=[True, True, False, False], nulls_last=True
        )
    )


def _lead(report: Report, supply: pl.DataFrame) -> str:
    importer = name_in_sentence(report.importer)
    exports = known_value(supply["exports_kusd"])
    supplied, share_of_imports, value = partner_share(report)
    if not supplied:
        text = f"No direct sale of these minerals by {_names(report)} to {importer} is recorded in {report.year}."
    else:
        text = (
            f"{sentence(_names(report))} sold {some([lower_first(name) for name in supplied])} worth {money(value)} "
            f"to {importer} in {report.year}, {part(share_of_imports)} of its imports of these minerals by value in "
            "the trade codes of this store."
        )
    if exports:
        text += f" Their exports of them to all countries were worth {money(exports)}"
        text += f"; {importer} took {part(value / exports)}." if supplied else "."
    return text + sold_by_heading(report)


def _today(report: Report, supply: pl.DataFrame) -> Text:
    """One sentence for each partner."""
    paragraphs = []
    for partner in report.partners:
        own = supply.filter(pl.col("partner") == partner.key)
        sold = own.filter(pl.col("exports_kusd") > 0)
        plain = sold.filter(pl.col("mark").is_null())
        name = short(partner)
        if sold.is_empty():
            paragraphs.append(f"{name}: no export of these minerals is recorded in {report.year}.")
            continue
        direct = sold.filter(pl.col("exports_to_importer_kusd") > 0).sort("exports_to_importer_kusd", descending=True)
        largest = [f"{lower_first(row['name'])} ({money(row['exports_kusd'])}, mostly to {the(row['main_buyer'])})"
                   for row in plain.head(3).iter_rows(named=True)]  # fmt: skip
        to_importer = join([lower_first(n) for n in direct["name"]]) if direct.height else "nothing recorded"
        paragraphs.append(
            f"{name} exported {counted(sold.height, 'mineral')}"
            f"{f', in these trade codes most of all {join(largest)}' if largest else ''}. "
            f"{_doubtful(sold)}"
            f"To {name_in_sentence(report.importer)}: {to_importer}."
        )
    return Text(tuple(paragraphs), trade_sources(report), "What they supply today, and to whom")


def _doubtful(sold: pl.DataFrame) -> str:
    """Exports that exceed what the partner makes on record: they are no headline."""
    doubtful = sold.filter(pl.col("mark").is_not_null())
    if doubtful.is_empty():
        return ""
    names = join([lower_first(name) for name in doubtful["name"]])
    return f"More {names} is on record as exported than as produced, or none as produced: not counted here. "


def _exports_figure(report: Report, supply: pl.DataFrame) -> Figure | None:
    top = supply.filter(pl.col("exports_kusd") > 0, pl.col("mark").is_null()).head(BARS_SHOWN)
    if top.is_empty():
        return None
    importer = short(report.importer)
    parts = []
    for row in top.iter_rows(named=True):
        to_importer = row["exports_to_importer_kusd"] or 0.0
        is_main = row["main_buyer"] in {country_name(member) for member in report.importer.members}
        main = 0.0 if is_main else row["main_buyer_share"] * row["exports_kusd"]
        name = f"{row['name']}, {row['partner_name']}"
        rest = max(row["exports_kusd"] - to_importer - main, 0.0)
        parts += [
            (name, importer, importer, to_importer),
            (name, MAIN, row["main_buyer"], main),
            (name, ELSEWHERE, ELSEWHERE, rest),
        ]
    frame = pl.DataFrame(parts, schema=["name", "part", "detail", "kusd"], orient="row").with_columns(
        musd=pl.col("kusd") / 1000
    )
    first = top.row(0, named=True)
    caption = (
        f"The largest of these export flows is {lower_first(first['name'])} from {first['partner_name']}, "
        f"{money(first['exports_kusd'])}, {part(first['main_buyer_share'])} of it to {the(first['main_buyer'])}; "
    )
    taken = first["importer_share_of_exports"]
    importer_takes = "no sale to {} is recorded." if taken is None else "{} takes " + part(taken) + "."
    caption += importer_takes.format(name_in_sentence(report.importer))
    order = list(dict.fromkeys(frame["name"]))
    return Figure(
        key="partner-exports",
        draw=partial(bars, frame, order, {importer: "accent", MAIN: "band", ELSEWHERE: "rest"}, EXPORTS),
        frame=frame.drop("kusd"),
        caption=caption,
        alt=f"Bars of the partners' {len(order)} largest exports by mineral, split by buyer. {caption}",
        source_ids=trade_sources(report),
    )  # fmt: skip


def _supply_table(report: Report, supply: pl.DataFrame) -> Table:
    importer = short(report.importer)
    return Table(
        key="partner-supply",
        frame=supply,
        columns=(
            Column("name", "Mineral", "text"),
            Column("partner_name", "Partner", "text"),
            Column("exports_kusd", "Exports", "amount", "thousand USD", "recorded exports to all countries by value"),
            Column("main_buyer", "Largest buyer", "text", "", "country that bought most by value"),
            Column("main_buyer_share", "its share", "share", "", "largest buyer's purchases / exports, by value"),
            Column("exports_to_importer_kusd", f"To {importer}", "amount", "thousand USD",
                   "direct sales to the importer"),
            Column("exports_t", "Exports", "amount", "t", "the same by weight of product"),
            Column("importer_share_of_exports", f"{possessive(importer)} share", "share", "",
                   "sales to the importer / exports"),
            Column("share_of_importer_imports", "of its imports", "share", "",
                   "sales to the importer / its imports, by value"),
            Column("mark", "Doubt", "text", "", "hub: exports more than it produces; excess: a main maker that does"),
            Column("production_t", "Production", "amount", "t", "in the unit of the mineral's production basis"),
            Column("share_of_world_production", "of the world's", "share", "", "production / world production"),
        ),
        caption=f"Exports and production of the partners, {report.year}; a dash means nothing recorded.",
        source_ids=report.partner_supply.sources(),
        link="mineral-",
        link_column="mineral",
        rows_shown=25,
    )  # fmt: skip


def _production_figure(report: Report, supply: pl.DataFrame) -> Figure | None:
    made = supply.filter(pl.col("share_of_world_production") >= NOTABLE_SHARE)
    if made.is_empty():
        return None
    totals = (
        made.group_by("name")
        .agg(total=total("share_of_world_production"))
        .sort("total", "name", descending=[True, False])
    )
    order = totals.head(BARS_SHOWN)["name"].to_list()
    frame = made.filter(pl.col("name").is_in(order)).select(
        "name", part="partner_name", detail="partner_name", share="share_of_world_production"
    )
    looks = {short(p): region_look(p) for p in report.partners if short(p) in set(frame["part"])}
    first = totals.row(0, named=True)
    caption = (
        f"The partners produce at least {threshold(NOTABLE_SHARE)} of the world's output of "
        f"{counted(totals.height, 'mineral')}; most of {lower_first(first['name'])}, {share(first['total'])}."
    )
    if totals.height > BARS_SHOWN:
        caption += f" The {BARS_SHOWN} largest shares are shown."
    return Figure(
        key="partner-production",
        draw=partial(bars, frame, order, looks, PRODUCED),
        frame=frame,
        caption=caption,
        alt=f"Bars of the partners' share of world production by mineral, stacked by country. {caption}",
        source_ids=ids_behind(PRODUCTION, report.partner_supply.source_ids),
    )  # fmt: skip


def _reserves(report: Report) -> Block:
    if report.reserves.is_empty():
        return Text(("No reserves of the partners are recorded in the store.",), (OWN,), "Reserves")
    frame = with_country_names(
        report.reserves.with_columns(
            measure_name=pl.col("measure").replace(MEASURES),
            name=pl.col("mineral").replace_strict(_all_names(report), return_dtype=pl.String),
        ),
        "country",
    ).sort("name", "country", "measure")
    return Table(
        key="partner-reserves",
        frame=frame,
        columns=(
            Column("name", "Mineral", "text"),
            Column("country", "Country", "text"),
            Column("measure_name", "Measure", "text", "", "never to be added or compared across measures"),
            Column("reserves_t", "Reserves", "amount", "t of the basis", "a dash: unknown, not zero"),
            Column("reserves_low_t", "low", "amount", "t of the basis", shown=False),
            Column("reserves_high_t", "high", "amount", "t of the basis", shown=False),
            Column("share_of_world", "of the world's", "share", "", "reserves / world total by the same measure"),
            Column("basis", "Basis", "text", "", "what a tonne is a tonne of"),
            Column("year", "Year", "year"),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed"),
            Column("source_id", "Source", "source"),
        ),
        caption="Reserves of the partners. Measures differ in what they count, so each row names its own.",
        source_ids=row_sources(frame),
    )


def _projects(report: Report) -> Block:
    if report.projects.is_empty():
        text = f"No project of {_names(report)} is recorded in the store: what they could add is not known."
        return Text((text,), (OWN,), "Projects")
    frame = with_country_names(
        report.projects.with_columns(pl.col("subject").str.replace_all("/", ", ", literal=True)), "country"
    ).sort("country", "subject", "name")
    return Table(
        key="partner-projects",
        frame=frame,
        columns=(
            Column("name", "Project", "text"),
            Column("country", "Country", "text"),
            Column("subject", "Minerals", "text"),
            Column("capacity_t_per_year", "Capacity", "amount", "t a year"),
            Column("capacity_of", "of", "text"),
            Column("capex_musd", "Capital cost", "amount", "million USD"),
            Column("stage", "Stage", "text", shown=False),
            Column("jobs", "Jobs", "count"),
            Column("build_years", "Time to build", "amount", "years", shown=False),
            Column("status", "Status", "text"),
            Column("partner", "With", "text", shown=False),
            Column("capacity_low_t_per_year", "Capacity, low", "amount", "t a year", shown=False),
            Column("capacity_high_t_per_year", "Capacity, high", "amount", "t a year", shown=False),
            Column("capex_low_musd", "Capital cost, low", "amount", "million USD", shown=False),
            Column("capex_high_musd", "Capital cost, high", "amount", "million USD", shown=False),
            Column("evidence", "Evidence", "text", "", "seen, derived or assumed"),
            Column("source_id", "Source", "source"),
        ),
        caption=f"What the partners could add: {counted(frame.height, 'recorded project')}, whatever their state.",
        source_ids=row_sources(frame),
    )


def _unseen(report: Report) -> Text | None:
    """Processed products whose trade the store does not see; what the partners sell of them is missing above."""
    rows = report.unseen
    if rows.is_empty():
        return None
    names = mineral_names(report)
    of_each = []
    for (mineral,), products in rows.group_by("mineral", maintain_order=True):
        listed = [f"{output}, {codes.replace(';', ' and ')}" for _, output, codes, _ in products.iter_rows()]
        of_each.append(f"{lower_first(names[str(mineral)])} ({'; '.join(listed)})")
    return Text(
        (
            f"The trade codes of this store do not cover {counted(rows.height, 'processed product')}, so that sales of "
            f"them by the partners do not show here: {join(of_each)}. Adding a full trade release brings them in.",
        ),
        row_sources(rows),
        "What these figures do not see",
    )


def _nothing(report: Report, supply: pl.DataFrame) -> Text | None:
    """The importer's minerals for which nothing at all is recorded about the partners."""
    known = {*supply["mineral"], *report.reserves["mineral"], *report.projects["mineral"].drop_nulls()}
    absent = imported(report).filter(~pl.col("mineral").is_in(list(known)))
    if absent.is_empty():
        return None
    return Text(
        (
            f"No export, production, reserve or project of the partners is recorded for "
            f"{join([lower_first(name) for name in absent['name']])}.",
        ),
        report.partner_supply.sources(),
        "Where nothing is recorded",
    )


def _all_names(report: Report) -> dict[str, str]:
    """Names by key, also of minerals that are not in this report (fuels, minerals without a trade code)."""
    others = report.reserves["mineral"].unique()
    return {key: sentence(key.replace("_", " ")) for key in others} | mineral_names(report)


TITLE = "What the partners supply and could supply"
PART = Part("partners", TITLE, 60, section, lambda report: (report.partner_supply,))
