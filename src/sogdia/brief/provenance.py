"""The sources behind the blocks of a report, as its answers carry them: no block names a source by itself."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.report import Report
from sogdia.data.repair import SOURCE_ID as REPAIR
from sogdia.exposure import measures
from sogdia.render.blocks import ids_in

OWN = REPAIR
"""The source of what Sogdia says about its own store."""


def measure_sources(report: Report, variables: Iterable[str]) -> tuple[str, ...]:
    """Behind measures of the importer in the year of the report."""
    return each_once(*(measures()[name].source_ids for name in variables if name in measures()))


def measure_sources_over_years(report: Report, variables: Iterable[str]) -> tuple[str, ...]:
    """Behind the same measures in every year of the data."""
    return each_once(report.table_sources["trade_of_all_years"], measure_sources(report, variables))


def trade_sources(report: Report) -> tuple[str, ...]:
    """Behind the trade of the report's year."""
    return report.table_sources["trade"]


def code_sources(report: Report) -> tuple[str, ...]:
    """Behind the trade codes of the minerals."""
    return report.table_sources["mineral_codes"]


def supplier_sources(report: Report) -> tuple[str, ...]:
    """Behind the importer's suppliers and their political stability."""
    return each_once(trade_sources(report), report.table_sources["governance"])


def weight_sources(report: Report) -> tuple[str, ...]:
    """Behind weights of trade of which some are imputed."""
    return each_once(trade_sources(report), (REPAIR,))


def production_sources(report: Report) -> tuple[str, ...]:
    """Behind the world's production of the report's year."""
    return report.table_sources["production"]


def supply_sources(report: Report) -> tuple[str, ...]:
    """Behind what the partners export and produce."""
    return each_once(trade_sources(report), production_sources(report))


def origin_sources(report: Report) -> tuple[str, ...]:
    """Behind where the ore was mined."""
    return each_once(trade_sources(report), production_sources(report), code_sources(report))


def loss_sources(report: Report) -> tuple[str, ...]:
    """Behind what the loss of each main supplier does."""
    return each_once(trade_sources(report), production_sources(report), report.loss_sources)


def hindcast_sources(report: Report) -> tuple[str, ...]:
    """Behind the hindcast: the trade and production that judge it, and the elasticities that it learnt."""
    tables = ("trade_of_all_years", "production", "class_elasticities")
    return each_once(*(report.table_sources[name] for name in tables))


def row_sources(frame: pl.DataFrame) -> tuple[str, ...]:
    """Those that the rows of a frame name in their column source_id."""
    return each_once(*(ids_in(cell) for cell in frame["source_id"]))
