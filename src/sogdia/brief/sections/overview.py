"""Where is the importer exposed, what are the largest risks, what do the partners supply? The first screen."""

from __future__ import annotations

import polars as pl

from sogdia.brief.blocks import Figure, Highlight, Highlights, Section
from sogdia.brief.charts.dumbbell import BY_VALUE, BY_WEIGHT, dumbbell
from sogdia.brief.definitions import measure_sources
from sogdia.brief.formats import money, share
from sogdia.brief.report import Report
from sogdia.brief.rows import CONCENTRATED, partner_share, position
from sogdia.brief.wording import counted, join, lower_first, possessive, short

SHOWN = 15
SOURCES = ("CEPII_BACI",)
RISK_SOURCES = measure_sources(("ec_supply_risk", "top_supplier_weight_share"))


def section(report: Report) -> Section:
    """The answer in four numbers, three sentences and one picture."""
    rows = position(report)
    return Section(
        key="overview",
        title="Where the exposure lies",
        lead=_lead(report, rows),
        blocks=(_highlights(report, rows), *_figure(report, rows)),
    )


def _lead(report: Report, rows: pl.DataFrame) -> str:
    importer = short(report.importer)
    if rows.is_empty():
        return f"No import of the minerals asked for is recorded for {importer} in {report.year}."
    risky = [lower_first(name) for name in rows.filter(pl.col("ec_supply_risk").is_not_null())["name"].head(3)]
    text = f"{importer} imported {counted(rows.height, 'mineral')} worth {money(rows['import_value_kusd'].sum())} in "
    text += f"{report.year}. "
    if risky:
        text += f"Supply risk by the European Commission's method is highest for {join(risky)}. "
    return text + _partners(report)


def _partners(report: Report) -> str:
    if not report.partners:
        return ""
    names = join([short(p) for p in report.partners])
    supplied, part, _ = partner_share(report)
    if not supplied:
        return f"{names} supplied none of these minerals directly."
    return f"{names} supplied {share(part)} of it by value: {join([lower_first(name) for name in supplied[:3]])}" + (
        f" and {counted(len(supplied) - 3, 'more', 'more')}." if len(supplied) > 3 else "."
    )


def _highlights(report: Report, rows: pl.DataFrame) -> Highlights:
    held = rows.filter(pl.col("top_supplier_weight_share") > CONCENTRATED)
    items = [
        Highlight(
            money(rows["import_value_kusd"].sum()),
            f"imports of {counted(rows.height, 'mineral')}",
            f"value free on board, {report.year}",
        ),
        Highlight(
            f"{held.height} of {rows.height}",
            "minerals with more than half from one country",
            "largest supplier's share of imports by weight above 50\u202f%",
        ),
    ]
    items += [
        Highlight(
            f"{row['minerals']}",
            f"of them from {row['top_supplier']}",
            f"minerals with more than half from it, worth {money(row['worth'])} in all",
        )
        for row in _leading(held).iter_rows(named=True)
    ]
    if report.partners:
        supplied, part, _ = partner_share(report)
        items.append(
            Highlight(
                share(part),
                f"of the value from the {counted(len(report.partners), 'partner')}",
                f"direct imports, {counted(len(supplied), 'mineral')}; goods that pass through others not counted",
            )
        )
    return Highlights(tuple(items), SOURCES)


def _leading(held: pl.DataFrame) -> pl.DataFrame:
    """The country that holds more than half of the most minerals."""
    return (
        held.group_by("top_supplier")
        .agg(minerals=pl.len(), worth=pl.col("import_value_kusd").sum())
        .sort("minerals", "worth", "top_supplier", descending=[True, True, False])
        .head(1)
    )


def _figure(report: Report, rows: pl.DataFrame) -> tuple[Figure, ...]:
    top = rows.filter(pl.col("ec_supply_risk").is_not_null(), pl.col("top_supplier").is_not_null()).head(SHOWN)
    if top.is_empty():
        return ()
    held = top.filter(pl.col("top_supplier_weight_share") > CONCENTRATED).height
    shares = _shares(report, top)
    caption = (
        f"Among the {top.height} minerals with the highest supply risk, the largest supplier holds more than half of "
        f"{possessive(short(report.importer))} imports by weight in {held}."
    )
    return (
        Figure(
            key="largest-suppliers",
            spec=dumbbell(top["name"].to_list()),
            frame=shares,
            caption=caption,
            alt=(
                "Dots on a scale from 0 to 100 per cent, one line per mineral, highest supply risk at the top: the "
                "share of the largest supplier by weight and of the same country by value. " + caption
            ),
            source_ids=RISK_SOURCES,
        ),
    )


def _shares(report: Report, top: pl.DataFrame) -> pl.DataFrame:
    """Shares of the largest supplier by weight, in both measures, one row each."""
    codes = report.exposure.records.select("mineral", supplier="top_supplier")
    pair = (
        top.select("mineral", "name", "ec_supply_risk", supplier_name="top_supplier")
        .join(codes, on="mineral")
        .join(report.exposure.suppliers, on=["mineral", "supplier"], maintain_order="left")
        .select(
            "name",
            "ec_supply_risk",
            supplier="supplier_name",
            by_weight="weight_share",
            by_value="value_share",
            low=pl.min_horizontal("weight_share", "value_share"),
            high=pl.max_horizontal("weight_share", "value_share"),
        )
        .rename({"by_weight": BY_WEIGHT, "by_value": BY_VALUE})
    )
    return pair.unpivot(
        on=[BY_WEIGHT, BY_VALUE],
        index=["name", "ec_supply_risk", "supplier", "low", "high"],
        variable_name="measure",
        value_name="share",
    )
