"""What a study is about: an importer, its partners and a store, with names and defaults resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from pathlib import Path

from sogdia import arguments
from sogdia.codes import Region, economy, must_be_disjoint, own_regions
from sogdia.data import Mineral, Store, open_store
from sogdia.data.coverage import last_complete_year
from sogdia.data.minerals import without_fuels

CENTRAL_ASIA = ("KAZ", "UZB", "KGZ", "TJK", "TKM")


class Subject:
    """One importer and its partners; the arguments are those of `Study`, and the store is read when it is needed."""

    def __init__(
        self,
        importer: str = "JPN",
        partners: str | Sequence[str] | None = None,
        *,
        regions: Mapping[str, Sequence[str]] | None = None,
        store: Store | Path | str | None = None,
    ) -> None:
        own = own_regions(arguments.regions("regions", regions))
        self.store = store if isinstance(store, Store) else open_store(arguments.folder("store", store))
        self.importer: Region = economy(arguments.name("importer", importer, "JPN"), own)
        if partners is None:
            partners = [partner for partner in CENTRAL_ASIA if partner not in self.importer.members]
        named = arguments.names("partners", partners, "KAZ")
        self.partners: tuple[Region, ...] = tuple(economy(partner, own) for partner in named)
        must_be_disjoint(self.importer, self.partners)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {'; '.join(f'{label} {value}' for label, value in self._facts())}>"

    def _repr_html_(self) -> str:
        """The same as a table, for a notebook."""
        rows = "".join(f"<tr><th>{label}</th><td>{escape(value)}</td></tr>" for label, value in self._facts())
        return f"<table>{rows}</table>"

    def _facts(self) -> tuple[tuple[str, str], ...]:
        """The same facts for both representations."""
        years, own = self.store.years, self.store.folders[1:]
        return (
            ("importer", f"{self.importer.name} ({self.importer.key})"),
            ("partners", ", ".join(partner.name for partner in self.partners) or "none"),
            ("trade", f"{years[0]}-{years[-1]}"),
            ("store", ", ".join(("embedded", *map(str, own)))),
        )

    @cached_property
    def default_year(self) -> int:
        """The last year with trade, production and governance."""
        return last_complete_year(self.store)

    def year(self, wanted: int | None = None) -> int:
        """The year to work with; UnknownNameError when the store has no trade for it."""
        if wanted is None:
            return self.default_year
        return self.store.traded_year(arguments.whole_number("year", wanted, 2022))

    def minerals(self, wanted: str | Sequence[str] | None = None) -> tuple[Mineral, ...]:
        """The minerals named, each once; by default every mineral with trade codes but coal, oil and gas."""
        if wanted is None:
            return tuple(m for m in without_fuels(self.store.minerals.values()) if m.codes)
        named = (self.store.mineral(name) for name in arguments.names("mineral", wanted, "tungsten"))
        return tuple({mineral.key: mineral for mineral in named}.values())
