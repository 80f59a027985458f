"""The answer to "how exposed is an importer": a record for each economy, mineral and year, and their suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy, year_label
from sogdia.codes import Region
from sogdia.data.coverage_grade import Coverage
from sogdia.data.provenance import citations
from sogdia.exposure.inputs import RECORD
from sogdia.exposure.measure import Measure
from sogdia.exposure.products import COLUMNS, ProductAnswer
from sogdia.exposure.registry import measures
from sogdia.exposure.tables import FLOWS, WEIGHTS, ids_behind

SUPPLIER_SHARES = {
    "weight_share": Measure(
        "supplier_weight_share", "fraction", "Share of a supplier by weight", "its imports / all imports", WEIGHTS
    ),
    "value_share": Measure(
        "supplier_value_share", "fraction", "Share of a supplier by value", "its imports / all imports", FLOWS
    ),
}
"""What the long table says of each supplier, by the column of `Exposure.suppliers`."""


def long_measures() -> dict[str, Measure]:
    """Every measure of the long table by its variable: those of the records, and the shares of suppliers."""
    return {m.variable: m for m in (*measures().values(), *SUPPLIER_SHARES.values())}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Exposure(Answer):
    """records: RECORD, and the columns of every indicator (see `sogdia.exposure.measures` and `labels`); of one
    importer and year those of `sogdia.exposure.ranking` too, the ranked minerals first. suppliers: RECORD, supplier,
    value_kusd, quantity_t (completed weight), quantity_reported_t, value_share, weight_share (of completed weights),
    weight_share_reported (of reported ones), imputed_kusd, instability; of one importer and year mark too (see
    `sogdia.exposure.doubts`).

    Weights are null where nobody gave one; prices and shares by weight are null, with a note, where the flows with a
    weight hold less than `weights.LEAST_WEIGHED_SHARE` of the value. economies: None for every importing country;
    source_ids: see `Inputs`. coverage: by mineral; products: the importer's processed products; both of one importer
    and year only.
    """

    records: pl.DataFrame
    suppliers: pl.DataFrame
    notes: tuple[str, ...]
    economies: tuple[Region, ...] | None
    years: tuple[int, ...]
    stage: str | None
    source_ids: Mapping[str, tuple[str, ...]]
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    products: ProductAnswer | None = None

    @property
    def title(self) -> str:
        """The importers, the years, and the stage where it is one."""
        who = "Every importing country" if self.economies is None else ", ".join(e.name for e in self.economies)
        return f"{who}, imports in {year_label(self.years)}" + (f", {self.stage} only" if self.stage else "")

    def table(self) -> pl.DataFrame:
        """Tidy long table: every measure of every record, and the shares of every supplier, the partner of its row."""
        known = long_measures()
        units = {name: measure.unit for name, measure in known.items()}
        sources = {name: SEPARATOR.join(self._ids(measure.tables)) or None for name, measure in known.items()}
        own = self.records.unpivot(index=RECORD, on=self._measured(), variable_name="variable", value_name="value")
        renamed = {m.variable: column for column, m in SUPPLIER_SHARES.items()}
        shares = self.suppliers.select(*RECORD, partner="supplier", **renamed).unpivot(
            index=[*RECORD, "partner"], variable_name="variable", value_name="value"
        )
        rows = pl.concat([own.with_columns(partner=pl.lit(None, pl.String)).select(shares.columns), shares])
        labelled = rows.rename({"economy": "importer"}).with_columns(
            country="importer",
            unit=pl.col("variable").replace_strict(units, return_dtype=pl.String),
            source_id=pl.col("variable").replace_strict(sources, return_dtype=pl.String),
        )
        whole = tidy(labelled, stage=self.stage, stat="value")
        return pl.concat([whole, *self._coverage_table(), *self._product_table()])

    def _coverage_table(self) -> list[pl.DataFrame]:
        """The importer's part of world trade in the codes of each mineral, on which its coverage rests."""
        graded = {key: cover for key, cover in self.coverage.items() if cover.sources}
        if not graded or self.economies is None:
            return []
        importer, sources = self.economies[0].key, SEPARATOR.join(self._coverage_sources())
        rows = pl.DataFrame(
            {"mineral": list(graded), "value": [cover.share_of_world for cover in graded.values()]},
            schema={"mineral": pl.String, "value": pl.Float64},
        )
        return [
            tidy(
                rows, importer=importer, country=importer, year=year_label(self.years), stage=self.stage,
                variable="share_of_world_trade", unit="fraction", stat="value", source_id=sources,
            )
        ]  # fmt: skip

    def _coverage_sources(self) -> tuple[str, ...]:
        forms = each_once(*(cover.sources for cover in self.coverage.values()))
        return each_once(self._ids(FLOWS), forms) if forms else ()

    def _product_table(self) -> list[pl.DataFrame]:
        """The figures of the processed products; mineral is what a product is made of, stage its own."""
        if self.products is None:
            return []
        figures = [column for column in COLUMNS if isinstance(column, Measure)]
        units = {column.variable: column.unit for column in figures}
        rows = self.products.rows.unpivot(
            index=["economy", "product", "subject", "stage", "year", "source_id"], on=list(units),
            variable_name="variable", value_name="value",
        ).select(
            "stage", "value", "source_id", importer="economy", country="economy", mineral="subject", year="year",
            unit=pl.col("variable").replace_strict(units, return_dtype=pl.String),
            variable=pl.format("{} {}", "product", "variable"),
        )  # fmt: skip
        return [tidy(rows, stat="value")]

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of every measure in the records and of the processed products."""
        made = self.products.sources if self.products else ()
        return each_once(self.measure_sources(*self._measured()), self._coverage_sources(), made)

    def measure_sources(self, *variables: str) -> tuple[str, ...]:
        """Ids of the sources of some measures, each once."""
        return each_once(*(self._ids(measures()[name].tables) for name in variables))

    def to_dict(self) -> dict[str, Any]:
        """Records and suppliers with the units and definitions of all measures, notes and citations."""
        return {
            "importer": self.economies[0].key if self.economies and len(self.economies) == 1 else None,
            "year": self.years[0] if len(self.years) == 1 else year_label(self.years),
            "records": [*plain_rows(self.records), *(plain_rows(self.products.rows) if self.products else ())],
            "suppliers": plain_rows(self.suppliers),
            "notes": list(self.notes),
            "units": {m.variable: m.unit for m in measures().values()},
            "definitions": {m.variable: m.definition for m in measures().values()},
            "sources": citations(self.sources()),
        }

    def _measured(self) -> list[str]:
        return [name for name in measures() if name in self.records.columns]

    def _ids(self, tables: tuple[str, ...]) -> tuple[str, ...]:
        return ids_behind(tables, self.source_ids)
