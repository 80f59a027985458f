"""A mineral is a key, its HS codes by stage, and the years in which each code says anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from sogdia.errors import unknown

FUELS = frozenset({"fuel"})
"""Groups of coal, oil and gas."""
STAGES = ("ore", "compound", "metal", "alloy")
"""The stages that minerals are traded at, upstream first."""


@dataclass(frozen=True, slots=True)
class Code:
    """One HS code of a mineral. content_factor: t of the production basis per t of product, None where unknown."""

    hs6: str
    stage: str
    role: str
    content_factor: float | None
    content_factor_low: float | None
    content_factor_high: float | None
    content_basis: str
    evidence: str
    first_year: int
    last_year: int | None

    def in_use(self, year: int) -> bool:
        """Whether the code existed in that year; when it did not, the answer is "not mapped", never zero."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True, slots=True)
class Mineral:
    """A mineral with its codes; codes is empty for minerals that are produced but have no trade code here."""

    key: str
    name: str
    group: str
    production_basis: str
    ec_stage: str | None
    eol_rir: float | None
    by_product_of: str | None
    market_class: str
    codes: tuple[Code, ...]

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages it is traded at, upstream first."""
        return tuple(stage for stage in STAGES if any(c.stage == stage for c in self.codes))

    def hs6(self, stage: str | None = None, year: int | None = None) -> tuple[str, ...]:
        """Its codes, optionally those of one stage, and those in use in a year."""
        return tuple(
            c.hs6 for c in self.codes if (stage is None or c.stage == stage) and (year is None or c.in_use(year))
        )

    def not_mapped(self, year: int) -> str | None:
        """Why there is no answer for a year: a sentence, or None when at least one code was in use."""
        if not self.codes:
            return f"{self.name}: no trade code is mapped to it in this store."
        if self.hs6(year=year):
            return None
        ended = [f"{c.hs6} ended in {c.last_year}" for c in self.codes if c.last_year and c.last_year < year]
        return f"{self.name}: not mapped in {year} ({'; '.join(ended) or 'no code in use'})."


def without_fuels(minerals: Iterable[Mineral]) -> tuple[Mineral, ...]:
    """The minerals that are not coal, oil or gas."""
    return tuple(mineral for mineral in minerals if mineral.group not in FUELS)


def stage_name(text: str) -> str:
    """The stage that a word names; UnknownNameError tells the nearest.

    >>> stage_name(" Metal")
    'metal'
    """
    name = text.strip().casefold()
    if name not in STAGES:
        raise unknown("stage", text, STAGES)
    return name


def read_minerals(minerals: pl.DataFrame, codes: pl.DataFrame) -> dict[str, Mineral]:
    """Minerals by key, from the tables `minerals` and `mineral_codes`."""
    by_mineral: dict[str, list[Code]] = {}
    fields = Code.__dataclass_fields__
    for row in codes.iter_rows(named=True):
        by_mineral.setdefault(row["mineral"], []).append(Code(**{name: row[name] for name in fields}))
    return {
        row["mineral"]: Mineral(
            row["mineral"],
            row["name"],
            row["group"],
            row["production_basis"],
            row["ec_stage"],
            row["eol_rir"],
            row["by_product_of"],
            row["market_class"],
            tuple(by_mineral.get(row["mineral"], ())),
        )
        for row in minerals.iter_rows(named=True)
    }
