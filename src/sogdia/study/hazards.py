"""Questions on what can put a place, a link or a country out of service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.hazards.profile import HazardProfile
    from sogdia.hazards.seismic.scenario import RuptureDamage
    from sogdia.network import Corridors, NetworkFiles


class HazardQuestions(StudyNames):
    """Earthquakes, lake outbursts, warming, conflict."""

    def hazard(
        self, target: str, *, code_level: str | None = None, asset: str | None = None, warming: float | None = None,
        actions: str | Sequence[str] = (), lake_volume_m3: float | None = None, radius_km: float | None = None,
        curves: Path | str | None = None, flow_paths: Path | str | None = None, incidents: Path | str | None = None,
        corridors: Corridors | None = None, **files: Unpack[NetworkFiles],
    ) -> HazardProfile:  # fmt: skip
        """The outages of a place, link, border or country by cause: rate a year, days, evidence (`sogdia.hazards`).

        target: an id or a name; code_level: pre, low, moderate or high, by default as built; asset: what stands at a
        place (process_plant, warehouse, ...); warming: degrees above the pre-industrial climate, by default today's;
        actions: hardening, drainage, early_warning; lake_volume_m3: shows the peak discharge of its outburst;
        curves, flow_paths, incidents: your own files of hazard curves, ways of floods from lakes, and armed incidents
        (ACLED or GTD); radius_km: how near an incident counts; corridors, files: your own network, as for `route`.
        """
        from sogdia import arguments
        from sogdia.hazards.question import options_of, profile
        from sogdia.network import assembled

        place = arguments.name("target", target, "KAZ:Almaty")
        whole = assembled(base=corridors, **files)
        options = options_of(
            whole.network, code_level=code_level, asset=asset, warming=warming, actions=actions, radius_km=radius_km,
            curves=curves, flow_paths=flow_paths, incidents=incidents,
        )  # fmt: skip
        return profile(whole, self.store, place, options, lake_volume_m3)

    def earthquake(
        self, rupture: str, target: str | None = None, *, code_level: str | None = None,
        corridors: Corridors | None = None,
    ) -> RuptureDamage:  # fmt: skip
        """What one earthquake does to the sites within 300 km of it.

        rupture: an earthquake of the past by name (`chilik_1889`, `Kemin`), or lat,lon,magnitude; target: a place, link
        or country to which the answer is limited; code_level: as for `hazard`.
        """
        from sogdia import arguments
        from sogdia.hazards.question import options_of
        from sogdia.hazards.seismic.scenario import rupture_of, shaken
        from sogdia.hazards.seismic.sites import sites
        from sogdia.hazards.targets import target_named
        from sogdia.network import assembled

        quake = rupture_of(arguments.name("rupture", rupture, "chilik_1889"))
        whole = assembled(base=corridors)
        asked = None if target is None else target_named(whole, arguments.name("target", target, "KAZ:Almaty")).members
        found, _ = sites(whole.network, options_of(whole.network, code_level=code_level), asked)
        return shaken(quake, found)
