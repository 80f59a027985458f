"""Questions on how a product reaches the importer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.corridors import Routes
    from sogdia.network import Corridors, NetworkFiles


class CorridorQuestions(StudyNames):
    """Routes over the network."""

    def route(
        self, origin: str, destination: str | None = None, *, mineral: str, stage: str | None = None,
        close: str | Sequence[str] = (), upgrade: str | Sequence[str] = (), k: int | None = None,
        corridors: Corridors | None = None, **files: Unpack[NetworkFiles],
    ) -> Routes:  # fmt: skip
        """The alternatives from a mine or plant to a port (see `sogdia.corridors.route`).

        origin, destination: places by id or name, by default the importer's cheapest port; close, upgrade: ids or
        names; k: how many alternatives at most, the cheapest first; corridors, files (network, links, places, borders,
        formalities): your own instead of the embedded network, or joined to it (see `sogdia.network.assembled`).
        """
        from sogdia.corridors import route_between
        from sogdia.network import assembled

        return route_between(
            assembled(base=corridors, **files), self.store, self.importer, origin, destination,
            mineral=mineral, stage=stage, close=close, upgrade=upgrade, k=k,
        )  # fmt: skip
