"""The countries in which the ore that an importer consumes was mined, once trading hubs are seen through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import SEPARATOR, Answer, plain_rows, tidy
from sogdia.codes import Region
from sogdia.concentration import Floats
from sogdia.data import Mineral, Store
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.exposure.inputs import Inputs, load
from sogdia.exposure.origin import Origin, trace
from sogdia.exposure.tables import WEIGHTS, ids_behind
from sogdia.sums import total

STAGE_COUNTED = {"extraction": "ore"}
TABLES = (*WEIGHTS, "mineral_codes", "production")
NOTABLE_SHARE, DOUBTFUL = 0.01, 0.5
DEFINITIONS = {
    "traced_share": "part of the importer's consumption that was mined in the country, by contained mineral",
    "direct_share": "part of the importer's imports that the country sold to it, by contained mineral",
    "unexplained_share": "part of the country's own supply that is neither production nor imports on record, and was "
    "put in to cover its exports",
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TracedOrigin(Answer):
    """rows: origin, traced_share, direct_share (both by contained mineral, of consumption and of imports; null where
    nothing is consumed or imported), unexplained_share (part of the origin's supply that is neither production nor
    imports on record, and was put in to cover its exports: 1 for a country that mines nothing we know of).
    """

    rows: pl.DataFrame
    notes: tuple[str, ...]
    importer: Region
    mineral: Mineral
    stage: str
    year: int
    source_ids: tuple[str, ...]

    @property
    def title(self) -> str:
        """The mineral, the importer and the year."""
        return f"{self.mineral.name} consumed by {self.importer.name} in {self.year}, by country of mining"

    def table(self) -> pl.DataFrame:
        """Tidy long table; the partner of a row is the country of mining, or of the direct supplier."""
        rows = self.rows.rename({"origin": "partner"}).unpivot(
            index="partner", on=list(DEFINITIONS), variable_name="variable", value_name="value"
        )
        return tidy(
            rows, importer=self.importer.key, country=self.importer.key, mineral=self.mineral.key, stage=self.stage,
            year=str(self.year), unit="fraction", stat="value", source_id=SEPARATOR.join(self.source_ids),
        )  # fmt: skip

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of trade, mineral content and production."""
        return self.source_ids

    def to_dict(self) -> dict[str, Any]:
        """The rows with what they mean, notes and citations."""
        return {
            "importer": self.importer.key,
            "mineral": self.mineral.key,
            "stage": self.stage,
            "year": self.year,
            "rows": plain_rows(self.rows),
            "notes": list(self.notes),
            "units": dict.fromkeys(DEFINITIONS, "fraction"),
            "definitions": dict(DEFINITIONS),
            "sources": citations(self.sources()),
        }


def traced_origin(store: Store, importer: Region, mineral: Mineral, year: int) -> TracedOrigin:
    """Consumption of one importer by country of mining, beside the shares of its direct suppliers.

    NoAnswerError where tracing would cross stages (production is counted at another stage than the traded codes), or
    where production or a content factor is not known.
    """
    stage = STAGE_COUNTED.get(mineral.ec_stage or "")
    if stage is None or stage not in mineral.stages:
        raise NoAnswerError(
            f"{mineral.name}: origin cannot be traced, because production is counted at the stage "
            f"{mineral.ec_stage or 'unknown'!r} and trade is recorded for {', '.join(mineral.stages) or 'no code'}."
        )
    inputs = load(store, [mineral], [year], stage)
    if inputs.production.is_empty() or inputs.flows.is_empty() or inputs.flows["content_t"].null_count():
        raise NoAnswerError(f"{mineral.name}: production, trade or content factor is not known for {year}.")
    names = sorted({*inputs.flows["importer"], *inputs.flows["exporter"], *inputs.production["country"]})
    place = {name: number for number, name in enumerate(names)}
    members = [place[m] for m in importer.members if m in place]
    if not members:
        raise NoAnswerError(f"{mineral.name}: {importer.name} has no recorded trade or production in {year}.")
    made, trade = _arrays(inputs, place)
    rows = _rows(names, members, made, trade, trace(made, trade))
    notes = (*inputs.notes, *_doubts(mineral, rows))
    return TracedOrigin(rows, notes, importer, mineral, stage, year, ids_behind(TABLES, inputs.source_ids))


def _arrays(inputs: Inputs, place: Mapping[str, int]) -> tuple[Floats, Floats]:
    """Production (countries,) and trade (importers, exporters) [t of contained mineral]."""
    made = np.zeros(len(place))
    for country, amount in inputs.production.select("country", "amount_t").iter_rows():
        made[place[country]] += amount or 0.0
    trade = np.zeros((len(place), len(place)))
    for buyer, seller, amount in inputs.flows.select("importer", "exporter", "content_t").iter_rows():
        trade[place[buyer], place[seller]] += amount
    return made, trade


def _rows(names: list[str], members: list[int], made: Floats, trade: Floats, answer: Origin) -> pl.DataFrame:
    """The shares of every country that mined for the members, or sold to them from outside."""
    supply = made + answer.added_production
    outside = [i for i in range(len(names)) if i not in members]
    direct = np.zeros(len(names))
    direct[outside] = trade[np.ix_(members, outside)].sum(axis=0)
    return (
        pl.DataFrame(
            {
                "origin": names,
                "traced": answer.consumption_by_origin[members].sum(axis=0),
                "direct": direct,
                "unexplained": answer.added_production / np.where(supply > 0, supply, 1.0),
            }
        )
        .filter((pl.col("traced") > 0) | (pl.col("direct") > 0))
        .select(
            "origin",
            traced_share=_share("traced"),
            direct_share=_share("direct"),
            unexplained_share="unexplained",
        )
        .sort("traced_share", "origin", descending=[True, False])
    )


def _doubts(mineral: Mineral, rows: pl.DataFrame) -> tuple[str, ...]:
    """A sentence on the origins of a notable share whose supply is mostly on no record."""
    doubtful = rows.filter(pl.col("traced_share") >= NOTABLE_SHARE, pl.col("unexplained_share") > DOUBTFUL)
    if doubtful.is_empty():
        return ()
    return (
        f"{mineral.name}: more is on record as leaving {', '.join(doubtful['origin'])} than as mined or bought there; "
        "the difference is counted as mined there (unexplained_share).",
    )


def _share(column: str) -> pl.Expr:
    """Part of the column's sum; null where the sum is zero."""
    whole = total(column)
    return pl.when(whole > 0).then(pl.col(column) / whole)
