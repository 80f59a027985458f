"""Questions on what a disruption does to the importer, and on how far the model may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack, cast

from sogdia import arguments
from sogdia.answer import each_once
from sogdia.errors import wrong_argument
from sogdia.progress import Progress
from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.hindcast import Hindcast
    from sogdia.hindcast.panel.backtest import Backtest
    from sogdia.scenarios.case import CaseQuestion
    from sogdia.shock.chain_shock import ChainShock
    from sogdia.shock.corridor_events import CorridorEvents, CorridorOptions
    from sogdia.shock.market_shock import Shock
    from sogdia.shock.question import ShockOptions
    from sogdia.shock.supplier_loss import SupplierLosses


class ShockQuestions(StudyNames):
    """Shocks to one market or to a chain of stages, losses of suppliers, and the model against what happened."""

    def shock(
        self, mineral: str | None = None, *, case: str | None = None, ore_only: bool = False,
        **asked: Unpack[ShockOptions],
    ) -> Shock:  # fmt: skip
        """What events do to the importer: `cut="CHN=0.4"`, a scenario or its file, a corridor state.

        case: a scenario by its name, as antimony_2024 or loss:CHN (see `Study.scenarios`). mineral: or a product of
        processing ("antimony trioxide", "gallium"), whose market is made of output by country and the importer's
        purchases where its trade is not in the store. NoAnswerError where the importer buys the mineral in forms that
        the trade codes do not see (coverage fringe); ore_only: insist on the part that is seen.

        Keywords (see `sogdia.shock.question.ShockOptions`): scenario; or cut (with share), quota, embargo, duty,
        output, demand, way, outside, horizon_years, contracted_share, stock; corridor, corridor_days, upgrade; year or
        base_years, stage, through_hubs, assume_home; draws.
        """
        from sogdia.shock.market_shock import answer
        from sogdia.shock.product_shock import product_shock
        from sogdia.shock.question import shock_question
        from sogdia.shock.visible_trade import coverage_notes, visible_trade

        named = None if case is None else self._case(case, mineral, asked)
        if named is not None:
            mineral, asked = named.mineral, cast("ShockOptions", {**asked, **named.asked})
        question = shock_question(self.store, self.importer, self.year, mineral, asked)
        if named is not None:
            told, sources = (*named.notes, *question.notes), each_once(named.source_ids, question.source_ids)
            question = replace(question, notes=told, source_ids=sources)
        if question.product is not None:
            return product_shock(self.store, self.importer, question, question.product)
        seen = visible_trade(self.store, self.importer, question.mineral, question.years, insist=ore_only)
        notes = coverage_notes(self.importer, question.mineral, seen)
        found = answer(self.store, self.importer, replace(question, notes=(*question.notes, *notes)))
        return replace(found, coverage=seen)

    def _case(self, case: str, mineral: str | None, asked: ShockOptions) -> CaseQuestion:
        """What a named case asks; InputError where something else says too what happens."""
        from sogdia.scenarios.case import case_question

        if asked.get("scenario") is not None:
            raise wrong_argument("case", "a case and a scenario exclude each other", "Keep one of them.", case)
        return case_question(self.store, arguments.name("case", case, "antimony_2024"), mineral, asked)

    def shock_chain(
        self, mineral: str | None = None, *, ore_only: bool = False, **asked: Unpack[ShockOptions]
    ) -> ChainShock:  # fmt: skip
        """The same with all stages of the mineral's chain cleared together: tables for each stage."""
        from sogdia.shock.chain_shock import chain_answer
        from sogdia.shock.question import shock_question
        from sogdia.shock.visible_trade import coverage_notes, visible_trade

        asked_for = shock_question(self.store, self.importer, self.year, mineral, asked, chain=True)
        seen = visible_trade(self.store, self.importer, asked_for.mineral, asked_for.years, insist=ore_only)
        notes = coverage_notes(self.importer, asked_for.mineral, seen)
        found = chain_answer(self.store, self.importer, replace(asked_for, notes=(*asked_for.notes, *notes)))
        return replace(found, stages=tuple(replace(stage, coverage=seen) for stage in found.stages))

    def supplier_losses(
        self, mineral: str | Sequence[str] | None = None, *, year: int | None = None, draws: int | None = None
    ) -> SupplierLosses:
        """What the loss of each main supplier would do to the importer, mineral by mineral; by default of the minerals
        that the trade codes see, without gold and silver. Products of processing with a market of their own stand in a
        block apart.
        """
        from sogdia.shock.supplier_loss import supplier_losses
        from sogdia.shock.visible_trade import visible_minerals

        minerals, at = self.minerals(mineral), self.year(year)
        asked = minerals if mineral is not None else visible_minerals(self.store, self.importer, minerals, at)
        answer = supplier_losses(
            self.store, self.importer, asked, at, draws=draws, products_of=None if mineral is None else minerals
        )
        return replace(answer, notes=(*self._remarks(mineral), *answer.notes))

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
