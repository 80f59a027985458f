"""Figures of output as a publisher gives them, one by one, become the table `production`.

What has a place in the table is a country's own figure, in the unit and on the basis (content of metal or oxide, gross
weight) in which production of the mineral is counted here. A sum over countries is no country: it is compared with the
countries and left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

import polars as pl

from sogdia.data.embedded import snapshot
from sogdia.data.readers.ended_states import after_their_end
from sogdia.data.readers.production_checks import above_world_total, far_from_the_known
from sogdia.data.schema import conform, polars_schema
from sogdia.errors import MAX_FAULTS_SHOWN, Fault
from sogdia.tabular.checks import Checked
from sogdia.tabular.grid import CellColumn, fold
from sogdia.text import first_of
from sogdia.units import KG_PER_T

WORLD, OTHERS = "world", "others"
UNITS = {
    "metric tons": ("t", 1.0), "tonnes": ("t", 1.0), "thousand metric tons": ("t", 1e3),
    "million metric tons": ("t", 1e6), "kilograms": ("kg", 1.0), "carats": ("ct", 1.0), "thousand carats": ("ct", 1e3),
    "million carats": ("ct", 1e6), "million cubic meters": ("million m3", 1.0),
}  # fmt: skip
BETWEEN = {("t", "kg"): KG_PER_T, ("kg", "t"): 1 / KG_PER_T}
SUM_LABEL = re.compile(r"(world total|world|total|other countries|others)\b.*", re.IGNORECASE)
# A total is rounded to two or three digits, and its parts to as many each.
ROUNDED = 0.05
NAMED = 10


@dataclass(frozen=True, slots=True)
class OutputFigure:
    """One figure. cell: as it stands in the file; series: what the publisher calls what is counted; country: ISO
    alpha-3, `WORLD` or `OTHERS`; quantity: in the unit of the mineral's production, None where withheld or unknown.
    """

    row: int
    column: str
    cell: str
    series: str
    mineral: str
    country: str
    year: int
    quantity: float | None
    flag: str


def sum_of(label: str) -> str | None:
    """`WORLD` or `OTHERS` where a label stands for several countries.

    >>> sum_of("World total (rounded)"), sum_of("Other Countries"), sum_of("Chile")
    ('world', 'others', None)
    """
    found = SUM_LABEL.fullmatch(fold(label))
    if found is None:
        return None
    return OTHERS if found[1].startswith("other") else WORLD


@cache
def production_unit(mineral: str) -> str:
    """The unit in which production of a mineral is counted."""
    rows = snapshot().scan("production").select("mineral", "unit").unique().collect()
    units: dict[str, str] = dict(rows.rows())
    return units[mineral]


def multiplier(unit: str, mineral: str) -> float | None:
    """Production units of a mineral in one unit of a publisher; None where the two measure different things.

    >>> multiplier("thousand metric tons", "copper"), multiplier("metric tons", "gold"), multiplier("carats", "tin")
    (1000.0, 1000.0, None)
    """
    if unit not in UNITS:
        return None
    base, times = UNITS[unit]
    own = production_unit(mineral)
    return times if base == own else times * BETWEEN[base, own] if (base, own) in BETWEEN else None


def production(place: str, figures: Sequence[OutputFigure]) -> tuple[pl.DataFrame, list[Fault]]:
    """The rows of the table, and the faults of figures that stand twice, are impossible or come after a state's end."""
    own = [figure for figure in figures if figure.country not in (WORLD, OTHERS)]
    faults = _doubled(place, own)
    for (mineral, year), group in _grouped(own).items():
        column = CellColumn(place, group[0].column, tuple(f.row for f in group), tuple(f.cell for f in group))
        quantity = Checked(tuple(f.quantity for f in group))
        unit = Checked(tuple(production_unit(mineral) for _ in group))
        country = Checked(tuple(f.country for f in group))
        faults += above_world_total(mineral, unit, column, quantity)
        faults += far_from_the_known(mineral, country, unit, {str(year): column}, {str(year): quantity})
        there = [f.country if f.quantity else None for f in group]
        faults += after_their_end(column, there, [year] * len(group), limit=MAX_FAULTS_SHOWN)
    kinds = polars_schema("production")
    rows = [(f.mineral, f.country, f.year, f.quantity, production_unit(f.mineral), f.flag) for f in own]
    names = ("mineral", "country", "year", "quantity", "unit", "flag")
    frame = pl.DataFrame(rows, schema={name: kinds[name] for name in names}, orient="row")
    return conform(frame, "production").sort("mineral", "country", "year"), faults


def sums_told(name: str, figures: Sequence[OutputFigure]) -> list[str]:
    """What to tell about the publisher's sums: that they do not fit, and how much of the world has no country."""
    told, left = list[str](), list[str]()
    for (mineral, year), group in _grouped(figures).items():
        own = [f.quantity for f in group if f.country not in (WORLD, OTHERS) and f.quantity is not None]
        others = [f.quantity for f in group if f.country == OTHERS and f.quantity is not None]
        world = next((f for f in group if f.country == WORLD and f.quantity), None)
        both = fsum([*own, *others])
        if world is not None and world.quantity and abs(both - world.quantity) > ROUNDED * world.quantity:
            hidden = sum(f.quantity is None for f in group)
            why = f"; {hidden} figures are withheld or unknown" if hidden else ""
            told.append(
                f"{name}: the countries of {mineral} in {year} add up to {both:,.6g}, and the world's total is "
                f"{world.quantity:,.6g} (row {world.row}){why}."
            )
        if others and both:
            left.append(f"{mineral} {year} {fsum(others) / both:.0%}")
    if left:
        told.append(
            f"{name}: 'other countries' are no country and are left out, of the world: {first_of(left, NAMED)}."
        )
    return told


def counted(marks: Iterable[str]) -> str:
    """How often each mark stands there, e.g. `W (3), NA (1)`."""
    return ", ".join(f"{mark or 'empty'} ({times})" for mark, times in sorted(Counter(marks).items()))


def _grouped(figures: Sequence[OutputFigure]) -> dict[tuple[str, int], list[OutputFigure]]:
    groups: dict[tuple[str, int], list[OutputFigure]] = {}
    for figure in figures:
        groups.setdefault((figure.mineral, figure.year), []).append(figure)
    return groups


def _doubled(place: str, figures: Sequence[OutputFigure]) -> list[Fault]:
    """Countries that have two figures for one mineral and year."""
    first: dict[tuple[str, str, int], int] = {}
    faults = []
    for figure in figures:
        key = (figure.mineral, figure.country, figure.year)
        if key in first:
            where = f"{figure.country} is in row {first[key]} too"
            rule = f"a country has one figure of {figure.mineral} in {figure.year}; {where}"
            remedy = "Delete one of the rows, or add them up."
            faults.append(Fault(place, rule, remedy, figure.row, figure.column, figure.cell))
        first.setdefault(key, figure.row)
    return faults
