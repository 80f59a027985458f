"""What is at stake: how much of the economy uses each mineral, against how safe its supply is."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.views import mineral_names
from sogdia.data.coverage_grade import FRINGE, GRADE_NAMES, WHOLE_CHAIN
from sogdia.exposure.ranking import WORLD_ALONE
from sogdia.render.blocks import Column, Figure, Section, Table, Text
from sogdia.render.charts.two_axes import two_axes
from sogdia.render.wording import counted, join, lower_first, name_in_sentence, possessive, sentence
from sogdia.stakes import Stakes
from sogdia.stakes.importance import Importance
from sogdia.stakes.sectors import sectors

RISK = "supply_risk_of_imports"
IMPORTANCE = "economic_importance"
NAMED = 3
HIGHEST_IMPORTANCE = 10.0
SCHEMA: dict[str, Any] = {
    "name": pl.String, "mineral": pl.String, IMPORTANCE: pl.Float64, "rank": pl.Int64, "industry": pl.String,
    "industry_share": pl.Float64, "users_share": pl.Float64, "evidence": pl.String, RISK: pl.Float64,
    "coverage": pl.String,
}  # fmt: skip


def section(report: Report) -> Section | None:
    """The picture and its table; None where the importer is in no input-output table or no uses are known."""
    if report.stakes is None or not report.stakes.importances:
        return None
    rows = _rows(report, report.stakes)
    blocks = (
        _figure(report, report.stakes, rows),
        _table(report, report.stakes, rows),
        Text(MEANING, report.stakes.sources(), "What the figures mean, and their limits"),
    )
    return PART.section(_lead(report, rows), blocks)


def _rows(report: Report, stakes: Stakes) -> pl.DataFrame:
    """One row for each of the report's minerals whose uses are known, the most important first."""
    names = mineral_names(report)
    made = [_row(stakes, item, names[item.name]) for item in stakes.importances if item.name in names]
    graded = report.exposure.records.select("mineral", RISK, "coverage", "rank_group")
    return (
        pl.DataFrame(made, schema={name: kind for name, kind in SCHEMA.items() if name not in (RISK, "coverage")})
        .join(graded, on="mineral", how="left", maintain_order="left")
        .with_columns(pl.when(pl.col("coverage") != FRINGE).then(RISK).alias(RISK))
    )


def _row(stakes: Stakes, item: Importance, name: str) -> dict[str, Any]:
    code, share, assumed = stakes.main_industry(item.name)
    return {
        "name": name, "mineral": item.name, IMPORTANCE: item.value, "rank": item.rank,
        "industry": sectors()[code].name, "industry_share": share, "users_share": stakes.users_share(item.name),
        "evidence": "assumed" if assumed else item.evidence,
    }  # fmt: skip


def _lead(report: Report, rows: pl.DataFrame) -> str:
    whose = sentence(possessive(name_in_sentence(report.importer)))
    most = [lower_first(name) for name in rows["name"].head(_foremost_count(rows))]
    text = f"{whose} industry leans most on {join(most)}, by the European Commission's measure of economic importance."
    both = _foremost(rows)
    both = both.head(_foremost_count(both))
    if both.height:
        names = [lower_first(name) for name in both["name"]]
        text += f" Importance and supply risk together are highest for {join(names)}."
    return text


def _foremost_count(rows: pl.DataFrame) -> int:
    """How many are named as the first: three, fewer where there are few."""
    return max(min(NAMED, rows.height // 2), 1)


def _foremost(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows on both axes, those with the largest product of the two first."""
    known = rows.filter(pl.col(RISK).is_not_null())
    return known.sort(pl.col(RISK) * pl.col(IMPORTANCE), "name", descending=[True, False])


def _figure(report: Report, stakes: Stakes, rows: pl.DataFrame) -> Figure | None:
    """Economic importance against supply risk."""
    ranked = _foremost(rows)
    if ranked.is_empty():
        return None
    frame = ranked.select(
        "name", RISK, IMPORTANCE,
        hollow=(pl.col("coverage") != WHOLE_CHAIN) | (pl.col("rank_group") == WORLD_ALONE),
        detail=pl.col("coverage").replace(GRADE_NAMES),
    )  # fmt: skip
    hollow = int(frame["hollow"].sum())
    first = ranked.row(0, named=True)
    caption = (
        f"{first['name']} stands highest on both axes together. For {hollow} of {counted(frame.height, 'mineral')} the "
        "trade codes see a part of the trade only, or the risk is the world's alone: their points are hollow. Minerals "
        f"that these codes hardly see ({rows.height - frame.height}) have no supply risk here and are left out."
    )
    most = float(frame[RISK].max() or 1.0)  # type: ignore[arg-type]
    return Figure(
        key="stakes",
        draw=partial(
            two_axes, frame, RISK, IMPORTANCE, ("supply risk of imports", "economic importance (0 to 10)"),
            ((0.0, most * 1.08), (0.0, HIGHEST_IMPORTANCE)),
        ),
        frame=frame,
        caption=caption,
        alt=f"Points, supply risk to the right and economic importance upwards, from 0 to 10. {caption}",
        source_ids=each_once(report.exposure.measure_sources(RISK), stakes.sources()),
    )  # fmt: skip


def _table(report: Report, stakes: Stakes, rows: pl.DataFrame) -> Table:
    return Table(
        key="stakes",
        frame=rows.with_columns(pl.col("coverage").replace(GRADE_NAMES)),
        columns=(
            Column("name", "Mineral", "text"),
            Column(IMPORTANCE, "Importance", "index", "0..10",
                   "value added of the industries that use it, weighted by their shares of its use, times the "
                   "European Commission's substitution index"),
            Column(RISK, "Supply risk", "index", "", "of imports, see Exposure"),
            Column("industry", "Ends most in", "text", "", "industry whose products hold most of it"),
            Column("industry_share", "its share", "share", "", "of the mineral's use"),
            Column("evidence", "Evidence", "text", "", "of the shares of use: seen, derived or assumed"),
            Column("rank", "Rank", "count", "", "among the materials with a substitution index of the Commission"),
            Column("users_share", "Its users make", "share", "of value added",
                   "value added of the industries that buy it first or sell what it ends in, of the economy's"),
            Column("coverage", "Coverage", "text", "", "how much of the trade these trade codes see"),
            Column("rank_group", "Group of the ranking", "text", shown=False),
            Column("mineral", "Mineral key", "text", shown=False),
        ),
        caption=(
            f"Who uses what in {name_in_sentence(report.importer)}: shares of the world or own, value added of 2022."
        ),
        source_ids=each_once(report.exposure.measure_sources(RISK), stakes.sources()),
        link="mineral-",
        link_column="mineral",
    )  # fmt: skip


MEANING = (
    "Economic importance follows the method of the European Commission and is meant to be read as ranks. It says how "
    "much of the economy uses a mineral, not what a shortage costs: that is in the losses of users below, and is "
    "smaller by orders of magnitude.",
    "Most shares of use are general knowledge of the field; the table says so of each, and `sogdia stakes` gives their "
    "ranges. Figures of different minerals are not to be added: they share users.",
)


def _answers(report: Report) -> tuple[Stakes, ...]:
    return () if report.stakes is None else (report.stakes,)


PART = Part("stakes", "What is at stake", 28, section, _answers)
