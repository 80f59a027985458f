"""A user's own hazard curves, from a CSV file or workbook: they replace ours at their places.

Two forms: `place, a475_g, slope` (with optional `a475_low_g, a475_high_g, sa1_475_g`), or points of a curve,
`place, a_g, rate_per_year`, of which the acceleration at 475 years and the slope between 475 and 2475 years are taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from sogdia.data.provenance import OWN_HAZARDS
from sogdia.errors import Fault, InputError
from sogdia.hazards.curve import RETURN_YEARS, HazardCurve
from sogdia.network.records import Network
from sogdia.tabular.rows import Cells, Row, file_rows
from sogdia.uncertain import Range

LONG_RETURN_YEARS = 2475.0
PARAMETERS = ("a475_g", "slope", "a475_low_g", "a475_high_g", "sa1_475_g")
POINTS = ("a_g", "rate_per_year")
FIGURES = (*PARAMETERS, *POINTS)
MOST_ROWS = 100_000
LARGEST_G = 3.0
SLOPES = (0.5, 10.0)


def user_curves(path: Path | str, network: Network) -> dict[str, HazardCurve]:
    """The curves of a file by place id; InputError with every fault (file, row, value, rule, remedy)."""
    read = file_rows(path, ("place",), FIGURES, sheet="curves", figures=FIGURES, most=MOST_ROWS)
    faults = list(read.faults)
    known = {place.id for place in network.places}
    by_place: dict[str, list[Row]] = {}
    for row in read.rows:
        cells = Cells(row)
        place = cells.text("place")
        if place and place not in known:
            cells.fault("place", "the place must be one of the network", "Add it with places of your own.", known)
        faults += cells.faults
        by_place.setdefault(place, []).append(row)
    curves = {}
    for place, rows in by_place.items():
        has_points = any(row.cells[name] for row in rows for name in POINTS)
        curve, found = (_of_points if has_points else _of_parameters)(place, rows)
        faults += found
        if curve is not None:
            curves[place] = curve
    if faults:
        raise InputError(faults)
    return curves


def _acceleration(cells: Cells, column: str) -> float:
    value = cells.number(column, above=0.0)
    if value > LARGEST_G:
        cells.fault(column, f"an acceleration is in g, at most {LARGEST_G:g}", "Is it in m/s2 (divide by 9.81) or %?")
    return value


def _slope(cells: Cells) -> float:
    value = cells.number("slope", above=0.0)
    if value > 0 and not SLOPES[0] <= value <= SLOPES[1]:
        cells.fault("slope", f"the slope of a curve in logarithms lies between {SLOPES[0]:g} and {SLOPES[1]:g}",
                    "k of rate = (1/475) (a / a475)^-k, a positive number near 2.")  # fmt: skip
    return value


def _of_parameters(place: str, rows: Sequence[Row]) -> tuple[HazardCurve | None, list[Fault]]:
    """The curve of one row."""
    cells = Cells(rows[0])
    faults = [_again(row, place) for row in rows[1:]]
    central, slope = _acceleration(cells, "a475_g"), _slope(cells)
    low = _acceleration(cells, "a475_low_g") if cells.row.cells["a475_low_g"] else central
    high = _acceleration(cells, "a475_high_g") if cells.row.cells["a475_high_g"] else central
    if not cells.faults and not low <= central <= high:
        cells.fault("a475_g", "low <= central <= high must hold", "Put the three in order.")
    sa1 = cells.optional_number("sa1_475_g", above=0.0)
    faults += cells.faults
    if faults:
        return None, faults
    return _curve(place, Range(low, central, high), slope, sa1, rows[0]), []


def _again(row: Row, place: str) -> Fault:
    rule, remedy = f"the place {place} has a curve already", "Keep one row, or give points (a_g, rate_per_year)."
    return Fault(row.file, rule, remedy, row.line, "place", place)


def _of_points(place: str, rows: Sequence[Row]) -> tuple[HazardCurve | None, list[Fault]]:
    """The curve through two or more points: straight between them in logarithms."""
    points, faults = [], []
    for row in rows:
        cells = Cells(row)
        a, rate = _acceleration(cells, "a_g"), cells.number("rate_per_year", above=0.0)
        faults += cells.faults
        points.append((a, rate, row))
    if faults:
        return None, faults
    points.sort(key=lambda point: point[0])
    for (a, rate, _), (next_a, next_rate, row) in pairwise(points):
        if next_a == a or next_rate >= rate:
            rule = f"stronger shaking is rarer, but {next_a:g} g has {next_rate:g} a year and {a:g} g has {rate:g}"
            faults.append(Fault(row.file, rule, "Correct the rate or the acceleration.", row.line, "rate_per_year"))
    ends = [_at(points, 1 / years) for years in (RETURN_YEARS, LONG_RETURN_YEARS)]
    if not faults and None in ends:
        rule = f"the points of {place} enclose the rates 1/{RETURN_YEARS:g} and 1/{LONG_RETURN_YEARS:g} a year"
        found = f"{points[-1][1]:g} to {points[0][1]:g}"
        faults.append(Fault(rows[0].file, rule, "Add points, or give a475_g and slope.", rows[0].line,
                            "rate_per_year", found))  # fmt: skip
    if faults or ends[0] is None or ends[1] is None:
        return None, faults
    slope = math.log(LONG_RETURN_YEARS / RETURN_YEARS) / math.log(ends[1] / ends[0])
    return _curve(place, Range(ends[0], ends[0], ends[0]), slope, None, rows[0]), []


def _at(points: Sequence[tuple[float, float, Row]], rate: float) -> float | None:
    """The acceleration with this rate, between two points; None outside them."""
    for (a, above, _), (next_a, below, _) in pairwise(points):
        if above >= rate >= below and above > below:
            share = math.log(above / rate) / math.log(above / below)
            return math.exp(math.log(a) + share * math.log(next_a / a))
    return None


def _curve(place: str, a475: Range, slope: float, sa1: float | None, row: Row) -> HazardCurve:
    note = f"own curve, {Path(row.file).name}, row {row.line}"
    return HazardCurve(place, a475, slope, (OWN_HAZARDS,), "assumed", note, sa1)
