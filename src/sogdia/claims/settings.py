"""The packaged tables of the room: which check judges a claim, with its settings, and figures that others published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar, get_args

from sogdia.claims.claim import Relation
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, packaged_records

RELATIONS: tuple[Relation, ...] = get_args(Relation)
TABLES = files("sogdia.claims") / "tables"
SETTINGS = (
    "claim_id", "check", "definition", "relation", "importer", "exporter", "alternative", "hs6", "measure",
    "first_year", "last_year", "warming_c", "years", "factor", "threshold", "tolerance",
)  # fmt: skip
PUBLISHED = ("claim_id", "definition", "relation", "value_low", "value", "value_high", "unit", "year")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of one claim. A setting that its kind of check does not use is None or empty.

    importer, exporter, alternative: a country or a region; hs6: codes, all of the store where empty; measure: what is
    summed or divided; last_year: None is the last complete year of the store; factor: what the figure is multiplied
    with; threshold: from which on the statement is true; tolerance: as a share of the stated value.
    """

    claim_id: str
    check: str
    definition: str
    relation: Relation
    importer: str | None
    exporter: str | None
    alternative: str | None
    hs6: tuple[str, ...]
    measure: str | None
    first_year: int | None
    last_year: int | None
    warming_c: float | None
    years: float | None
    factor: float | None
    threshold: float | None
    tolerance: float | None
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure that somebody published on the subject of a claim."""

    claim_id: str
    definition: str
    relation: Relation
    low: float | None
    value: float
    high: float | None
    unit: str
    year: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def checks() -> Mapping[str, tuple[CheckRow, ...]]:
    """The checks of each claim, in the order of the table."""
    return _by_claim(packaged_records(TABLES / "checks.csv", (*SETTINGS, *SOURCED), _check))


@cache
def published() -> Mapping[str, tuple[PublishedFigure, ...]]:
    """The published figures on each claim, in the order of the table."""
    return _by_claim(packaged_records(TABLES / "published.csv", (*PUBLISHED, *SOURCED), _figure))


def _check(cells: Cells) -> CheckRow:
    text, number = cells.optional_text, cells.optional_number
    return CheckRow(
        claim_id=cells.text("claim_id"), check=cells.text("check"), definition=cells.text("definition"),
        relation=cells.choice("relation", RELATIONS), importer=text("importer"), exporter=text("exporter"),
        alternative=text("alternative"), hs6=cells.names("hs6"), measure=text("measure"),
        first_year=_whole(number("first_year")), last_year=_whole(number("last_year")), warming_c=number("warming_c"),
        years=number("years"), factor=number("factor"), threshold=number("threshold"), tolerance=number("tolerance"),
        **provenance_of(cells),
    )  # fmt: skip


def _whole(figure: float | None) -> int | None:
    return None if figure is None else int(figure)


def _figure(cells: Cells) -> PublishedFigure:
    return PublishedFigure(
        cells.text("claim_id"), cells.text("definition"), cells.choice("relation", RELATIONS),
        cells.optional_number("value_low"), cells.number("value"), cells.optional_number("value_high"),
        cells.text("unit"), cells.text("year"), **provenance_of(cells),
    )  # fmt: skip


Sorted = TypeVar("Sorted", CheckRow, PublishedFigure)


def _by_claim(rows: Sequence[Sorted]) -> Mapping[str, tuple[Sorted, ...]]:
    return {key: tuple(row for row in rows if row.claim_id == key) for key in dict.fromkeys(r.claim_id for r in rows)}
