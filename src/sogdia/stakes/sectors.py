"""The sectors of the input-output table that minerals go through, with their names and NACE divisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sogdia.errors import unknown
from sogdia.stakes.table_file import records
from sogdia.tabular.rows import Cells

COLUMNS = ("sector", "name", "title", "division", "manufacturing")


@dataclass(frozen=True, slots=True)
class Sector:
    """code: of the OECD table; name: short; title: its full name. division: the two-digit division of NACE that it is
    counted in, where the OECD splits one; manufacturing: whether it is in section C.
    """

    code: str
    name: str
    title: str
    division: str
    manufacturing: bool


@cache
def sectors() -> Mapping[str, Sector]:
    """Every sector by its code."""
    read = records("sectors.csv", COLUMNS, _sector)
    return {sector.code: sector for sector in read}


def sector(code: str) -> Sector:
    """The sector with that code."""
    if code not in sectors():
        raise unknown("sector", code, sectors())
    return sectors()[code]


def _sector(cells: Cells) -> Sector:
    return Sector(
        cells.text("sector"), cells.text("name"), cells.text("title"), cells.text("division"),
        cells.choice("manufacturing", ("yes", "no")) == "yes",
    )  # fmt: skip
