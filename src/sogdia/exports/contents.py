"""What is exported: the exposure of some importers over some years, and the routes of partners to the first of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from sogdia.answer import year_label
from sogdia.codes import Region
from sogdia.corridors import Access, partner_access
from sogdia.data import Mineral, Store
from sogdia.errors import NoAnswerError
from sogdia.exposure import Exposure, expose
from sogdia.network import embedded_corridors, embedded_shipments

FACTOR = "characterisation_factor"


@dataclass(frozen=True)
class Factor:
    """The characterisation factors of an importer in a year: kg of copper equivalents for each kg, by mineral."""

    importer: Region
    year: int
    by_mineral: dict[str, float]


@dataclass(frozen=True, eq=False)
class ExportContents:
    """store: of the figures; importers: each on its own; years: of trade. Answers are asked for when first needed."""

    store: Store
    importers: tuple[Region, ...]
    partners: tuple[Region, ...]
    minerals: tuple[Mineral, ...]
    years: tuple[int, ...]

    @property
    def title(self) -> str:
        """Whose figures, of which years."""
        who = ", ".join(importer.name for importer in self.importers)
        return f"Mineral imports of {who}, {year_label(self.years)}"

    @cached_property
    def exposure(self) -> Exposure:
        """Every measure of every importer, mineral and year."""
        return expose(self.store, self.importers, self.minerals, self.years)

    @cached_property
    def long(self) -> pl.DataFrame:
        """The tidy table of the exposure, without unknown figures, in one order."""
        keys = ["importer", "mineral", "partner", "year", "variable"]
        return self.exposure.table().filter(pl.col("value").is_finite()).sort(keys, nulls_last=False)

    @cached_property
    def access(self) -> Access:
        """Routes of the partners' main shipments to the first importer. NoAnswerError where there are none."""
        importer = self.importers[0]
        members = [member for partner in self.partners for member in partner.members]
        keys = [mineral.key for mineral in self.minerals]
        answer = partner_access(embedded_corridors(), embedded_shipments(), members, importer.members, minerals=keys)
        if not answer.ways:
            raise NoAnswerError(f"no shipment of the partners reaches {importer.name} over the network.")
        return answer

    def factors(self) -> Iterator[Factor]:
        """The GeoPolRisk characterisation factors of each importer and year, where any is known."""
        known = self.exposure.records.filter(pl.col(FACTOR).is_finite()).sort("economy", "year", "mineral")
        for importer in self.importers:
            for year in self.years:
                rows = known.filter((pl.col("economy") == importer.key) & (pl.col("year") == year))
                if rows.height:
                    yield Factor(importer, year, dict(rows.select("mineral", FACTOR).iter_rows()))
