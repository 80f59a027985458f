"""The importer, the partners and the store of a study, and the words that its questions use for minerals and years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sogdia import arguments
from sogdia.codes import Region, economy, must_be_disjoint
from sogdia.data import Mineral, Store, open_store
from sogdia.data.description import as_line, as_table, facts
from sogdia.data.minerals import without_fuels
from sogdia.data.region_file import regions_of

if TYPE_CHECKING:
    from sogdia.data.mineral_names import MineralsMeant

CENTRAL_ASIA = ("KAZ", "UZB", "KGZ", "TJK", "TKM")


class StudyNames:
    """What every question of a study starts from. Names and defaults are resolved here, and nowhere below."""

    def __init__(
        self, importer: str = "JPN", partners: str | Sequence[str] | None = None, *,
        regions: Mapping[str, Sequence[str]] | Path | str | None = None, store: Store | Path | str | None = None,
    ) -> None:  # fmt: skip
        own = self._own = regions_of(regions)
        self.store = store if isinstance(store, Store) else open_store(store)
        self.importer: Region = economy(arguments.name("importer", importer, "JPN"), own)
        if partners is None:
            partners = [partner for partner in CENTRAL_ASIA if partner not in self.importer.members]
        named = arguments.names("partners", partners, "KAZ")
        self.partners: tuple[Region, ...] = tuple(dict.fromkeys(economy(partner, own) for partner in named))
        must_be_disjoint(self.importer, self.partners)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {as_line(facts(self.importer, self.partners, self.store))}>"

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
        from sogdia.data.mineral_names import no_mineral

        words = tuple(arguments.names("mineral", wanted, "tungsten"))
        without = next(((w, m) for w, m in zip(words, self._meant(words), strict=True) if not m.keys), None)
        if without is not None:
            raise no_mineral(*without)
        return self._with_minerals(words)

    def _with_minerals(self, wanted: str | Sequence[str]) -> tuple[Mineral, ...]:
        """The minerals named; none for a product whose mineral has no figures."""
        keys = dict.fromkeys(key for meant in self._meant(wanted) for key in meant.keys)
        return tuple(self.store.minerals[key] for key in keys)

    def _products_alone(self, wanted: str | Sequence[str] | None) -> tuple[str, ...]:
        """The products named whose mineral has no figures."""
        if wanted is None:
            return ()
        return tuple(meant.product for meant in self._meant(wanted) if not meant.keys and meant.product)

    def _meant(self, wanted: str | Sequence[str]) -> tuple[MineralsMeant, ...]:
        return tuple(self.store.mineral_names.meant(word) for word in arguments.names("mineral", wanted, "tungsten"))

    def _remarks(self, wanted: str | Sequence[str] | None) -> tuple[str, ...]:
        """What words for minerals are that are not minerals themselves: products, groups and trade codes."""
        return () if wanted is None else tuple(meant.remark for meant in self._meant(wanted) if meant.remark)

    def _together(self) -> Region:
        """The partners as one region."""
        if len(self.partners) == 1:
            return self.partners[0]
        members = tuple(iso3 for partner in self.partners for iso3 in partner.members)
        return Region("+".join(p.key for p in self.partners), ", ".join(p.name for p in self.partners), members)
