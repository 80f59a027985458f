"""Jobs per million US dollars of output in mining and metallurgy: what companies and statistics say of Central Asia.

Employees are of one year and output of another in most of them, so that the range is meant to be read. What a publisher
says of further jobs "by various studies" is no multiplier and not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import median

from sogdia.codes import Region, regions
from sogdia.stakes.table_file import records
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells

COLUMNS = ("country", "what", "employees", "year", "output_musd", "jobs_per_musd", "basis", *SOURCED)
METAL_SECTORS = ("B07", "C24A", "C24B")
"""Sectors that the anchors speak of."""
NEIGHBOURS = "CENTRAL_ASIA"
"""Countries for which the anchors of their neighbours stand, as a range only."""


@dataclass(frozen=True, slots=True)
class JobsAnchor:
    """jobs_per_musd: direct jobs by million US dollars of output or revenue, None where no output is known."""

    country: str
    what: str
    employees: float
    year: int
    output_musd: float | None
    jobs_per_musd: float | None
    basis: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class JobsRange:
    """Direct jobs per million USD of output; central None where the country has no anchor of its own."""

    low: float
    central: float | None
    high: float
    source_ids: tuple[str, ...]
    evidence: Evidence


@cache
def jobs_anchors() -> tuple[JobsAnchor, ...]:
    """Every anchor of the table."""
    return records("jobs.csv", COLUMNS, _anchor)


def direct_jobs(region: Region, sector: str) -> JobsRange | None:
    """The range for a country and sector; None where no anchor speaks of it."""
    if sector not in METAL_SECTORS:
        return None
    known = [anchor for anchor in jobs_anchors() if anchor.jobs_per_musd is not None]
    own = [anchor for anchor in known if anchor.country in region.members]
    if not own and not set(region.members) <= set(regions()[NEIGHBOURS].members):
        return None
    # One company is no country: fewer than two anchors of its own are widened by those of the neighbours.
    used = own if len(own) > 1 else known
    values = [anchor.jobs_per_musd for anchor in used if anchor.jobs_per_musd is not None]
    sources = tuple(dict.fromkeys(i for anchor in used for i in anchor.source_ids))
    central = float(median(values)) if len(own) > 1 else None
    return JobsRange(min(values), central, max(values), sources, "derived" if len(own) > 1 else "assumed")


def _anchor(cells: Cells) -> JobsAnchor:
    return JobsAnchor(
        cells.country("country"), cells.text("what"), cells.number("employees", above=0.0), int(cells.number("year")),
        cells.optional_number("output_musd", above=0.0), cells.optional_number("jobs_per_musd", above=0.0),
        cells.row.cells["basis"], **provenance_of(cells),
    )  # fmt: skip
