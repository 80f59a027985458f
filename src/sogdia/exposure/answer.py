"""The answer to "how exposed is an importer": a record for each economy, mineral and year, and their suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy, year_label
from sogdia.codes import Region
from sogdia.data.provenance import citations
from sogdia.exposure.inputs import RECORD
from sogdia.exposure.measure import Measure
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Exposure(Answer):
    """records: RECORD, and the columns of every indicator (see `sogdia.exposure.measures` and `labels`). suppliers:
    RECORD, supplier, value_kusd, quantity_t (completed weight), quantity_reported_t, value_share, weight_share (of
    completed weights), weight_share_reported (of reported ones), imputed_kusd, instability.

    Weights are null where nobody gave one; prices and shares by weight are null, with a note, where the flows with a
    weight hold less than `weights.LEAST_WEIGHED_SHARE` of the value. economies: None for every importing country;
    source_ids: see `Inputs`.
    """

    records: pl.DataFrame
    suppliers: pl.DataFrame
    notes: tuple[str, ...]
    economies: tuple[Region, ...] | None
    years: tuple[int, ...]
    stage: str | None
    source_ids: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """The importers, the years, and the stage where it is one."""
        who = "Every importing country" if self.economies is None else ", ".join(e.name for e in self.economies)
        return f"{who}, imports in {year_label(self.years)}" + (f", {self.stage} only" if self.stage else "")

    def table(self) -> pl.DataFrame:
        """Tidy long table: every measure of every record, and the shares of every supplier, the partner of its row."""
        units = {m.variable: m.unit for m in (*measures().values(), *SUPPLIER_SHARES.values())}
        tables = {m.variable: m.tables for m in (*measures().values(), *SUPPLIER_SHARES.values())}
        sources = {name: SEPARATOR.join(self._ids(behind)) or None for name, behind in tables.items()}
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
        return tidy(labelled, stage=self.stage, stat="value")

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of every measure in the records."""
        return self.measure_sources(*self._measured())

    def measure_sources(self, *variables: str) -> tuple[str, ...]:
        """Ids of the sources of some measures, each once."""
        return each_once(*(self._ids(measures()[name].tables) for name in variables))

    def to_dict(self) -> dict[str, Any]:
        """Records and suppliers with the units and definitions of all measures, notes and citations."""
        return {
            "importer": self.economies[0].key if self.economies and len(self.economies) == 1 else None,
            "year": self.years[0] if len(self.years) == 1 else year_label(self.years),
            "records": plain_rows(self.records),
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
