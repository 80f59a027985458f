"""One importer, its partners, and the questions one asks about them.

    study = Study(importer="JPN", partners=["KAZ", "UZB"])
    study.expose().table()
    study.brief("out/")

Names and defaults are resolved here and in `subject`; the rooms below get countries, minerals and years that exist. A
room is imported when a question first needs it, so that asking for suppliers does not wait for the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from sogdia.data.minerals import without_fuels
from sogdia.exposure import (
    Exposure,
    PartnerSupply,
    TracedOrigin,
    expose,
    expose_company,
    history,
    partner_supply,
    traced_origin,
)
from sogdia.exposure.trade_codes import check_codes, check_stage
from sogdia.subject import Subject

if TYPE_CHECKING:
    from sogdia.brief.report import Report
    from sogdia.corridors import Routes
    from sogdia.hindcast import Hindcast
    from sogdia.network import Corridors
    from sogdia.shock.chain_shock import ChainShock
    from sogdia.shock.corridor_events import CorridorEvents
    from sogdia.shock.market_shock import Shock
    from sogdia.shock.question import ShockOptions
    from sogdia.shock.supplier_loss import SupplierLosses

Progress = Callable[[str], None]


class Study(Subject):
    """A study of one importer. Cheap to make: the store is read when a question is asked.

    importer, partners: ISO alpha-3 codes, English names, or regions (EU27, CENTRAL_ASIA, or one of `regions`, a
    mapping from a name to ISO codes). One partner may be given as text; by default they are Central Asia without the
    importer. A country counts once: InputError where two partners, or a partner and the importer, share one.
    store: a store folder; by default the embedded data with the user's own over it.
    """

    def expose(
        self, mineral: str | Sequence[str] | None = None, *, year: int | None = None, stage: str | None = None
    ) -> Exposure:
        """The importer's position in each mineral in one year (see `sogdia.exposure.measures`).

        stage: count one stage's codes only. UnknownNameError for a stage there is not; NoAnswerError when none of the
        minerals has a trade code (at the stage).
        """
        check_stage(self.store, stage)
        chosen, at = self.minerals(mineral), self.year(year)
        check_codes(chosen, at, stage)
        return expose(self.store, [self.importer], chosen, [at], stage)

    def expose_company(
        self, company: str, mineral: str | Sequence[str] | None = None, *, year: int | None = None
    ) -> Exposure:
        """The position of a company by its own purchases, which `sogdia data add` has put into the store."""
        return expose_company(self.store, company, self.minerals(mineral), self.year(year))

    def history(self, mineral: str | Sequence[str] | None = None) -> Exposure:
        """The same in every year of the data."""
        return history(self.store, self.importer, self.minerals(mineral))

    def origin(self, mineral: str, *, year: int | None = None) -> TracedOrigin:
        """Where the ore that the importer consumes was mined, once trading hubs are seen through."""
        return traced_origin(self.store, self.importer, self.store.mineral(mineral), self.year(year))

    def partner_supply(self, *, year: int | None = None) -> PartnerSupply:
        """What the partners export and produce, mineral by mineral."""
        everything = without_fuels(self.store.minerals.values())
        return partner_supply(self.store, self.importer, self.partners, everything, self.year(year))

    def shock(self, mineral: str | None = None, **asked: Unpack[ShockOptions]) -> Shock:
        """What events do to the importer: `cut="CHN=0.4"`, a scenario or its file, a corridor state.

        Keywords (see `sogdia.shock.question.ShockOptions`): scenario; or cut (with share), quota, embargo, duty,
        output, demand, way, horizon_years, contracted_share, stock; corridor, corridor_days, upgrade; year or
        base_years, stage, through_hubs; draws.
        """
        from sogdia.shock.market_shock import answer
        from sogdia.shock.question import shock_question

        return answer(self.store, self.importer, shock_question(self.store, self.importer, self.year, mineral, asked))

    def shock_chain(self, mineral: str | None = None, **asked: Unpack[ShockOptions]) -> ChainShock:
        """The same with all stages of the mineral's chain cleared together: tables for each stage."""
        from sogdia.shock.chain_shock import chain_answer
        from sogdia.shock.question import shock_question

        question = shock_question(self.store, self.importer, self.year, mineral, asked, chain=True)
        return chain_answer(self.store, self.importer, question)

    def supplier_losses(
        self, mineral: str | Sequence[str] | None = None, *, year: int | None = None, draws: int | None = None
    ) -> SupplierLosses:
        """What the loss of each main supplier would do to the importer, mineral by mineral."""
        from sogdia.shock.supplier_loss import DRAWS, supplier_losses

        count = DRAWS if draws is None else draws
        return supplier_losses(self.store, self.importer, self.minerals(mineral), self.year(year), draws=count)

    def corridor_events(
        self, mineral: str, *, state: str | None = None, upgrade: str | None = None, days: float | None = None,
        origins: str | Sequence[str] = (), year: int | None = None, base_years: Sequence[int] | str | None = None,
        stage: str | None = None, through_hubs: bool = False, corridors: Corridors | None = None,
    ) -> CorridorEvents:  # fmt: skip
        """A corridor state (say `china_dispute`) or upgrade (say `customs`) as events, for `corridor` of `shock`.

        days: how long the state holds, by default its central duration; origins: places of the network that stand for
        their countries instead of those of the table of shipments. Year, stage and hubs are those of the shock.
        """
        from sogdia.shock.corridor_events import corridor_events_for
        from sogdia.shock.question import base_years_of

        years = base_years_of(self.year, year, base_years)
        return corridor_events_for(
            self.store, self.importer, self.store.mineral(mineral), years, stage, state=state, upgrade=upgrade,
            days=days, origins=origins, through_hubs=through_hubs, corridors=corridors,
        )  # fmt: skip

    def hindcast(
        self, *, events: Path | str | None = None, min_share_of_world: float | None = None,
        progress: Progress = lambda _: None,
    ) -> Hindcast:  # fmt: skip
        """The model against the documented events, or against those of your own table, from which others may teach."""
        from sogdia.hindcast import hindcast

        return hindcast(self.store, events, min_share_of_world=min_share_of_world, progress=progress)

    def report(
        self, *, minerals: str | Sequence[str] | None = None, year: int | None = None, with_hindcast: bool = True,
        progress: Progress = lambda _: None,
    ) -> Report:  # fmt: skip
        """Compute everything the brief shows. progress: called with the name of each step.

        with_hindcast: judge the model by the documented events, which does not depend on the importer.
        """
        from sogdia.brief.collect import collect

        return collect(
            self.store, self.importer, self.partners, self.minerals(minerals), self.year(year),
            every_mineral=minerals is None, with_hindcast=with_hindcast, progress=progress,
        )  # fmt: skip

    def brief(
        self, out: Path | str, *, minerals: str | Sequence[str] | None = None, year: int | None = None,
        progress: Progress = lambda _: None,
    ) -> Path:  # fmt: skip
        """Write the report as a folder: brief.html, tables.xlsx, figures, data and manifest.json. Return the folder."""
        from sogdia.brief import must_be_replaceable, write

        must_be_replaceable(Path(out))
        report = self.report(minerals=minerals, year=year, progress=progress)
        progress("writing")
        return write(report, Path(out), self.store, progress)

    def route(
        self, origin: str, destination: str | None = None, *, mineral: str, stage: str | None = None,
        close: str | Sequence[str] = (), upgrade: str | Sequence[str] = (), k: int | None = None,
        corridors: Corridors | None = None, network: Path | str | None = None, links: Path | str | None = None,
        places: Path | str | None = None, borders: Path | str | None = None, formalities: Path | str | None = None,
    ) -> Routes:  # fmt: skip
        """The alternatives from a mine or plant to a port (see `sogdia.corridors.route`).

        origin, destination: places by id or name, by default the importer's main port; close, upgrade: ids or names;
        k: how many alternatives at most, the cheapest first; corridors, network, links, places, borders, formalities:
        your own instead of the embedded network, or joined to it (see `sogdia.network.assembled`).
        """
        from sogdia.corridors import route_between
        from sogdia.network import assembled

        used = assembled(
            base=corridors, network=network, links=links, places=places, borders=borders, formalities=formalities
        )
        return route_between(
            used, self.store, self.importer, origin, destination,
            mineral=mineral, stage=stage, close=close, upgrade=upgrade, k=k,
        )  # fmt: skip
