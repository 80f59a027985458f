"""The hazards of a place, a link, a border or a country: outages by cause, what is unknown, and what actions buy."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.data.provenance import source
from sogdia.hazards.climate import ClimateEffect
from sogdia.hazards.kind import HazardAction, HazardGap
from sogdia.hazards.options import HazardOptions
from sogdia.hazards.outage import Outage, TargetKind, class_of
from sogdia.hazards.outburst.basins import PeakFormula
from sogdia.hazards.targets import HazardTarget
from sogdia.network.changes import State
from sogdia.uncertain import Range

STATS = ("low", "central", "high")
EXTRA = ("hazard", "cause", "target_kind", "target", "evidence", "note")


@dataclass(frozen=True, slots=True)
class PeakFlow:
    """Peak discharge of an outburst by one formula, m3/s: central and one standard deviation of ln Q either way."""

    formula: PeakFormula
    volume_m3: float
    discharge: Range


@dataclass(frozen=True, slots=True)
class ActionValue:
    """What an action buys: days a year out of service before and after it, over all targets asked about."""

    action: HazardAction
    before: Range
    after: Range


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HazardProfile(Answer):
    """The answer to `Study.hazard`.

    outages: one for each target, cause and length, the largest number of days a year first; gaps: where nothing is
    known, or it is counted elsewhere; states: corridor states that close what is asked about; climate: what the level
    of warming does in its country; actions: what each buys; peaks: of an outburst of the volume asked about.
    """

    target: HazardTarget
    options: HazardOptions
    outages: tuple[Outage, ...]
    gaps: tuple[HazardGap, ...]
    states: tuple[State, ...]
    climate: tuple[ClimateEffect, ...]
    actions: tuple[ActionValue, ...]
    peaks: tuple[PeakFlow, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What was asked."""
        level = "as built" if self.options.code_level is None else f"{self.options.code_level} code"
        done = f", with {', '.join(self.options.actions)}" if self.options.actions else ""
        return f"Hazards of {self.target.name}: {level}, {self.options.warming_c:g} degrees of warming{done}"

    def days_per_year(self, hazard: str | None = None) -> Range:
        """Expected days out of service a year, of one hazard or all, summed over the targets asked about."""
        return days_per_year(o for o in self.outages if hazard in (None, o.hazard))

    @property
    def unknown(self) -> tuple[HazardGap, ...]:
        """The hazards of which nothing is known here. Unknown is not none."""
        return tuple(gap for gap in self.gaps if gap.status == "unknown")

    def table(self) -> pl.DataFrame:
        """Long table: rate, days and days a year of each outage, days a year before and after actions, climate."""
        rows = [row for outage in self.outages for row in _outage_rows(outage)]
        for value in self.actions:
            action = value.action
            place = (action.hazard, action.name, self.target.kind, self.target.id, action.evidence, action.label)
            ids = SEPARATOR.join(action.source_ids)
            for name, span in (("days_per_year_before", value.before), ("days_per_year_after", value.after)):
                rows += _rows(name, "days a year", span, ids, place)
            if action.cost is not None:
                rows += _rows("cost", action.cost_unit, action.cost, ids, place)
        for peak in self.peaks:
            formula = peak.formula
            place = ("outburst", formula.id, self.target.kind, self.target.id, formula.evidence, formula.note)
            rows += _rows("peak_discharge", "m3/s", peak.discharge, SEPARATOR.join(formula.source_ids), place)
        for effect in self.climate:
            place = ("climate", effect.name, self.target.kind, self.target.id, effect.evidence, effect.note)
            rows += _rows(effect.name, effect.unit, effect.value, SEPARATOR.join(effect.source_ids), place)
        names = ("variable", "unit", "stat", "value", "source_id", *EXTRA)
        kinds = {name: pl.Float64 if name == "value" else pl.String for name in names}
        country = self.target.countries[0] if len(self.target.countries) == 1 else None
        return tidy(pl.DataFrame(rows, schema=kinds, orient="row"), country=country)

    def sources(self) -> tuple[str, ...]:
        """The ids of all sources."""
        return each_once(
            *(outage.source_ids for outage in self.outages), *(gap.source_ids for gap in self.gaps),
            *(state.source_ids for state in self.states), *(effect.source_ids for effect in self.climate),
            *(value.action.source_ids for value in self.actions),
            *(peak.formula.source_ids for peak in self.peaks),
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        return {
            "target": self.target.id,
            "target_kind": self.target.kind,
            "name": self.target.name,
            "code_level": self.options.code_level,
            "warming_c": self.options.warming_c,
            "actions_taken": list(self.options.actions),
            "days_per_year": _ends(self.days_per_year()),
            "outages": [_outage_dict(outage) for outage in self.outages],
            "unknown": [_gap_dict(gap) for gap in self.unknown],
            "not_counted_here": [_gap_dict(gap) for gap in self.gaps if gap.status != "unknown"],
            "corridor_states": [
                {"state": state.id, "name": state.name, "events_per_year": _ends(state.events_per_year),
                 "days": _ends(state.duration_days), "evidence": state.evidence, "source_ids": list(state.source_ids)}
                for state in self.states
            ],
            "climate": [
                {"name": effect.name, "label": effect.label, "unit": effect.unit, **_flat("", effect.value),
                 "evidence": effect.evidence, "source_ids": list(effect.source_ids), "note": effect.note}
                for effect in self.climate
            ],
            "actions": [
                {"action": value.action.name, "hazard": value.action.hazard, "label": value.action.label,
                 "days_per_year_before": _ends(value.before), "days_per_year_after": _ends(value.after),
                 "cost": _ends(value.action.cost), "cost_unit": value.action.cost_unit,
                 "evidence": value.action.evidence, "source_ids": list(value.action.source_ids),
                 "note": value.action.note}
                for value in self.actions
            ],
            "peak_discharge": [
                {"formula": peak.formula.name, "volume_m3": peak.volume_m3, **_flat("m3_per_s", peak.discharge),
                 "sigma_ln": peak.formula.sigma_ln, "evidence": peak.formula.evidence,
                 "source_ids": list(peak.formula.source_ids), "note": peak.formula.note}
                for peak in self.peaks
            ],
            "notes": list(self.notes),
            "sources": {name: source(name).citation() for name in self.sources()},
        }  # fmt: skip


def days_per_year(outages: Iterable[Outage]) -> Range:
    """Expected days a year: the sum of rate times days, end by end."""
    parts = list(outages)
    return Range(
        math.fsum(o.rate_per_year.low * o.days.low for o in parts),
        math.fsum(o.days_per_year for o in parts),
        math.fsum(o.rate_per_year.high * o.days.high for o in parts),
    )


def _outage_rows(outage: Outage) -> list[tuple[object, ...]]:
    place = (outage.hazard, outage.cause, outage.target_kind, outage.target, outage.evidence, outage.note)
    ids = SEPARATOR.join(outage.source_ids)
    return [
        *_rows("rate_per_year", "events a year", outage.rate_per_year, ids, place),
        *_rows("days", "days an event", outage.days, ids, place),
        *_rows("days_per_year", "days a year", days_per_year([outage]), ids, place),
    ]


def _rows(
    variable: str, unit: str, value: Range, ids: str, place: tuple[str, str, TargetKind, str, str, str]
) -> list[tuple[object, ...]]:
    return [(variable, unit, stat, getattr(value, stat), ids, *place) for stat in STATS]


def _outage_dict(outage: Outage) -> dict[str, Any]:
    return {
        "hazard": outage.hazard,
        "cause": outage.cause,
        "target_kind": outage.target_kind,
        "target": outage.target,
        **_flat("rate_per_year", outage.rate_per_year),
        **_flat("days", outage.days),
        "class_of_year": class_of(outage.days.central),
        "days_per_year": outage.days_per_year,
        "probability_per_year": outage.probability.central,
        "evidence": outage.evidence,
        "source_ids": list(outage.source_ids),
        "note": outage.note,
    }


def _gap_dict(gap: HazardGap) -> dict[str, Any]:
    return {
        "hazard": gap.hazard, "target_kind": gap.target_kind, "target": gap.target, "status": gap.status,
        "reason": gap.reason,
    }  # fmt: skip


def _flat(stem: str, value: Range) -> dict[str, float]:
    """The central value under the stem itself (`central` without one), its ends beside it."""
    low, high = (f"{stem}_low", f"{stem}_high") if stem else ("low", "high")
    return {stem or "central": value.central, low: value.low, high: value.high}


def _ends(value: Range | None) -> dict[str, float] | None:
    return None if value is None else {"low": value.low, "central": value.central, "high": value.high}
