"""The sources behind the blocks of a report, as its answers carry them: no block names a source by itself."""

from __future__ import annotations

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.report import Report
from sogdia.data.repair import SOURCE_ID
from sogdia.exposure.tables import FLOWS, REPAIR, ids_behind
from sogdia.render.blocks import ids_in

OWN = SOURCE_ID
"""The source of what Sogdia says about its own store."""


def trade_sources(report: Report) -> tuple[str, ...]:
    """Behind the trade of the report's year."""
    return ids_behind(FLOWS, report.exposure.source_ids)


def code_sources(report: Report) -> tuple[str, ...]:
    """Behind the trade codes of the minerals."""
    return ids_behind(("mineral_codes",), report.exposure.source_ids)


def supplier_sources(report: Report) -> tuple[str, ...]:
    """Behind the importer's suppliers, their weights and their political stability."""
    return ids_behind((*FLOWS, REPAIR, "governance"), report.exposure.source_ids)


def quality_sources(report: Report) -> tuple[str, ...]:
    """Behind the count of missing and absurd weights, which the method that repairs them makes."""
    return each_once(trade_sources(report), (SOURCE_ID,))


def row_sources(frame: pl.DataFrame) -> tuple[str, ...]:
    """Those that the rows of a frame name in their column source_id."""
    return each_once(*(ids_in(cell) for cell in frame["source_id"]))
