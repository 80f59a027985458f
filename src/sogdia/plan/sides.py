"""A chosen plan with the figures of both sides, each worked out once when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sogdia.answer import each_once
from sogdia.plan.agreement import Zone, zones
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import Choice, Figures, PlanCase, SampleGap, figures_of
from sogdia.plan.draws import DrawnPlan
from sogdia.plan.flip import Flip
from sogdia.plan.flips import flips_of
from sogdia.plan.ledger import importer_parts
from sogdia.plan.others import Others, others_gains
from sogdia.plan.partners import PartnerGain, partner_gains
from sogdia.plan.periods import Horizon
from sogdia.plan.terms import NO_TERMS, PlanTerms


@dataclass(frozen=True, eq=False, repr=False)
class PlanSides:
    """tables, case, choice: what was chosen from and what; sampling: how far the plan may be from the best because
    years are drawn; budget: MUSD, None for none; seconds: that it took; terms: that it keeps beside the budget;
    horizon: the periods in which it is staged, None for one ordinary year; drawn: the plan under draws of the
    elasticities.
    """

    tables: PlanTables
    case: PlanCase
    choice: Choice
    sampling: SampleGap
    budget: float | None
    year: int
    seed: int
    seconds: Mapping[str, float]
    notes: tuple[str, ...]
    terms: PlanTerms = NO_TERMS
    horizon: Horizon | None = None
    drawn: DrawnPlan | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen projects."""
        return tuple(name for name, taken in zip(self.case.names, self.choice.chosen.tolist(), strict=True) if taken)

    @cached_property
    def before(self) -> Figures:
        """Expected and tail loss without any support."""
        return figures_of(self.case, np.zeros_like(self.choice.chosen))

    @cached_property
    def zones(self) -> Mapping[str, Zone]:
        """What each project costs and is worth, by id."""
        return {zone.project: zone for zone in zones(self.case, self.choice.chosen)}

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, float]]:
        """Avoided loss by market and part."""
        return importer_parts(self.tables, self.case, self.choice.chosen)

    @cached_property
    def partners(self) -> tuple[PartnerGain, ...]:
        """What the plan brings each partner."""
        return partner_gains(self.tables, self.case, self.choice.chosen)

    @cached_property
    def others(self) -> Others:
        """What buyers and sellers elsewhere gain and lose."""
        return others_gains(self.tables, self.case, self.choice.chosen)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """At which value of an assumption a project enters or leaves the plan."""
        return flips_of(self.tables, self.case, self.choice.chosen, self.zones, self.seed)

    def sources(self) -> tuple[str, ...]:
        """Ids of what the projects, the markets and the years rest on."""
        return each_once(*(project.source_ids for project in self.tables.projects), self.tables.years.source_ids)
