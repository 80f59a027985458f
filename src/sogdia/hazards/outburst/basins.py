"""Basins with glacial lakes above links: outbursts a year, and hits a year on each link."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sogdia.errors import unknown
from sogdia.hazards.packaged import packaged
from sogdia.network.records import Mode
from sogdia.tabular.evidence import Evidence, provenance_of
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range


@dataclass(frozen=True, slots=True)
class BasinLink:
    """A link below the lakes of a basin.

    events_per_year: outbursts of the basin, 1950-2024; km: from the lakes to the link; hits_per_year: outbursts that
    reach it; hits_by_record: another estimate, from how often records name a bridge or road.
    """

    basin: str
    name: str
    link: str
    events_per_year: float
    km: float
    share: float
    hits_per_year: float
    hits_by_record: float
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class FloodClosure:
    """For how many days a hit closes a link of this mode."""

    mode: Mode
    days: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class PeakFormula:
    """Peak discharge from volume, `Q = factor V^exponent` in m3/s and m3, with the spread of ln Q around it."""

    id: str
    name: str
    factor: float
    exponent: float
    sigma_ln: float
    events: int
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str

    def discharge(self, volume_m3: float) -> Range:
        """Central value and one standard deviation of ln Q either way, m3/s."""
        central = self.factor * volume_m3**self.exponent
        return Range(central * math.exp(-self.sigma_ln), central, central * math.exp(self.sigma_ln))


@cache
def basin_links() -> tuple[BasinLink, ...]:
    """Every known pair of a basin and a link."""
    columns = (
        "basin", "name", "link", "events_1950_2024", "events_per_year", "km", "share_reaching", "hits_per_year",
        "hits_per_year_by_record",
    )  # fmt: skip

    def record(cells: Cells) -> BasinLink:
        return BasinLink(
            cells.text("basin"), cells.text("name"), cells.text("link"), cells.number("events_per_year", above=0.0),
            cells.number("km", above=0.0), cells.number("share_reaching", at_least=0.0, at_most=1.0),
            cells.number("hits_per_year", above=0.0), cells.number("hits_per_year_by_record", above=0.0),
            **provenance_of(cells),
        )  # fmt: skip

    return packaged("glof_links.csv", columns, record)


@cache
def closures() -> Mapping[str, FloodClosure]:
    """The closures by mode."""

    def record(cells: Cells) -> FloodClosure:
        return FloodClosure(cells.choice("mode", ("road", "rail")), cells.range("days"), **provenance_of(cells))

    return {row.mode: row for row in packaged("glof_closures.csv", ("mode", *range_columns("days")), record)}


@cache
def peak_formulas() -> tuple[PeakFormula, ...]:
    """The formulas of peak discharge."""

    def record(cells: Cells) -> PeakFormula:
        return PeakFormula(
            cells.text("id"), cells.text("name"), cells.number("factor", above=0.0),
            cells.number("exponent", above=0.0), cells.number("sigma_ln", above=0.0), int(cells.number("n")),
            **provenance_of(cells),
        )  # fmt: skip

    return packaged("glof_peaks.csv", ("id", "name", "factor", "exponent", "sigma_ln", "n"), record)


def basin_named(text: str) -> BasinLink:
    """A row of the basin with this id or name; UnknownNameError with the nearest names otherwise."""
    for row in basin_links():
        if text.strip().casefold() in (row.basin, row.name.casefold()):
            return row
    raise unknown("basin", text, {row.basin: None for row in basin_links()})
