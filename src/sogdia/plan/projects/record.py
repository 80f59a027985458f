"""A project as a record; a figure that nobody knows is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sogdia.uncertain import Range

FIGURE_GROUPS = ("capacity", "capex", "opex", "price", "chances", "jobs", "building", "technology", "factors")
"""Groups of a project's figures that have evidence of their own."""


@dataclass(frozen=True, slots=True)
class Project:
    """effect: name of its kind (see `kind.ProjectKind`); wants: fields without which a project of the kind cannot be
    chosen, None where none ever is.

    market: mineral or product whose market it touches; capacity_t: a year, of the traded product; capex_musd;
    opex_usd_per_t; price_usd_per_t: of its product at the works;
    offtake_share: of the output that the importer takes by contract; contract_price: relative to the
    base year; committed_share: of the output that is sold to committed_buyer already; cover_days: of the importer's
    use, for a stock; prob_if_supported, prob_anyway: that it comes about; build_years, life_years: before and in
    operation; jobs, jobs_building: in operation, and at work while it is built; energy_kwh_per_t, water_m3_per_t,
    co2_t_per_t: of product; financiers: who may lend or invest, and at most which share of the capital;
    acts_on: what else it changes, by its kind: upgrades of the corridors, places, causes or countries; rate_factor,
    days_factor: what is left of the rate and the days of such events; cost_factor: of running costs;
    needs, excludes: ids of other projects. evidence_of: seen, derived or assumed, by group of figures; file, row: of
    the table, for faults.
    """

    project_id: str
    name: str
    country: str | None
    effect: str
    wants: tuple[str, ...] | None
    market: str | None
    capacity_t: Range | None
    capex_musd: Range | None
    opex_usd_per_t: Range | None
    price_usd_per_t: Range | None
    offtake_share: float
    contract_price: float
    committed_share: float
    committed_buyer: str | None
    cover_days: float | None
    prob_if_supported: Range
    prob_anyway: Range
    build_years: float | None
    life_years: float | None
    jobs: float | None
    jobs_building: float | None
    energy_kwh_per_t: Range | None
    water_m3_per_t: Range | None
    co2_t_per_t: Range | None
    financiers: Mapping[str, float]
    acts_on: tuple[str, ...]
    rate_factor: Range | None
    days_factor: Range | None
    cost_factor: Range | None
    needs: tuple[str, ...]
    excludes: tuple[str, ...]
    status: str
    source_ids: tuple[str, ...]
    evidence: str
    evidence_of: Mapping[str, str]
    note: str
    file: str
    row: int

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be known before it can be chosen."""
        if self.wants is None:
            return ("an effect on a market",)
        return tuple(name for name in self.wants if getattr(self, name) in (None, ()))

    @property
    def capital(self) -> float | None:
        """Central capital cost [MUSD]."""
        return None if self.capex_musd is None else self.capex_musd.central

    @property
    def tonnes(self) -> float | None:
        """Central output a year [t]."""
        return None if self.capacity_t is None else self.capacity_t.central
