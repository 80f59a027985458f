"""Who may lend to projects or take part in them, and the greatest share of the capital that they bring."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, packaged_records, range_columns
from sogdia.uncertain import Range

FILE = "financiers.csv"
COLUMNS = ("financier", "of", *range_columns("share"), *SOURCED)


@dataclass(frozen=True, slots=True)
class Financier:
    """name; of: what it finances by this row: plants and mines, public works, or any; share: of the capital, 0..1."""

    name: str
    of: str
    share: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def embedded_financiers() -> tuple[Financier, ...]:
    """The packaged table, from which the shares in the portfolio come; InputError if the file was damaged."""
    return packaged_records(files("sogdia.plan").joinpath("tables", FILE), COLUMNS, _financier)


def _financier(cells: Cells) -> Financier:
    return Financier(cells.text("financier"), cells.text("of"), cells.range("share"), **provenance_of(cells))
