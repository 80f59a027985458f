"""How the figures were made: what they can and cannot say, and the products that stand for each mineral."""

from __future__ import annotations

import polars as pl

from sogdia.brief.part import Part
from sogdia.brief.provenance import code_sources
from sogdia.brief.report import Report
from sogdia.render.blocks import Column, Section, Table, Text

LIMITS = (
    "Trade is counted where it is declared: a country of consignment is not always where the ore was mined. Where "
    "production and trade are known at the mining stage, origin is traced through the trading countries (Kastner, "
    "Kastner and Nonhebel 2011); elsewhere the reason is given beside the mineral.",
    "A mineral's trade is the sum of the six-digit products mapped to it, listed below, in tonnes of product: oxide, "
    "ore and metal are added as they are. Net import reliance alone is in contained mineral, by the content factors.",
    "Minerals are ranked where their trade is seen and matters: those that the importer buys in forms without a code "
    "here (fringe), makes enough of (net import reliance below 10 %), hardly imports, or whose record breaks stand in "
    "groups of their own, and so do gold, silver and scores of the world's concentration alone. What an importer makes "
    "itself counts as supply, not as a concentration of suppliers.",
    "A country without a row in the trade data has no recorded trade, which is unknown, not zero. A product code that "
    "ended is 'not mapped' from then on.",
    "Values are free on board in current US dollars, not corrected for inflation. Shares by weight rest on flows with "
    "a weight; a weight beyond a robust band of values per weight was replaced (see Quality).",
)


def section(report: Report) -> Section:
    """Products and limits."""
    lead = "Every figure is computed by Sogdia from the sources named under it; the formulas stand in the glossary."
    limits = Text(LIMITS, report.partner_supply.sources(), "What the figures can and cannot say")
    return PART.section(lead, (limits, _products(report)))


def _products(report: Report) -> Table:
    rows = [
        {
            "mineral": mineral.name,
            "hs6": code.hs6,
            "stage": code.stage,
            "content_factor": code.content_factor,
            "content_factor_low": code.content_factor_low,
            "content_factor_high": code.content_factor_high,
            "content_basis": code.content_basis,
            "evidence": code.evidence,
            "first_year": code.first_year,
            "last_year": code.last_year,
        }
        for mineral in report.minerals
        for code in mineral.codes
    ]
    numbers = ("content_factor", "content_factor_low", "content_factor_high")
    frame = pl.DataFrame(
        rows, schema_overrides={**dict.fromkeys(numbers, pl.Float64), "first_year": pl.Int64, "last_year": pl.Int64}
    )
    return Table(
        key="products",
        frame=frame,
        columns=(
            Column("mineral", "Mineral", "text"),
            Column("hs6", "HS code", "text", "HS 1992"),
            Column("stage", "Stage", "text"),
            Column("content_factor", "Content", "index", "t per t", "tonnes of the basis in one tonne of product"),
            Column("content_factor_low", "low", "index", "t per t"),
            Column("content_factor_high", "high", "index", "t per t"),
            Column("content_basis", "Basis", "text"),
            Column("evidence", "Evidence", "text", "", "seen, derived (stoichiometry), assumed, or gap"),
            Column("first_year", "First year", "year"),
            Column("last_year", "Last year", "year", "", "a dash: still in use"),
        ),
        caption="Products that stand for each mineral, with the content factors used for net import reliance.",
        source_ids=code_sources(report),
    )


PART = Part("methods", "Methods", 110, section)
