"""Elasticities say how strongly buyers and sellers answer a price: of a mineral, for a stage and a horizon.

Three are needed: substitution between sources (sigma), demand (eta, absolute value), supply (eps). Each comes from the
first of these that has a row:

1. rows of the table `elasticities` that speak of the mineral or of the codes of the stage and are marked `default`
   (with `basis="published"` also those marked `published`, the default ones first; the longest matching code wins);
2. the row of `class_elasticities` for the market class of the mineral at that stage, which is learnt from natural
   experiments and documented events (see `sogdia.hindcast`);
3. the row of `class_elasticities` for the class `all`.

No row of the embedded table is marked `default`: published estimates and the class values measure different things. A
published demand elasticity is that of world consumption with stocks held fixed; a class value is what one trade market
shows within a year, when stocks, home mines and swing suppliers answer too. One set of low elasticities for all markets
makes an ore ban raise prices two to sixteen times where they rose by a tenth to a third. Tariff responses (ProTEE, up
to 92) are answers over years to a lasting difference between two suppliers and never describe a shock of a year; they
are marked `reference`, as are estimates from single events, so that no event is judged by itself. Mark a row of your
own `default` to have it used.

With s the value for the short horizon (a year or less), l for the long (five years or more) and h the horizon in years,

    value = s^(1 - w) l^w,    w = (h - 1) / (5 - 1), clipped to 0..1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import polars as pl

from sogdia.answer import each_once
from sogdia.data.minerals import STAGES, Mineral
from sogdia.data.source_ids import split_ids
from sogdia.data.store import Store
from sogdia.errors import DataError, unknown, wrong_argument

SHORT_YEARS, LONG_YEARS = 1.0, 5.0
USES = {"default": ("default",), "published": ("default", "published")}
WHOLE_CODE = 6
COUNTS = ("episodes", "events")
Kind = Literal["substitution", "demand", "supply"]
Basis = Literal["default", "published"]


@dataclass(frozen=True, slots=True)
class Elasticity:
    """An elasticity [% per %] with its range, low <= central <= high, all above 0.

    chosen: what it was taken from at the short and the long end, e.g. ("class processed", "own rows"). episodes,
    events: natural experiments and documented events behind the short end; moved: how far they moved it from what was
    believed before, as a factor.
    """

    low: float
    central: float
    high: float
    source_ids: tuple[str, ...]
    chosen: tuple[str, ...]
    episodes: int = 0
    events: int = 0
    moved: float = 1.0


@dataclass(frozen=True, slots=True)
class Elasticities:
    """sigma: substitution between sources; eta: demand, absolute value; eps: supply.

    The market has one equilibrium for sure where sigma > eta; the class values keep to that over their whole ranges,
    published values need not.
    """

    sigma: Elasticity
    eta: Elasticity
    eps: Elasticity

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of all three, each once."""
        return each_once(self.sigma.source_ids, self.eta.source_ids, self.eps.source_ids)

    @property
    def backing(self) -> str:
        """What stands behind the figures, in words: how many experiments and events, and how far they moved each."""
        episodes, events = (max(getattr(e, name) for e in (self.sigma, self.eta, self.eps)) for name in COUNTS)
        if not episodes and not events:
            return "from no data: assumptions and published figures alone"
        moved = ", ".join(f"{name} by a factor of {e.moved:.2g}" for name, e in self._named())
        return (
            f"moved from what was believed before by {episodes} natural experiments and {events} documented events of "
            f"the class: {moved}"
        )

    def _named(self) -> tuple[tuple[str, Elasticity], ...]:
        return ("substitution", self.sigma), ("demand", self.eta), ("supply", self.eps)


def elasticities_for(
    store: Store, mineral: str, stage: str | None, horizon_years: float, *, basis: Basis = "default"
) -> Elasticities:
    """The elasticities of a mineral at a stage (None: all its stages) for a horizon in years.

    >>> from sogdia.data import open_store
    >>> elasticities_for(open_store(), "rare_earths", "compound", 1).sigma.chosen
    ('class processed',)
    """
    if basis not in USES:
        raise unknown("basis", basis, USES)
    if stage is not None and stage not in STAGES:
        raise unknown("stage", stage, STAGES)
    if not 0 < horizon_years < float("inf"):
        rule, remedy = "a horizon is a number of years above 0", "Write 1 for a year, 5 for the long run."
        raise wrong_argument("horizon_years", rule, remedy, horizon_years)
    found = store.mineral(mineral)
    classes = store.scan("class_elasticities").collect().rows(named=True)
    own = store.scan("elasticities").filter(pl.col("use").is_in(USES[basis])).collect().rows(named=True)

    def over_horizon(kind: Kind) -> Elasticity:
        short, long = (_at(own, classes, found, stage, kind, end) for end in ("short", "long"))
        return interpolate(short, long, horizon_years)

    return Elasticities(over_horizon("substitution"), over_horizon("demand"), over_horizon("supply"))


