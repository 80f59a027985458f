"""Accounts of industries in 80 countries: output, value added, and the inputs that they need at home and from abroad.

The coefficients are derived from the inter-country input-output table of the OECD for 2022, by the program
`tools/make_io_tables.py`; the matrix itself is not carried. With `A` [USD of input per USD of output], `A_h` the home
part of a country's columns and `L = (I - A_h)^-1`:

    va_direct = 1 - sum A      output_multiplier = 1' L       va_total = va_direct' L
    imports_direct = sum A_foreign     imports_total = imports_direct' L      va_total + imports_total = 1
    price_own, price_X: rows of (I - A)^-1 of the whole table, see `price_rise`

Value added is what an industry does not spend on inputs *from the 80 countries*: inputs from elsewhere and taxes on
products are still in it, so that it is too large by both. It matters most where neighbours of Kazakhstan supply it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.errors import NoAnswerError
from sogdia.stakes.table_file import rows
from sogdia.tabular.evidence import SOURCED
from sogdia.tabular.rows import Cells

KEYS = ("country", "sector", "gross_output_musd", "value_added_musd")
COEFFICIENTS = (
    "output_multiplier", "va_direct", "va_total", "imports_direct", "imports_total", "input_C24A", "input_C24B",
    "input_C20", "input_B07", "input_B08", "input_C23", "input_D", "input_H49", "input_H50", "imported_input_C24A",
    "imported_input_C24B", "imported_input_C20", "imported_input_B07", "imported_input_B08", "imported_input_C23",
    "total_D", "total_H49", "total_B07", "total_G", "price_own", "price_C20", "price_C23", "price_C24A", "price_C24B",
    "price_C25", "price_C26", "price_C27", "paid_in_own_product", "paid_in_home_products", "paid_abroad",
)  # fmt: skip
MINERAL_INPUTS = ("C24A", "C24B", "C20", "B07", "B08", "C23")
"""Sectors whose products carry minerals into others: metals, chemicals, ores, other mining, glass and cement."""
ECONOMY_COLUMNS = ("country", "gross_output_musd", "value_added_musd", "ore_share_of_output", *SOURCED[:2])


@dataclass(frozen=True, slots=True, eq=False)
class IndustryAccount:
    """One industry of one country or region [million USD, and USD per USD of output]; no coefficients where it makes
    nothing.
    """

    country: str
    sector: str
    gross_output_musd: float
    value_added_musd: float
    coefficients: Mapping[str, float]
    source_ids: tuple[str, ...]

    @property
    def active(self) -> bool:
        """Whether the table has output of it."""
        return bool(self.coefficients)

    @property
    def mineral_inputs(self) -> float:
        """What it spends on products that carry minerals, per USD of output; 0 where it makes nothing."""
        return fsum(self.coefficients.get(f"input_{product}", 0.0) for product in MINERAL_INPUTS)

    @property
    def imported_mineral_inputs(self) -> float:
        """The imported part of that."""
        return fsum(self.coefficients.get(f"imported_input_{product}", 0.0) for product in MINERAL_INPUTS)


@dataclass(frozen=True, slots=True, eq=False)
class EconomyAccount:
    """All fifty sectors of a country or region together [million USD], and its industries by sector.

    missing: members without a row in the table.
    """

    region: Region
    gross_output_musd: float
    value_added_musd: float
    industries: Mapping[str, IndustryAccount]
    missing: tuple[str, ...]
    source_ids: tuple[str, ...]


@cache
def industries() -> Mapping[tuple[str, str], IndustryAccount]:
    """Every industry by country and sector."""
    read = {}
    for row in rows("input_output.csv", (*KEYS, *COEFFICIENTS, *SOURCED)):
        cells = row.cells
        # Two thousand rows made by a program: the numbers are read plainly, because checking each takes a second.
        known = {name: float(cells[name]) for name in COEFFICIENTS if cells[name]}
        added = float(cells["value_added_musd"] or 0.0)
        read[cells["country"], cells["sector"]] = IndustryAccount(
            cells["country"], cells["sector"], float(cells["gross_output_musd"]), added, known,
            Cells(row).names("source_id"),
        )  # fmt: skip
    return read


@cache
def _economies() -> Mapping[str, tuple[float, float, tuple[str, ...]]]:
    return {
        row.cells["country"]: (
            float(row.cells["gross_output_musd"]), float(row.cells["value_added_musd"]), Cells(row).names("source_id")
        )
        for row in rows("economies.csv", ECONOMY_COLUMNS)
    }  # fmt: skip


def sectors_with_accounts() -> tuple[str, ...]:
    """Codes of the sectors that the table has."""
    return tuple(dict.fromkeys(sector for _, sector in industries()))


def countries_with_accounts() -> tuple[str, ...]:
    """ISO codes of the countries that the table has, in its order."""
    return tuple(_economies())


def economy_account(region: Region) -> EconomyAccount:
    """The accounts of a country or of a region's members together; coefficients are means by output.

    NoAnswerError where the table has none of them.
    """
    held = [iso3 for iso3 in region.members if iso3 in _economies()]
    if not held:
        raise NoAnswerError(
            f"{region.name} has no row in the input-output table, which holds {len(_economies())} countries: "
            f"{', '.join(_economies())}."
        )
    accounts = {
        sector: _together(region, [industries()[iso3, sector] for iso3 in held]) for sector in sectors_with_accounts()
    }
    outputs, added, sources = zip(*(_economies()[iso3] for iso3 in held), strict=True)
    missing = tuple(iso3 for iso3 in region.members if iso3 not in held)
    return EconomyAccount(region, fsum(outputs), fsum(added), accounts, missing, each_once(*sources))


def _together(region: Region, parts: list[IndustryAccount]) -> IndustryAccount:
    """The same industry of several countries as one."""
    if len(parts) == 1:
        return parts[0]
    active = [part for part in parts if part.active]
    output = fsum([part.gross_output_musd for part in active])
    names = active[0].coefficients if active else {}
    means = {
        name: fsum([part.coefficients[name] * part.gross_output_musd for part in active]) / output for name in names
    }
    added = fsum([part.value_added_musd for part in active])
    return IndustryAccount(region.key, parts[0].sector, output, added, means, each_once(*(p.source_ids for p in parts)))
