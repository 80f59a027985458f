"""The groups of pairs that the scores are shown for, side by side.

All but `later_years` and `placebo` hold first years only. The placebo judges the same forecasts by the year before the
fall, when nothing had happened yet: a gain there would be none of the model's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sogdia.hindcast.panel.build import Judged
from sogdia.hindcast.panel.price_measure import JUDGED
from sogdia.hindcast.panel.settings import Settings

ALL, PLACEBO, LATER = "all", "placebo", "later_years"
Chooses = Callable[[Judged], bool]


def filters(limits: Settings) -> Mapping[str, Chooses]:
    """Name -> whether an episode belongs to the group, in the order in which they are shown."""
    of_first: dict[str, Chooses] = {
        ALL: lambda one: True,
        "supply_falls": lambda one: one.episode.supply_part >= limits.own_part,
        "makers": lambda one: one.episode.maker,
        "rivals_grew": lambda one: one.episode.rivals_grew >= limits.rivals_grew,
        "loss_10": lambda one: one.episode.lost_share >= limits.loss_10,
        "loss_20": lambda one: one.episode.lost_share >= limits.loss_20,
        "supply_falls_of_makers": lambda one: one.episode.supply_part >= limits.own_part and one.episode.maker,
        "record_goes_on": lambda one: not one.episode.breaks,
        "price_quoted": lambda one: one.measure.status == JUDGED,
        PLACEBO: lambda one: True,
    }
    first = {name: _first(chooses) for name, chooses in of_first.items()}
    return {**first, LATER: lambda one: one.episode.years_since > 1}


def _first(chooses: Chooses) -> Chooses:
    return lambda one: one.episode.years_since == 1 and chooses(one)
