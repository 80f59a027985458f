"""Trust in the weights of the trade data: which were missing or absurd, and how much of the trade that touches."""

from __future__ import annotations

import polars as pl

from sogdia.brief.definitions import measure_column
from sogdia.brief.part import Part
from sogdia.brief.provenance import quality_sources, row_sources
from sogdia.brief.report import Report
from sogdia.brief.views import mineral_names
from sogdia.render.blocks import Column, Section, Table
from sogdia.render.formats import count, share
from sogdia.render.wording import counted, name_in_sentence, possessive


def section(report: Report) -> Section:
    """Repairs by product in world trade, how much of the importer's imports they touch, the evidence of all rows."""
    shown = (table for table in (_world(report), _own(report), *_evidence(report)) if table.frame.height)
    return PART.section(_lead(report), shown, source_ids=quality_sources(report))


def _lead(report: Report) -> str:
    sums = report.quality.select("flows", "missing_flows", "absurd_flows").sum()
    if sums.is_empty() or not sums["flows"][0]:
        return f"No trade of these minerals is recorded in {report.year}."
    flows, missing, absurd = sums.row(0)
    touched = report.exposure.records.filter(pl.col("imputed_value_share") > 0).height
    return (
        f"Of {count(flows)} trade flows of the products of this report in {report.year}, {count(missing)} have no "
        f"weight and {count(absurd)} a weight that cannot be right ({share((missing + absurd) / flows)} together). "
        f"Weights were imputed in {possessive(name_in_sentence(report.importer))} imports of "
        f"{counted(touched, 'mineral')}."
    )


def _world(report: Report) -> Table:
    product = pl.DataFrame(
        [(code.hs6, mineral.name, code.stage) for mineral in report.minerals for code in mineral.codes],
        schema={"hs6": pl.String, "name": pl.String, "stage": pl.String},
        orient="row",
    )
    frame = (
        report.quality.join(product, on="hs6", how="left")
        .with_columns(touched_value_share=pl.col("missing_value_share") + pl.col("absurd_value_share"))
        .filter(pl.col("missing_flows") + pl.col("absurd_flows") > 0)
        .sort("touched_value_share", descending=True, nulls_last=True)
    )
    return Table(
        key="quality",
        frame=frame,
        columns=(
            Column("name", "Mineral", "text"),
            Column("hs6", "HS code", "text", "HS 1992"),
            Column("stage", "Stage", "text"),
            Column("flows", "Flows", "count", "", "exporter-importer pairs with recorded trade in the year"),
            Column("missing_flows", "without weight", "count", "", "flows whose weight is not reported"),
            Column("absurd_flows", "absurd weight", "count", "",
                   "flows whose value per weight lies outside a robust band around the median of the product and year"),
            Column("touched_value_share", "Value touched", "share", "",
                   "value of both kinds / value of all flows of the code"),
        ),
        caption=f"Products with missing or absurd weights in world trade, {report.year}; most value touched first.",
        source_ids=quality_sources(report),
        rows_shown=12,
    )  # fmt: skip


def _own(report: Report) -> Table:
    frame = (
        report.exposure.records.filter(pl.col("imputed_value_share") > 0)
        .with_columns(name=pl.col("mineral").replace_strict(mineral_names(report), return_dtype=pl.String))
        .sort("imputed_value_share", descending=True)
    )
    return Table(
        key="quality-imports",
        frame=frame,
        columns=(
            Column("name", "Mineral", "text"),
            measure_column("imputed_value_share", "Value with imputed weight"),
            measure_column("imputed_weight_share", "Weight that is imputed"),
            measure_column("top_supplier_weight_share", "Largest share by weight"),
            measure_column("top_supplier_weight_share_reported", "the same supplier, as reported"),
        ),
        caption=f"How much of {possessive(name_in_sentence(report.importer))} own imports was touched, {report.year}.",
        source_ids=quality_sources(report),
        rows_shown=12,
    )


def _evidence(report: Report) -> tuple[Table, ...]:
    """How many rows behind the report were seen, derived or assumed; none where that was not asked for."""
    counts = report.evidence
    if counts is None or counts.is_empty():
        return ()
    rows, assumed = (sum(counts[name].to_list()) for name in ("rows", "assumed"))
    frame = counts.with_columns(name=pl.col("table").str.replace_all("_", " ", literal=True))
    return (
        Table(
            key="evidence",
            frame=frame,
            columns=(
                Column("name", "Table", "text"),
                Column("rows", "Rows", "count"),
                Column("seen", "seen", "count", "", "rows whose figure was read in the source that they name"),
                Column("derived", "derived", "count", "", "rows computed from figures of the source that they name"),
                Column("assumed", "assumed", "count", "", "rows that are a judgement, with wide ranges"),
                Column("calibrated", "calibrated", "count", "", "rows fitted to documented events or to the backtest"),
                Column("gap", "gaps", "count", "", "rows that say that a figure is missing", False),
                Column("table", "Name in the store", "text", shown=False),
                Column("source_id", "Sources", "source", shown=False),
            ),
            caption=(
                f"{share(assumed / rows)} of {count(rows)} rows of the tables beside trade and production are assumed; "
                "the tables with most of them come first."
            ),
            source_ids=row_sources(counts),
            rows_shown=12,
        ),
    )


PART = Part("quality", "Quality of the data", 100, section)
