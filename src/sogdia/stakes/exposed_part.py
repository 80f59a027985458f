"""The parts of sectors that depend on a mineral, by value. All are assumed and have wide ranges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sogdia.codes import Region
from sogdia.stakes.end_use import ANY
from sogdia.stakes.sectors import sectors
from sogdia.stakes.table_file import records
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range

COLUMNS = ("mineral", "product", "sector", "importer", *range_columns("phi"), *SOURCED)


@dataclass(frozen=True, slots=True)
class ExposedPart:
    """phi: of the sector's output, 0..1. importer: for whom it is judged, "any" for everybody."""

    mineral: str
    product: str
    sector: str
    importer: str
    phi: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def exposed_parts() -> tuple[ExposedPart, ...]:
    """Every part of the table."""
    return records("exposed_parts.csv", COLUMNS, _part)


def parts_of(mineral: str, importer: Region) -> tuple[ExposedPart, ...]:
    """The parts judged for a mineral and an importer; none is carried over from one importer to another."""
    return tuple(p for p in exposed_parts() if p.mineral == mineral and p.importer in (ANY, importer.key))


def _part(cells: Cells) -> ExposedPart:
    return ExposedPart(
        cells.text("mineral"), cells.text("product"), cells.choice("sector", tuple(sectors())), cells.text("importer"),
        cells.range("phi"), **provenance_of(cells),
    )  # fmt: skip
