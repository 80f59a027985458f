"""A project as a record; a figure that nobody knows is None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sogdia.uncertain import Range

Effect = Literal["supply", "offtake", "stock", "other"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)


@dataclass(frozen=True, slots=True)
class Project:
    """effect: new supply, a contract on what is made today, a stock of the importer, or other: none on a market.

    market: mineral or product whose market it touches; capacity_t: a year, of the traded product; capex_musd;
    opex_usd_per_t; price_usd_per_t: of its product at the works;
    offtake_share: of the output that the importer takes by contract; contract_price: relative to the
    base year; cover_days: of the importer's use, for a stock; prob_if_supported, prob_anyway: that it comes about;
    needs, excludes: ids of other projects. row: of the table, for faults.
    """

    project_id: str
    name: str
    country: str | None
    effect: Effect
    market: str | None
    capacity_t: Range | None
    capex_musd: Range | None
    opex_usd_per_t: Range | None
    price_usd_per_t: Range | None
    offtake_share: float
    contract_price: float
    cover_days: float | None
    prob_if_supported: Range
    prob_anyway: Range
    build_years: float | None
    jobs: float | None
    needs: tuple[str, ...]
    excludes: tuple[str, ...]
    status: str
    source_ids: tuple[str, ...]
    evidence: str
    note: str
    row: int

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be known before it can be chosen."""
        if self.effect == "other":
            return ("an effect on a market",)
        wanted: dict[str, object] = {"market": self.market}
        if self.effect == "stock":
            wanted["cover_days"] = self.cover_days
        else:
            wanted |= {"country": self.country, "capacity_t": self.capacity_t, "capex_musd": self.capex_musd}
        return tuple(name for name, value in wanted.items() if value is None)

    @property
    def capital(self) -> float | None:
        """Central capital cost [MUSD]."""
        return None if self.capex_musd is None else self.capex_musd.central

    @property
    def tonnes(self) -> float | None:
        """Central output a year [t]."""
        return None if self.capacity_t is None else self.capacity_t.central
