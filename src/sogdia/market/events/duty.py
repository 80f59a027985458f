"""An exporter taxes what leaves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sogdia.market.events.checks import require
from sogdia.market.events.effects import Effects, Event
from sogdia.market.events.exports import export_lanes
from sogdia.market.lanes import Lanes
from sogdia.market.traded import TradedMarket


@final
@dataclass(frozen=True, slots=True)
class ExportDuty(Event):
    """rate: duty as a fraction of the export price (0.25 for 25 %), on all exports."""

    country: str
    rate: float

    def __post_init__(self) -> None:
        require(
            np.isfinite(self.rate) and self.rate >= 0, "rate", self.rate, "a duty rate is a fraction, not negative",
            "Write 25 % as 0.25.",
        )  # fmt: skip

    def effects(self, market: TradedMarket, laid: Lanes) -> Effects:
        """Delivered cost times 1 + rate on the export lanes."""
        none = Effects.none(market, laid)
        duty = none.duty.copy()
        duty[export_lanes(market, laid, self.country)] = self.rate
        return replace(none, duty=duty)

    def touches(self) -> frozenset[tuple[str, str]]:
        """The duty of the country."""
        return frozenset({("duty", self.country)})

    def describe(self) -> str:
        """E.g. "CHN taxes exports at 25 %"."""
        return f"{self.country} taxes exports at {self.rate:.0%}"
