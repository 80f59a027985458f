"""One importer, its partners, and the questions one asks about them.

Names, guesses and defaults are resolved here; the rooms below get countries, minerals and years that exist. A room is
imported when a question first needs it, so that asking for suppliers does not wait for the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from sogdia import arguments, exposure
from sogdia.codes import Region, economy, must_be_disjoint
from sogdia.data import Mineral, Store, open_store
from sogdia.data.description import as_line, as_table, facts
from sogdia.data.minerals import without_fuels
from sogdia.data.region_file import regions_of

if TYPE_CHECKING:
    from sogdia.brief.report import Report
    from sogdia.corridors import Routes
    from sogdia.hindcast import Hindcast
    from sogdia.hindcast.panel.backtest import Backtest
    from sogdia.network import Corridors, NetworkFiles
    from sogdia.shock.chain_shock import ChainShock
    from sogdia.shock.corridor_events import CorridorEvents, CorridorOptions
    from sogdia.shock.market_shock import Shock
    from sogdia.shock.question import ShockOptions
    from sogdia.shock.supplier_loss import SupplierLosses

CENTRAL_ASIA = ("KAZ", "UZB", "KGZ", "TJK", "TKM")
Progress = Callable[[str], None]


class Study:
    """A study of one importer. Cheap to make: the store is read when a question is asked.

    importer, partners: ISO alpha-3 codes, names, or regions (EU27, CENTRAL_ASIA, or one of `regions`). One partner may
    be given as text; by default they are Central Asia without the importer. A country counts once: InputError where
    two partners, or a partner and the importer, share one. regions: your own, a mapping from a name to countries or the
    path of a TOML file that has one. store: a store folder; by default the embedded data with the user's own over it.
    """

    def __init__(
        self, importer: str = "JPN", partners: str | Sequence[str] | None = None, *,
        regions: Mapping[str, Sequence[str]] | Path | str | None = None, store: Store | Path | str | None = None,
    ) -> None:  # fmt: skip
        own = regions_of(regions)
        self.store = store if isinstance(store, Store) else open_store(store)
        self.importer: Region = economy(arguments.name("importer", importer, "JPN"), own)
        if partners is None:
            partners = [partner for partner in CENTRAL_ASIA if partner not in self.importer.members]
        named = arguments.names("partners", partners, "KAZ")
        self.partners: tuple[Region, ...] = tuple(economy(partner, own) for partner in named)
        must_be_disjoint(self.importer, self.partners)

    def __repr__(self) -> str:
        return f"<Study: {as_line(facts(self.importer, self.partners, self.store))}>"

    def _repr_html_(self) -> str:
        return as_table(facts(self.importer, self.partners, self.store))

    def year(self, wanted: int | None = None) -> int:
        """The year to work with; UnknownNameError when the store has no trade for it."""
        if wanted is None:
            return self.store.complete_year
        return self.store.traded_year(arguments.whole_number("year", wanted, 2022))

    def minerals(self, wanted: str | Sequence[str] | None = None) -> tuple[Mineral, ...]:
        """The minerals named, each once; by default every mineral with trade codes but coal, oil and gas."""
        if wanted is None:
            return tuple(m for m in without_fuels(self.store.minerals.values()) if m.codes)
        named = (self.store.mineral(name) for name in arguments.names("mineral", wanted, "tungsten"))
        return tuple({mineral.key: mineral for mineral in named}.values())

    def expose(
        self, mineral: str | Sequence[str] | None = None, *, year: int | None = None, stage: str | None = None,
        with_gold: bool = False, through_hubs: bool = False,
    ) -> exposure.Exposure:  # fmt: skip
        """The importer's position in each mineral in one year (see `sogdia.exposure.measures`), and in the products of
        processing made of them.

        stage: count one stage's codes only; with_gold: rank gold and silver too; through_hubs: re-exports are given to
        their makers. UnknownNameError for a stage there is not; NoAnswerError when none of the minerals has a trade
        code (at the stage).
        """
        return exposure.expose_importer(
            self.store, self.importer, self.minerals(mineral), self.year(year), stage,
            with_gold=bool(with_gold), through_hubs=bool(through_hubs), every_product=mineral is None,
        )  # fmt: skip

    def expose_company(
        self, company: str, mineral: str | Sequence[str] | None = None, *, year: int | None = None
    ) -> exposure.Exposure:
        """The position of a company by its own purchases, which `sogdia data add` has put into the store."""
        return exposure.expose_company(self.store, company, self.minerals(mineral), self.year(year))

    def history(self, mineral: str | Sequence[str] | None = None) -> exposure.Exposure:
        """The same in every year of the data."""
        return exposure.history(self.store, self.importer, self.minerals(mineral))

    def origin(self, mineral: str, *, year: int | None = None) -> exposure.TracedOrigin:
        """Where the ore that the importer consumes was mined, once trading hubs are seen through."""
        return exposure.traced_origin(self.store, self.importer, self.store.mineral(mineral), self.year(year))

    def partner_supply(self, *, year: int | None = None) -> exposure.PartnerSupply:
        """What the partners export and produce, mineral by mineral."""
        minerals = without_fuels(self.store.minerals.values())
        return exposure.partner_supply(self.store, self.importer, self.partners, minerals, self.year(year))

    def shock(
        self, mineral: str | None = None, *, ore_only: bool = False, **asked: Unpack[ShockOptions]
    ) -> Shock:  # fmt: skip
        """What events do to the importer: `cut="CHN=0.4"`, a scenario or its file, a corridor state.

        NoAnswerError where the importer buys the mineral in forms that the trade codes do not see (coverage fringe);
        ore_only: insist on the part that is seen.

        Keywords (see `sogdia.shock.question.ShockOptions`): scenario; or cut (with share), quota, embargo, duty,
        output, demand, way, outside, horizon_years, contracted_share, stock; corridor, corridor_days, upgrade; year or
        base_years, stage, through_hubs, assume_home; draws.
        """
        from sogdia.shock.market_shock import answer
        from sogdia.shock.question import shock_question
        from sogdia.shock.visible_trade import visible_trade

        question = shock_question(self.store, self.importer, self.year, mineral, asked)
        seen = visible_trade(self.store, self.importer, question.mineral, question.years, insist=ore_only)
        return answer(self.store, self.importer, replace(question, notes=(*question.notes, *seen)))

    def shock_chain(
        self, mineral: str | None = None, *, ore_only: bool = False, **asked: Unpack[ShockOptions]
    ) -> ChainShock:  # fmt: skip
        """The same with all stages of the mineral's chain cleared together: tables for each stage."""
        from sogdia.shock.chain_shock import chain_answer
        from sogdia.shock.question import shock_question
        from sogdia.shock.visible_trade import visible_trade

        asked_for = shock_question(self.store, self.importer, self.year, mineral, asked, chain=True)
        seen = visible_trade(self.store, self.importer, asked_for.mineral, asked_for.years, insist=ore_only)
        asked_for = replace(asked_for, notes=(*asked_for.notes, *seen))
        return chain_answer(self.store, self.importer, asked_for)

    def supplier_losses(
        self, mineral: str | Sequence[str] | None = None, *, year: int | None = None, draws: int | None = None
    ) -> SupplierLosses:
        """What the loss of each main supplier would do to the importer, mineral by mineral; by default of the minerals
        that the trade codes see, without gold and silver.
        """
        from sogdia.shock.supplier_loss import supplier_losses
        from sogdia.shock.visible_trade import visible_minerals

        minerals, at = self.minerals(mineral), self.year(year)
        asked = minerals if mineral is not None else visible_minerals(self.store, self.importer, minerals, at)
        return supplier_losses(self.store, self.importer, asked, at, draws=draws)

    def corridor_events(
        self, mineral: str, *, year: int | None = None, base_years: Sequence[int] | str | None = None,
        stage: str | None = None, **asked: Unpack[CorridorOptions],
    ) -> CorridorEvents:  # fmt: skip
        """A corridor state (`state="china_dispute"`) or upgrade (`upgrade="customs"`) as events on the market.

        Keywords: see `sogdia.shock.corridor_events.CorridorOptions`. Year and stage are those of the shock.
        """
        from sogdia.shock.corridor_events import corridor_events_for
        from sogdia.shock.question import base_years_of

        years = base_years_of(self.year, year, base_years)
        return corridor_events_for(self.store, self.importer, self.store.mineral(mineral), years, stage, **asked)

    def hindcast(
        self, *, events: Path | str | None = None, min_share_of_world: float | None = None,
        progress: Progress = lambda _: None,
    ) -> Hindcast:  # fmt: skip
        """The model against the documented events, or against those of your own table, from which others may teach."""
        from sogdia.hindcast import hindcast

        return hindcast(self.store, events, min_share_of_world=min_share_of_world, progress=progress)

    def backtest(
        self, *, minerals: str | Sequence[str] | None = None, codes: str | Sequence[str] | None = None,
        only: str | None = None, progress: Progress = lambda _: None,
    ) -> Backtest:  # fmt: skip
        """The model against every large fall of a main supplier's exports that the trade data show.

        minerals, codes: judge these only, by default all that trade codes are mapped to; what they are judged with is
        then learnt from these alone. only: one group of episodes (see `sogdia.hindcast.panel.filters`).
        """
        from sogdia.hindcast.panel.backtest import backtest, codes_of

        chosen = None if minerals is None else self.minerals(minerals)
        return backtest(self.store, codes_of(self.store, chosen, codes), only=only, progress=progress)

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
        progress: Progress = lambda _: None, wait: float | None = None,
    ) -> Path:  # fmt: skip
        """Write the report as a folder: brief.html, tables.xlsx, figures, data and manifest.json. Return the folder.

        wait: seconds to wait while another process writes a report there, None for as long as it takes (DataError).
        """
        from sogdia.brief import must_be_replaceable, write
        from sogdia.data.lock import must_be_a_wait

        folder = arguments.path("out", out)
        must_be_a_wait(wait)
        must_be_replaceable(folder)
        report = self.report(minerals=minerals, year=year, progress=progress)
        return write(report, folder, self.store, progress, wait)

    def route(
        self, origin: str, destination: str | None = None, *, mineral: str, stage: str | None = None,
        close: str | Sequence[str] = (), upgrade: str | Sequence[str] = (), k: int | None = None,
        corridors: Corridors | None = None, **files: Unpack[NetworkFiles],
    ) -> Routes:  # fmt: skip
        """The alternatives from a mine or plant to a port (see `sogdia.corridors.route`).

        origin, destination: places by id or name, by default the importer's main port; close, upgrade: ids or names;
        k: how many alternatives at most, the cheapest first; corridors, files (network, links, places, borders,
        formalities): your own instead of the embedded network, or joined to it (see `sogdia.network.assembled`).
        """
        from sogdia.corridors import route_between
        from sogdia.network import assembled

        return route_between(
            assembled(base=corridors, **files), self.store, self.importer, origin, destination,
            mineral=mineral, stage=stage, close=close, upgrade=upgrade, k=k,
        )  # fmt: skip
