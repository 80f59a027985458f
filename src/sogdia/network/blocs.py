"""Blocs of importers, limits on cargo, and the ways that trade takes on record: three small packaged tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from sogdia.errors import Fault, InputError
from sogdia.tabular.evidence import SOURCED, Evidence, Provenance, provenance_of
from sogdia.tabular.rows import Cells, Row, packaged_rows

OTHERS = "others"
"""The bloc of every country that no other bloc names."""


@dataclass(frozen=True, slots=True)
class CargoLimit:
    """A country through which a mineral does not pass, unless it is bound for it."""

    mineral: str
    target: str
    reason: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class TradeWay:
    """A statement about the way that cargo is known to take. importers, minerals: none for any."""

    exporter: str
    importers: tuple[str, ...]
    minerals: tuple[str, ...]
    statement: str
    year: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str

    def concerns(self, exporter: str, importer: str, mineral: str) -> bool:
        """Does it speak of this trade?"""
        return (
            exporter == self.exporter
            and (not self.importers or importer in self.importers)
            and (not self.minerals or mineral in self.minerals)
        )


def embedded_blocs() -> Mapping[str, str]:
    """The bloc by country; a country without a row belongs to `OTHERS`."""
    return {row.cells["country"]: row.cells["bloc"] for row in _rows("blocs.csv", ("country", "bloc", *SOURCED))}


def embedded_cargo_limits() -> tuple[CargoLimit, ...]:
    """Where cargo of some minerals does not pass."""
    rows = _rows("cargo_limits.csv", ("mineral", "target", "reason", *SOURCED))
    return tuple(
        CargoLimit(**{name: row.cells[name] for name in ("mineral", "target", "reason")}, **_provenance(row))
        for row in rows
    )


def embedded_trade_ways() -> tuple[TradeWay, ...]:
    """The ways that trade takes on record."""
    columns = ("exporter", "importers", "minerals", "statement", "year", *SOURCED)
    return tuple(
        TradeWay(
            exporter=row.cells["exporter"],
            importers=Cells(row).names("importers"),
            minerals=Cells(row).names("minerals"),
            statement=row.cells["statement"],
            year=row.cells["year"],
            **_provenance(row),
        )
        for row in _rows("trade_ways.csv", columns)
    )


def _rows(file: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    return packaged_rows(files(__package__).joinpath("tables", file), columns)


def _provenance(row: Row) -> Provenance:
    cells = Cells(row)
    found = provenance_of(cells)
    faults: list[Fault] = cells.faults
    if faults:
        raise InputError(faults)
    return found
