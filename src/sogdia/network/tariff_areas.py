"""The tariff group of a way: the railway or road area of a country, or the trade in which ships sail.

Ships out of a region whose exports fill them pay the headhaul, ships back the backhaul, ships within one region the
regional rate. A trade is looked up by both regions, then by one of them with `*` for the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sogdia.network.records import Place

ELSEWHERE = "*"
SHIPS = ("sea", "ferry")
REGIONAL = "regional"


@dataclass(frozen=True, slots=True)
class TariffAreas:
    """countries: group by mode and country; regions: region of the sea by place or country; trades: by both regions."""

    countries: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    regions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    trades: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    def group(self, mode: str, start: Place, end: Place) -> str | None:
        """The group of a way from one place to another, None where nothing is stated."""
        if mode not in SHIPS:
            return self.countries.get((mode, start.country))
        if mode == "ferry":
            return self._of_port(self.countries, mode, start)
        ends = self._region(start), self._region(end)
        if ends[0] == ends[1] and ends[0] != ELSEWHERE:
            return REGIONAL
        tried = (ends, (ends[0], ELSEWHERE), (ELSEWHERE, ends[1]))
        return next((self.trades[pair] for pair in tried if pair in self.trades), None)

    def _region(self, place: Place) -> str:
        return self.regions.get(place.id, self.regions.get(place.country, ELSEWHERE))

    @staticmethod
    def _of_port(countries: Mapping[tuple[str, str], str], mode: str, place: Place) -> str | None:
        return countries.get((mode, place.id), countries.get((mode, place.country)))
