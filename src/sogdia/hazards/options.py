"""What is assumed when outages are asked for: how things are built, how warm it is, what is done against the hazard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sogdia.errors import wrong_argument
from sogdia.hazards.code_level import CODE_LEVELS, CodeLevel
from sogdia.hazards.curve import HazardCurve

TODAY_C = 1.2
"""Warming above the pre-industrial climate that the rates of the past stand for."""
HIGHEST_C = 6.0
SEEDS = 2**63


@dataclass(frozen=True, slots=True)
class LocalIncidents:
    """Armed incidents near places, counted from a user's file: incidents a year by place id, within a radius.

    radius_km: how near an incident counts; years: the span that was counted; file: the name of the user's file.
    """

    per_year: Mapping[str, float]
    radius_km: float
    years: float
    file: str


@dataclass(frozen=True, slots=True)
class FlowPath:
    """The way from a lake to a link, as a user knows it: the basin, the link, its length and its fall.

    drop_m: None where only the distance is known.
    """

    basin: str
    link: str
    km: float
    drop_m: float | None = None


@dataclass(frozen=True, slots=True)
class HazardOptions:
    """What the outages of all hazards depend on. The defaults stand for things as they are today.

    code_level: of every building and structure, None for the level that stands in the table for its country;
    asset: what stands at every place, None for what the table says of its kind;
    warming_c: global warming above the pre-industrial climate; actions: names of what is done (`hazard_actions`);
    curves: a user's own hazard curves by place id, instead of ours; incidents: a user's own counts of armed incidents;
    flow_paths: a user's own ways from lakes to links; seed: of the events that are drawn.
    """

    code_level: CodeLevel | None = None
    asset: str | None = None
    warming_c: float = TODAY_C
    actions: tuple[str, ...] = ()
    curves: Mapping[str, HazardCurve] = field(default_factory=dict)
    incidents: LocalIncidents | None = None
    flow_paths: tuple[FlowPath, ...] = ()
    seed: int = 1

    def __post_init__(self) -> None:
        if self.code_level is not None and self.code_level not in CODE_LEVELS:
            rule = f"a code level is one of {', '.join(CODE_LEVELS)}"
            raise wrong_argument("code_level", rule, "Name one of them, or leave it out.", self.code_level)
        if not 0 <= self.seed < SEEDS:
            raise wrong_argument("seed", f"a seed is a whole number from 0 to {SEEDS - 1}", "E.g. seed=1.", self.seed)
        if not TODAY_C <= self.warming_c <= HIGHEST_C:
            rule = f"warming is a number of degrees above the pre-industrial climate, {TODAY_C:g} to {HIGHEST_C:g}"
            raise wrong_argument("warming_c", rule, f"E.g. warming_c=2; {TODAY_C:g} is today.", self.warming_c)
