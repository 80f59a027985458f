"""A company's own purchases by origin, as CSV or as the workbook that `sogdia data template` writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import polars as pl

from sogdia.codes import ended
from sogdia.data.embedded import snapshot
from sogdia.data.readers.country_labels import countries_of
from sogdia.data.readers.hs_revisions import later_code
from sogdia.data.readers.mineral_labels import minerals_of
from sogdia.data.readers.purchase_checks import beyond_the_world
from sogdia.data.readers.purchases_template import PURCHASES
from sogdia.data.readers.reader import Reader, ReadTable
from sogdia.data.readers.trade_checks import unit_mistake, world_unit_values_of
from sogdia.data.schema import conform
from sogdia.errors import MAX_FAULTS_COUNTED, Fault
from sogdia.tabular import checks
from sogdia.tabular.checks import Checked, Problem
from sogdia.tabular.grid import CellColumn, Grid, fold
from sogdia.tabular.header import header_at, table
from sogdia.tabular.user_file import UserFile, the_sheet

# The sheets of the template that hold no purchases.
EXPLANATORY = ("notes", "lists")
REQUIRED = ("company", "year", "origin", "quantity_t", "value_kusd")
OPTIONAL = ("mineral", "hs6")
ORDER = PURCHASES.header
HELP_WITH_HEADER = "`sogdia data template` writes an empty table to fill in."


@dataclass(frozen=True, slots=True)
class Purchase:
    """One row whose cells are all readable."""

    company: str
    year: int
    mineral: str | None
    hs6: str | None
    origin: str
    quantity_t: float | None
    value_kusd: float | None


def recognises(file: UserFile) -> bool:
    """Whether a table has the header of purchases."""
    return any(header_at(grid, REQUIRED) is not None for grid in file.tables)


def read(file: UserFile) -> ReadTable:
    """A purchases file as rows of the table `purchases`; InputError with every fault."""
    used = the_sheet(file, PURCHASES.sheet)
    others = [grid for grid in file.tables if grid is not used and grid.lines and fold(grid.sheet) not in EXPLANATORY]
    checks.refuse([_further(grid, used) for grid in others if header_at(grid, REQUIRED) is not None])
    named = ", ".join(grid.sheet for grid in others)
    return read_grid(used, (f"{file.name}: sheets not read beside {used.sheet!r}: {named}.",) if others else ())


def _further(grid: Grid, used: Grid) -> Fault:
    """The fault of a second sheet with purchases."""
    rule, remedy = "all purchases stand in one sheet", f"Move its rows to the sheet {used.sheet!r}."
    return Fault(grid.place, rule, remedy, value=grid.sheet)


def read_grid(grid: Grid, warnings: tuple[str, ...] = ()) -> ReadTable:
    """The same, from a table that has been decoded; warnings: what to say beside it."""
    found = table(grid, REQUIRED, OPTIONAL, help_with_header=HELP_WITH_HEADER)
    if any(name not in found.columns for name in REQUIRED):
        checks.refuse(found.faults)
    parts = _check(found.columns)
    faults = [*found.faults, *(fault for part in parts.values() for fault in part.faults)]
    if not found.height:
        faults.append(Fault(grid.place, "there is a row for every purchase", "Fill in rows under the header."))
    checks.refuse_many(faults)
    rows = found.columns["company"].rows
    broken = {fault.row for fault in faults}
    whole = {
        row: Purchase(*cells)
        for row, cells in zip(rows, zip(*(parts[name].values for name in ORDER), strict=True), strict=True)
        if row not in broken
    }
    checks.refuse([*faults, *islice(_row_faults(grid.place, whole), MAX_FAULTS_COUNTED)])
    frame = pl.DataFrame({name: list(parts[name].values) for name in ORDER}, strict=False)
    return ReadTable(
        "purchases",
        conform(frame, "purchases").sort("company", "year", "mineral", "hs6", "origin"),
        ("OWN_PURCHASES",),
        ("countries mapped to ISO alpha-3; empty cells kept as null",),
        (*grid.repaired, *(repair for part in parts.values() for repair in part.repaired)),
        (*warnings, *([formula_warning(grid)] if grid.formulas else []), *_uncounted(grid.place, frame["hs6"])),
    )


def _uncounted(place: str, codes: pl.Series) -> list[str]:
    """Codes that are of no mineral, so that nothing counts what they stand for."""
    known = {hs6 for mineral in snapshot().minerals.values() for hs6 in mineral.hs6()}
    unknown = [code for code in codes.drop_nulls().unique().sort() if code not in known]
    return [f"{place}: {later_code(code)}" for code in unknown]


def formula_warning(grid: Grid) -> str:
    """What to know about cells that are calculated."""
    return f"{grid.place}: formulas in {grid.formulas} of the cells; the results last saved with them were read."


def _check(columns: dict[str, CellColumn]) -> dict[str, Checked[str] | Checked[int] | Checked[float]]:
    """Every column of the schema, checked; columns that are absent are unknown in every row."""
    any_column = columns["company"]
    nothing = CellColumn(any_column.place, "", any_column.rows, ("",) * len(any_column.rows))
    return {
        "company": checks.names(columns["company"]),
        "year": checks.years(columns["year"]),
        "mineral": minerals_of(columns.get("mineral", nothing), snapshot()),
        "hs6": checks.hs6_codes(columns.get("hs6", nothing)),
        "origin": countries_of(columns["origin"]),
        "quantity_t": checks.quantities(columns["quantity_t"]),
        "value_kusd": checks.quantities(columns["value_kusd"]),
    }


def _row_faults(place: str, rows: dict[int, Purchase]) -> Iterator[Fault]:
    """What is wrong with rows whose cells are each right."""
    first_seen: dict[Purchase, int] = {}
    for row, purchase in rows.items():
        if purchase in first_seen:
            rule = f"a purchase stands once; this one is also in row {first_seen[purchase]}"
            yield Fault(place, rule, "Delete the copy.", row, "company", purchase.company)
        first_seen.setdefault(purchase, row)
        found = _contradiction(purchase)
        if found:
            column, problem = found
            value = getattr(purchase, column)
            yield Fault(place, problem.rule, problem.remedy, row, column, "" if value is None else str(value))


def _contradiction(purchase: Purchase) -> tuple[str, Problem] | None:
    """(column, problem) where the cells of one row do not fit together."""
    quantity, value = purchase.quantity_t, purchase.value_kusd
    if purchase.mineral is None and purchase.hs6 is None:
        return "mineral", Problem("a row names a mineral or an HS code", "Fill in one of the two columns.")
    if quantity is None and value is None:
        remedy = "Fill in one of the two, or delete the row."
        return "quantity_t", Problem("a row has a quantity or a value", remedy)
    former = ended(purchase.origin, purchase.year)
    if former:
        return "origin", Problem(*former)
    if value and quantity == 0:
        return "quantity_t", Problem("goods with a value have a weight", "Leave the quantity empty where unknown.")
    if purchase.mineral and purchase.hs6:
        owners = _owners().get(purchase.hs6, ())
        if owners and purchase.mineral not in owners:
            remedy = f"{purchase.hs6} is {' or '.join(owners)}: correct the code or the mineral."
            return "hs6", Problem(f"the code is one of {purchase.mineral}", remedy)
    meant = (purchase.mineral,) if purchase.mineral else _owners().get(purchase.hs6 or "", ())
    beyond = beyond_the_world(meant, purchase.hs6, purchase.year, quantity, value)
    if beyond:
        return beyond
    problem = None
    if value and quantity:
        codes = [purchase.hs6] if purchase.hs6 else snapshot().minerals[purchase.mineral or ""].hs6()
        worlds = world_unit_values_of(codes, purchase.year)
        # Of a mineral any of its goods may be meant, from the cheapest to the dearest.
        problem = unit_mistake([value / quantity / world for world in worlds])
    if problem:
        remedy = f"{problem.remedy} If the figure is right, leave the other one empty."
        return ("quantity_t" if "tonnes" in problem.rule else "value_kusd"), Problem(problem.rule, remedy)
    return None


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """The minerals that a code is one of, by the code."""
    owners: dict[str, tuple[str, ...]] = {}
    for mineral in snapshot().minerals.values():
        for hs6 in mineral.hs6():
            owners[hs6] = (*owners.get(hs6, ()), mineral.key)
    return owners


READER = Reader(
    key="purchases",
    title="a company's purchases",
    table="purchases",
    replaces="the companies and years it has",
    order=20,
    recognises=recognises,
    read=read,
    template=PURCHASES,
)