def class_elasticities(store: Store, name: str, horizon_years: float, *, prior: bool = False) -> Elasticities:
    """The elasticities of a market class for a horizon.

    prior: from the table `class_priors`, what was believed before any data were looked at, instead of
    `class_elasticities`, what natural experiments and documented events made of it.
    """
    table = "class_priors" if prior else "class_elasticities"
    rows = store.scan(table).collect().rows(named=True)

    def over_horizon(kind: Kind) -> Elasticity:
        short, long = (_of_class(rows, name, kind, end) for end in ("short", "long"))
        return interpolate(short, long, horizon_years)

    return Elasticities(over_horizon("substitution"), over_horizon("demand"), over_horizon("supply"))


def market_class(mineral: Mineral, stage: str | None) -> str:
    """The class whose elasticities hold at a stage: processed beyond the ore, unless the mineral is precious.

    Without a stage it is the mineral's own class.
    """
    beyond_ore = stage not in (None, "ore")
    return "processed" if beyond_ore and mineral.market_class != "precious" else mineral.market_class


def interpolate(short: Elasticity, long: Elasticity, horizon_years: float) -> Elasticity:
    """The range between the short and the long one, geometrically by years."""
    weight = min(max((horizon_years - SHORT_YEARS) / (LONG_YEARS - SHORT_YEARS), 0.0), 1.0)
    if weight == 0.0 or short == long:
        return short
    if weight == 1.0:
        return long
    return Elasticity(
        short.low ** (1 - weight) * long.low**weight,
        short.central ** (1 - weight) * long.central**weight,
        short.high ** (1 - weight) * long.high**weight,
        each_once(short.source_ids, long.source_ids),
        each_once(short.chosen, long.chosen),
        short.episodes,
        short.events,
        short.moved,
    )


def _at(
    own: Sequence[dict[str, Any]],
    classes: Sequence[dict[str, Any]],
    mineral: Mineral,
    stage: str | None,
    kind: Kind,
    horizon: str,
) -> Elasticity:
    """The range at one end of the horizon."""
    like = _of_class(classes, market_class(mineral, stage), kind, horizon)
    mine = [row for row in own if (row["kind"], row["horizon"]) == (kind, horizon)]
    for use in USES["published"]:
        rows = _most_specific([row for row in mine if row["use"] == use], mineral, stage)
        if rows:
            return _pooled(rows, like)
    return like


def _of_class(classes: Sequence[dict[str, Any]], name: str, kind: Kind, horizon: str) -> Elasticity:
    """The range of a class at one end of the horizon, or of the class `all`."""
    at_end = [row for row in classes if (row["kind"], row["horizon"]) == (kind, horizon)]
    by_class = {row["market_class"]: row for row in at_end}
    found = by_class.get(name) or by_class.get("all")
    if found is None:
        raise DataError(f"class_elasticities has no row for {name} or all, {kind}, {horizon}.")
    chosen = f"class {found['market_class']}"
    learnt = found.get("episodes") or 0, found.get("events") or 0, math.exp(found.get("moved") or 0.0)
    return Elasticity(found["low"], found["central"], found["high"], split_ids(found["source_id"]), (chosen,), *learnt)


def _most_specific(rows: Sequence[dict[str, Any]], mineral: Mineral, stage: str | None) -> list[dict[str, Any]]:
    """The rows that speak of the mineral's codes at the stage, those on the longest code; a row on the whole mineral
    ranks with those on a six-digit code."""
    codes = mineral.hs6(stage)

    def digits(row: dict[str, Any]) -> int:
        scope = row["hs_scope"]
        if scope is None:
            return WHOLE_CODE if row["mineral"] == mineral.key else 0
        return len(scope) if any(code.startswith(scope) for code in codes) else 0

    longest = max((digits(row) for row in rows), default=0)
    return [row for row in rows if longest and digits(row) == longest]


def _pooled(rows: Sequence[dict[str, Any]], like: Elasticity) -> Elasticity:
    """Several estimates as one: the median, from the lowest end to the highest; a lone figure without a range gets the
    relative range of its class."""
    central = median(row["central"] for row in rows)
    low = min(row["central"] if row["low"] is None else row["low"] for row in rows)
    high = max(row["central"] if row["high"] is None else row["high"] for row in rows)
    if low == high:
        low, high = central * like.low / like.central, central * like.high / like.central
    if low <= 0:
        subjects = ", ".join(dict.fromkeys(row["subject"] for row in rows))
        raise DataError(f"elasticities marked for use must be above 0, but {subjects} has {low}. Mark it `reference`.")
    return Elasticity(low, central, high, split_ids(*(row["source_id"] for row in rows)), ("own rows",))
