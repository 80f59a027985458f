"""The kinds of processing that a partner can take up, each with its sector, and what must be said of single rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sogdia.errors import unknown
from sogdia.stakes.accounts import sectors_with_accounts
from sogdia.stakes.sectors import sectors
from sogdia.stakes.table_file import rows
from sogdia.text import folded

ORE = "B07"
"""The sector that sells the ore."""


@dataclass(frozen=True, slots=True)
class Processing:
    """name: of the kind; sector: whose coefficients stand for it; words: what users call it."""

    name: str
    sector: str
    words: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RowCaveat:
    """What must be said of a country's sector. hides: the figure that is not shown, "" for none."""

    country: str
    sector: str
    hides: str
    text: str


@cache
def processings() -> tuple[Processing, ...]:
    """Every kind of processing."""
    return tuple(
        Processing(
            row.cells["processing"], row.cells["sector"],
            tuple(folded(word) for word in row.cells["words"].split(";")), row.cells["note"],
        )
        for row in rows("processing.csv", ("processing", "sector", "words", "source_id", "evidence", "note"))
    )  # fmt: skip


def processing(word: str) -> Processing:
    """The kind of processing that a word names, or the code of a sector with accounts; UnknownNameError otherwise."""
    said = folded(word).replace("_", " ")
    for kind in processings():
        if said in (folded(kind.name), *kind.words) or word.strip().upper() == kind.sector:
            return kind
    code = word.strip().upper()
    if code in sectors_with_accounts():
        return Processing(sectors()[code].name, code, (), sectors()[code].title)
    raise unknown("processing", word, [name for kind in processings() for name in (kind.name, *kind.words)])


@cache
def row_caveats() -> tuple[RowCaveat, ...]:
    """Every caveat of the table."""
    columns = ("country", "sector", "hides", "text", "source_id", "evidence")
    return tuple(RowCaveat(*(row.cells[name] for name in columns[:4])) for row in rows("caveats.csv", columns))


def caveats_of(country: str, sector: str) -> tuple[RowCaveat, ...]:
    """Those of one country and sector."""
    return tuple(caveat for caveat in row_caveats() if (caveat.country, caveat.sector) == (country, sector))
