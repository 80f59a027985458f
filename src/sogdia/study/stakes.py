"""Questions on the industries, incomes and jobs behind minerals, and on what processing is worth to a partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from sogdia import arguments
from sogdia.codes import economy
from sogdia.study.shock import ShockQuestions

if TYPE_CHECKING:
    from sogdia.shock.question import ShockOptions
    from sogdia.stakes import PartnerLedger, Stakes


class StakesQuestions(ShockQuestions):
    """What an importer has at stake in minerals, and a partner in processing them."""

    def stakes(
        self, mineral: str | Sequence[str] | None = None, *, lost_output: bool = False, ore_only: bool = False,
        **asked: Unpack[ShockOptions],
    ) -> Stakes:  # fmt: skip
        """The industries that use minerals and their weight in the economy; with events, what one shock costs each.

        mineral: one or several, or a material of the tables of end uses; None for all of them. Keywords of a shock are
        those of `Study.shock`, for one mineral; it is refused as that is, where its market is not seen. lost_output:
        add the upper range of output that industries could lose.
        """
        from sogdia.shock.money_at_stake import money_at_stake
        from sogdia.stakes import stakes
        from sogdia.stakes.named import one_mineral, without_shock

        given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        if not without_shock(given, lost_output, ore_only):
            one = one_mineral(mineral, given)
            figures = money_at_stake(self.shock(one, ore_only=ore_only, **asked), self.importer)
            return stakes(self.importer, [figures.mineral], shock=figures, lost=lost_output)
        keys, remarks = self._materials(mineral)
        answer = stakes(self.importer, keys)
        return replace(answer, notes=(*remarks, *answer.notes))

    def ledger(self, partner: str | None = None, processing: str = "ferro-alloys") -> PartnerLedger:
        """What a million USD of processing leaves with a partner, against selling the ore.

        partner: a country or region, by default the study's partners together; processing: ferro-alloys, non-ferrous
        metals, chemicals, ores or a sector's code, and products by name.
        """
        from sogdia.stakes import partner_ledger
        from sogdia.stakes.processing import processing as kind_of

        place = self._together() if partner is None else economy(arguments.name("partner", partner, "KAZ"), self._own)
        return partner_ledger(place, kind_of(arguments.name("processing", processing, "ferro-alloys")))

    def _materials(self, wanted: str | Sequence[str] | None) -> tuple[list[str] | None, tuple[str, ...]]:
        """Keys of minerals and names of materials, and remarks on words that are not minerals themselves."""
        from sogdia.data.mineral_names import no_mineral
        from sogdia.stakes.named import material_named

        if wanted is None:
            return None, ()
        keys: dict[str, None] = {}
        remarks: list[str] = []
        for word in arguments.names("mineral", wanted, "tungsten"):
            material = material_named(word, self.importer, self.store.minerals)
            meant = None if material else self.store.mineral_names.meant(word)
            if meant and not meant.keys:
                raise no_mineral(word, meant)
            keys |= dict.fromkeys((material,) if material else meant.keys if meant else ())
            remarks += [meant.remark] if meant and meant.remark else []
        return list(keys), tuple(remarks)
