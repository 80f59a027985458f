"""Questions on who supplies what, and on what partners can offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sogdia import arguments, exposure
from sogdia.codes import economy, must_be_disjoint
from sogdia.data.minerals import without_fuels
from sogdia.progress import Progress
from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.matching import Matching


class ExposureQuestions(StudyNames):
    """Exposure of the importer, of a company, of an exporter; needs against offers."""

    def expose(
        self, mineral: str | Sequence[str] | None = None, *, year: int | None = None, stage: str | None = None,
        with_gold: bool = False, through_hubs: bool = False,
    ) -> exposure.Exposure:  # fmt: skip
        """The importer's position in each mineral in one year (see `sogdia.exposure.measures`), and in the products of
        processing made of them.

        mineral: or products of processing, also those whose mineral has no figures ("magnesium").
        stage: count one stage's codes only; with_gold: rank gold and silver too; through_hubs: re-exports are given to
        their makers. UnknownNameError for a stage there is not; NoAnswerError when none of the minerals has a trade
        code (at the stage).
        """
        minerals = self.minerals() if mineral is None else self._with_minerals(mineral)
        answer = exposure.expose_importer(
            self.store, self.importer, minerals, self.year(year), stage,
            with_gold=bool(with_gold), through_hubs=bool(through_hubs), every_product=mineral is None,
            products=self._products_alone(mineral),
        )  # fmt: skip
        return replace(answer, notes=(*self._remarks(mineral), *answer.notes))

    def expose_company(
        self, company: str, mineral: str | Sequence[str] | None = None, *, year: int | None = None
    ) -> exposure.Exposure:
        """The position of a company by its own purchases, which `sogdia data add` has put into the store."""
        answer = exposure.expose_company(self.store, company, self.minerals(mineral), self.year(year))
        return replace(answer, notes=(*self._remarks(mineral), *answer.notes))

    def history(self, mineral: str | Sequence[str] | None = None) -> exposure.Exposure:
        """The same in every year of the data."""
        answer = exposure.history(self.store, self.importer, self.minerals(mineral))
        return replace(answer, notes=(*self._remarks(mineral), *answer.notes))

    def origin(self, mineral: str, *, year: int | None = None) -> exposure.TracedOrigin:
        """Where the ore that the importer consumes was mined, once trading hubs are seen through."""
        return exposure.traced_origin(self.store, self.importer, self.store.mineral(mineral), self.year(year))

    def partner_supply(self, *, year: int | None = None) -> exposure.PartnerSupply:
        """What the partners export and produce, mineral by mineral."""
        minerals = without_fuels(self.store.minerals.values())
        return exposure.partner_supply(self.store, self.importer, self.partners, minerals, self.year(year))

    def expose_exporter(
        self, exporter: str, mineral: str | Sequence[str] | None = None, *, year: int | None = None
    ) -> exposure.ExporterPosition:
        """The buyers of an exporter's minerals, how far each depends on the other, and the demand it does not meet."""
        seller = economy(arguments.name("exporter", exporter, "KAZ"), self._own)
        answer = exposure.exporter_position(self.store, seller, self.minerals(mineral), self.year(year))
        return replace(answer, notes=(*self._remarks(mineral), *answer.notes))

    def match(
        self, partner: str | None = None, mineral: str | Sequence[str] | None = None, *, year: int | None = None,
        with_losses: bool = True, progress: Progress = lambda _: None,
    ) -> Matching:  # fmt: skip
        """What a partner can offer that the importer needs, product by product, and the other way round.

        partner: a country or region, by default the study's partners together; with_losses: clear the market of each
        mineral that is offered for what the loss of its main supplier would cost. InputError where partner and importer
        share a country.
        """
        from sogdia.matching import matching

        seller = self._together() if partner is None else economy(arguments.name("partner", partner, "KAZ"), self._own)
        must_be_disjoint(self.importer, (seller,))
        answer = matching(
            self.store, self.importer, seller, self.minerals(mineral), self.year(year),
            every_product=mineral is None, with_losses=bool(with_losses), progress=progress,
        )  # fmt: skip
        return replace(answer, notes=(*self._remarks(mineral), *answer.notes))
