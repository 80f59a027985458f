"""The inputs of every record, one record being an economy, a mineral and a year; every indicator reads them.

Labels become record numbers here, so that the formulas see arrays. What several indicators need is computed once, when
the first of them asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.concentration import Floats, Ints
from sogdia.exposure.inputs import RECORD, Inputs
from sogdia.exposure.weights import Bools, contained_t, enough_weighed, floats, record_numbers, weighed_share
from sogdia.sums import known_total, total


@dataclass(frozen=True, eq=False)
class RecordInputs:
    """keys: RECORD and record, its number, one row each. flows: those of `Inputs` with record, RECORD, inside (whether
    the exporter is a member of the economy) and the exporter's instability and std_error, sorted by record and
    exporter. economies: None where every importing country stands on its own.
    """

    inputs: Inputs
    economies: tuple[Region, ...] | None
    keys: pl.DataFrame
    flows: pl.DataFrame

    @property
    def records(self) -> int:
        """How many records there are."""
        return self.keys.height

    @cached_property
    def outside(self) -> pl.DataFrame:
        """The flows that come from outside the economy."""
        return self.flows.filter(~pl.col("inside"))

    @cached_property
    def outside_record(self) -> Ints:
        """The record of each flow from outside."""
        return record_numbers(self.outside)

    @cached_property
    def suppliers(self) -> Ints:
        """How many suppliers each record has (records,)."""
        return np.bincount(self.outside_record, minlength=self.records)

    @cached_property
    def weighed_share(self) -> Floats:
        """Part of the value of imports that has a weight (records,)."""
        return weighed_share(self.outside, self.records)

    @cached_property
    def enough_weighed(self) -> Bools:
        """Where enough of the value of imports has a weight (records,)."""
        return enough_weighed(self.weighed_share)

    @cached_property
    def contained_imports_t(self) -> Floats:
        """Mineral contained in the imports (records,) [t]; NaN where it is not known."""
        return contained_t(self.outside, self.records, self.weighed_share)

    @cached_property
    def contained_exports_t(self) -> Floats:
        """Mineral contained in what the economy sends out of itself (records,) [t]; NaN where it is not known."""
        flows = self.inputs.flows
        if self.economies is None:
            sent = flows.rename({"exporter": "economy"})
        else:
            members = membership(self.economies, "exporter")
            partner = members.rename({"exporter": "importer"})
            sent = flows.join(members, on="exporter").join(partner, on=["economy", "importer"], how="anti")
        sent = sent.join(self.keys, on=RECORD)
        return contained_t(sent, self.records, weighed_share(sent, self.records))

    @cached_property
    def own_supply(self) -> pl.DataFrame:
        """What each producing member adds to the supply of its record: record, amount_t, instability (its own)."""
        production = self.inputs.production
        members = (
            production.select(economy="country", country="country").unique()
            if self.economies is None
            else membership(self.economies, "country")
        )
        return (
            production.join(members, on="country")
            .join(self.keys, on=RECORD)
            .join(self.inputs.governance, on=["country", "year"], how="left")
            .select("record", "amount_t", "instability")
        )

    @cached_property
    def production_t(self) -> Floats:
        """Production of the members (records,) [t]: NaN in years without statistics, 0 without a row inside them."""
        own = self.own_supply.group_by("record").agg(total("amount_t"))
        covered = self.inputs.production.select("mineral", "year").unique().with_columns(covered=pl.lit(True))
        rows = self.keys.join(own, on="record", how="left", maintain_order="left").join(
            covered, on=["mineral", "year"], how="left", maintain_order="left"
        )
        made = rows.select(amount_t=pl.when("covered").then(pl.col("amount_t").fill_null(0.0)))
        return floats(made, "amount_t")

    @cached_property
    def world(self) -> pl.DataFrame:
        """World production by country: record (number of the mineral and year), mineral, year, amount (publisher's
        unit), instability and trade_term of the country.
        """
        production = self.inputs.production
        markets = production.select("mineral", "year").unique(maintain_order=True).with_row_index("record")
        return (
            production.join(markets, on=["mineral", "year"])
            .join(self.inputs.governance, on=["country", "year"], how="left")
            .join(self.inputs.trade_terms, on=["mineral", "country"], how="left")
        )

    def of_world(self, values: Floats) -> Floats:
        """Figures of the minerals and years of `world`, by its record number, for each record; NaN where none is."""
        place = self.world.select("mineral", "year", "record").unique().rename({"record": "place"})
        rows = self.keys.join(place, on=["mineral", "year"], how="left", maintain_order="left")
        number = rows["place"].cast(pl.Int64).fill_null(-1).to_numpy()
        return np.asarray(np.append(values, np.nan)[number])

    @property
    def world_records(self) -> int:
        """How many minerals and years `world` has."""
        return self.world["record"].n_unique()

    def outside_names(self, flow: Ints) -> pl.Series:
        """Exporters of flows from outside, by their number; null for -1."""
        rows = pl.Series(flow, dtype=pl.Int64)
        return self.outside["exporter"].gather(rows.set(rows < 0, None))


def record_inputs(inputs: Inputs, economies: Sequence[Region] | None) -> RecordInputs:
    """A record for every economy, mineral and year in the inputs; economies None: every importing country."""
    flows = _by_economy(inputs.flows, economies)
    if economies is None:
        keys = flows.select(RECORD).unique()
    else:
        named = pl.DataFrame({"economy": [e.key for e in economies]})
        keys = named.join(inputs.flows.select("mineral", "year").unique(), how="cross")
    keys = keys.sort(RECORD).with_row_index("record")
    flows = (
        flows.join(keys, on=RECORD)
        .sort("record", "exporter")
        .join(
            inputs.governance.rename({"country": "exporter"}),
            on=["exporter", "year"],
            how="left",
            maintain_order="left",
        )
    )
    return RecordInputs(inputs, None if economies is None else tuple(economies), keys, flows)


def membership(economies: Sequence[Region], column: str) -> pl.DataFrame:
    """Economy and member country, one row each; the country's column is called `column`."""
    pairs = [(e.key, member) for e in economies for member in e.members]
    return pl.DataFrame(pairs, schema={"economy": pl.String, column: pl.String}, orient="row")


def _by_economy(flows: pl.DataFrame, economies: Sequence[Region] | None) -> pl.DataFrame:
    """Flows with the importing economy and whether they stay inside it; members of a region are added up."""
    if economies is None:
        return flows.with_columns(economy=pl.col("importer"), inside=pl.lit(False)).drop("importer")
    members = membership(economies, "importer")
    pairs = members.rename({"importer": "exporter"}).with_columns(inside=pl.lit(True))
    joined = flows.join(members, on="importer").join(pairs, on=["economy", "exporter"], how="left")
    amounts = ["value_kusd", "weighed_kusd", "imputed_kusd", "imputed_t"]
    no_factor = pl.col("content_t").is_null() & pl.col("quantity_t").is_not_null()
    return (
        joined.with_columns(pl.col("inside").fill_null(False))
        .group_by(*RECORD, "exporter", "inside")
        .agg(
            *(pl.when(pl.col(a).null_count() == 0).then(total(a)).alias(a) for a in amounts),
            *(known_total(a).alias(a) for a in ("quantity_t", "quantity_reported_t")),
            content_t=pl.when(~no_factor.any()).then(known_total("content_t")),
        )
    )
