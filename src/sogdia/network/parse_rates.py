"""Rows of the rate tables read as records: one function per table, each returning its faults."""

from __future__ import annotations

from typing import TypeVar

from sogdia.errors import Fault
from sogdia.network.rates import (
    DIRECTIONS,
    OPERATIONS,
    CargoValue,
    Chokepoint,
    Emission,
    Formality,
    Handling,
    Parameter,
    Tariff,
)
from sogdia.network.records import CARGO_TYPES, MODES, PLACE_KINDS
from sogdia.tabular.evidence import SOURCED, provenance_of
from sogdia.tabular.rows import Cells, Row, range_columns

TARIFF_COLUMNS = (
    "mode",
    "group",
    "direction",
    "cargo",
    *range_columns("fixed_usd_per_t"),
    *range_columns("usd_per_tkm"),
    "tolls",
    *SOURCED,
)
TOLLS = ("apart", "held")
"""Whether the dues of canals and straits come on top of a tariff or are in it."""
HANDLING_COLUMNS = (
    "place_kind",
    "operation",
    "cargo",
    *range_columns("hours"),
    *range_columns("usd_per_t"),
    *SOURCED,
)
EMISSION_COLUMNS = ("co2_class", "cargo", *range_columns("kg_per_tkm"), *SOURCED)
CARGO_COLUMNS = ("mineral", "stage", "cargo", *range_columns("usd_per_t"), *SOURCED)
FORMALITY_FIGURES = range_columns("usd_per_t")
FORMALITY_COLUMNS = ("country", *FORMALITY_FIGURES, *SOURCED)
CHOKEPOINT_COLUMNS = ("id", "name", "lat", "lon", *range_columns("toll_usd_per_t"), *SOURCED)
PARAMETER_COLUMNS = ("name", *range_columns("value"), *SOURCED)

Record = TypeVar("Record")


def _sound(record: Record, cells: Cells) -> tuple[Record | None, list[Fault]]:
    return (None if cells.faults else record), cells.faults


def tariff_of(row: Row) -> tuple[Tariff | None, list[Fault]]:
    """One freight tariff, or the faults of its row."""
    cells = Cells(row)
    record = Tariff(
        mode=cells.choice("mode", MODES),
        group=cells.text("group"),
        direction=cells.choice("direction", DIRECTIONS),
        cargo=cells.choice("cargo", CARGO_TYPES),
        fixed_usd_per_t=cells.range("fixed_usd_per_t"),
        usd_per_tkm=cells.range("usd_per_tkm"),
        holds_tolls=cells.choice("tolls", TOLLS) == "held",
        **provenance_of(cells),
    )
    return _sound(record, cells)


def handling_of(row: Row) -> tuple[Handling | None, list[Fault]]:
    """One handling operation, or the faults of its row."""
    cells = Cells(row)
    record = Handling(
        place_kind=cells.choice("place_kind", PLACE_KINDS),
        operation=cells.choice("operation", OPERATIONS),
        cargo=cells.choice("cargo", CARGO_TYPES),
        hours=cells.range("hours"),
        usd_per_t=cells.range("usd_per_t"),
        **provenance_of(cells),
    )
    return _sound(record, cells)


def emission_of(row: Row) -> tuple[Emission | None, list[Fault]]:
    """One emission factor, or the faults of its row."""
    cells = Cells(row)
    record = Emission(
        co2_class=cells.text("co2_class"),
        cargo=cells.choice("cargo", CARGO_TYPES),
        kg_per_tkm=cells.range("kg_per_tkm"),
        **provenance_of(cells),
    )
    return _sound(record, cells)


def cargo_value_of(row: Row) -> tuple[CargoValue | None, list[Fault]]:
    """Cargo type and value of one product, or the faults of its row."""
    cells = Cells(row)
    record = CargoValue(
        mineral=cells.text("mineral"),
        stage=cells.text("stage"),
        cargo=cells.choice("cargo", CARGO_TYPES),
        usd_per_t=cells.range("usd_per_t"),
        **provenance_of(cells),
    )
    return _sound(record, cells)


def formality_of(row: Row) -> tuple[Formality | None, list[Fault]]:
    """Export formalities of one country, or the faults of its row."""
    cells = Cells(row)
    record = Formality(
        country=cells.country("country"),
        usd_per_t=cells.range("usd_per_t"),
        **provenance_of(cells),
    )
    return _sound(record, cells)


def chokepoint_of(row: Row) -> tuple[Chokepoint | None, list[Fault]]:
    """One strait, canal or closed sea, or the faults of its row."""
    cells = Cells(row)
    record = Chokepoint(
        id=cells.text("id"),
        name=cells.text("name"),
        lat=cells.number("lat", at_least=-90.0, at_most=90.0),
        lon=cells.number("lon", at_least=-180.0, at_most=180.0),
        toll_usd_per_t=cells.range("toll_usd_per_t"),
        **provenance_of(cells),
    )
    return _sound(record, cells)


def parameter_of(row: Row) -> tuple[Parameter | None, list[Fault]]:
    """One named figure, or the faults of its row."""
    cells = Cells(row)
    record = Parameter(
        name=cells.text("name"),
        value=cells.range("value"),
        **provenance_of(cells),
    )
    return _sound(record, cells)
