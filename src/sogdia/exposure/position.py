"""What is an importer's position in each mineral? Every measure of this room, for many importers at once.

One record is one economy, mineral and year. Labels are turned into record numbers here; the formulas see arrays.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.exposure import concentration, ec_supply_risk, geopolrisk
from sogdia.exposure.concentration import Floats, Ints
from sogdia.exposure.inputs import Inputs, load
from sogdia.exposure.reliance import net_import_reliance
from sogdia.exposure.trend import value_trends

RECORD = ["economy", "mineral", "year"]
AS_PUBLISHED_WITHOUT_GOVERNANCE = ("TWN",)  # BACI's 490 matches no governance row in the GeoPolRisk method
HOME_TRADE_TERM = 0.8  # European Commission (2017): supply from inside the economy


@dataclass(frozen=True, slots=True)
class Measure:
    """What one column of the records means."""

    variable: str
    unit: str
    label: str
    definition: str
    source_ids: tuple[str, ...]


@cache
def measures() -> dict[str, Measure]:
    """Every measure by its column name."""
    text = resources.files(__package__).joinpath("measures.csv").read_text(encoding="utf-8")
    return {
        row["variable"]: Measure(
            row["variable"], row["unit"], row["label"], row["definition"], tuple(row["source_ids"].split(";"))
        )
        for row in csv.DictReader(text.splitlines())
    }


@dataclass(frozen=True, slots=True)
class Exposure:
    """records: RECORD, top_supplier, top_supplier_value and one column per measure; suppliers: RECORD, supplier,
    value_kusd, quantity_t, quantity_completed_t, value_share, weight_share (over flows with a weight),
    weight_share_completed (missing weights imputed from value), imputed_kusd, instability (null where unknown).
    """

    records: pl.DataFrame
    suppliers: pl.DataFrame
    notes: tuple[str, ...]

    def table(self) -> pl.DataFrame:
        """Tidy long table: economy, mineral, year, partner, variable, unit, value, source_id."""
        known = [name for name in measures() if name in self.records.columns]
        long = self.records.unpivot(index=RECORD, on=known, variable_name="variable", value_name="value")
        shares = self.suppliers.select(
            *RECORD, partner="supplier", supplier_weight_share="weight_share", supplier_value_share="value_share"
        ).unpivot(index=[*RECORD, "partner"], variable_name="variable", value_name="value")
        units = {m.variable: m.unit for m in measures().values()}
        source = {m.variable: ";".join(m.source_ids) for m in measures().values()}
        both = pl.concat([long.with_columns(partner=pl.lit(None, pl.String)).select(shares.columns), shares])
        return both.with_columns(
            unit=pl.col("variable").replace_strict(units, default="fraction"),
            source_id=pl.col("variable").replace_strict(source, default="CEPII_BACI"),
        ).select(*RECORD, "partner", "variable", "unit", "value", "source_id")


def expose(
    store: Store,
    economies: Sequence[Region] | None,
    minerals: Sequence[Mineral],
    years: Sequence[int],
    stage: str | None = None,
) -> Exposure:
    """Read the inputs and compute every measure. economies None: every importing country on its own.

    With named economies and a single year the trends over the years before are computed too.
    """
    found = compute(load(store, minerals, years, stage), economies)
    if economies is None or len(years) != 1:
        return found
    trends = value_trends(store, economies, minerals, years[0])
    records = found.records.join(trends, on=["economy", "mineral"], how="left", maintain_order="left")
    return replace(found, records=records)


def compute(inputs: Inputs, economies: Sequence[Region] | None = None) -> Exposure:
    """Every measure for every economy, mineral and year in the inputs that has imports or production."""
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
    outside = flows.filter(~pl.col("inside"))
    production = _production(keys, inputs, economies)
    world = _world(inputs)
    columns = {
        **_imports(outside, keys.height),
        **_geopolrisk(flows, production, keys, world),
    }
    exports = _exports(keys, inputs.flows, economies)
    content = concentration.totals(_numbers(outside, "content_t"), _record(outside), keys.height)
    columns["net_import_reliance"] = net_import_reliance(content, exports, _numbers(production, "amount_t"))
    columns["domestic_production_t"] = _numbers(production, "amount_t")
    own = _own_supply(keys, inputs, economies)
    columns["ec_supply_risk"] = _ec(outside, own, keys, world, inputs, columns["net_import_reliance"])
    records = keys.with_columns(pl.Series(name, values, nan_to_null=True) for name, values in columns.items())
    records = records.with_columns(_names(outside, records[c], c) for c in ("top_supplier", "top_supplier_value"))
    suppliers = outside.select(
        *RECORD, "value_kusd", "quantity_t", "quantity_completed_t", supplier="exporter",
        value_share=pl.col("value_kusd") / pl.col("value_kusd").sum().over(RECORD),
        weight_share=pl.col("quantity_t") / pl.col("quantity_t").sum().over(RECORD),
        weight_share_completed=pl.col("quantity_completed_t") / pl.col("quantity_completed_t").sum().over(RECORD),
        imputed_kusd="imputed_kusd", instability="instability",
    )  # fmt: skip
    return Exposure(records.drop("record"), suppliers, (*inputs.notes, *_silent(records)))


def _silent(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy and mineral for the years in which no import is recorded."""
    empty = records.filter(pl.col("import_value_kusd").is_null()).group_by("economy", "mineral", maintain_order=True)
    return tuple(
        f"{mineral}: no import of {economy} is recorded in {', '.join(map(str, years))}; that is unknown, not zero."
        for economy, mineral, years in empty.agg(pl.col("year").sort()).iter_rows()
    )


def _membership(economies: Sequence[Region], column: str) -> pl.DataFrame:
    """Economy and member country, one row each; the country's column is called `column`."""
    pairs = [(e.key, member) for e in economies for member in e.members]
    return pl.DataFrame(pairs, schema={"economy": pl.String, column: pl.String}, orient="row")


def _by_economy(flows: pl.DataFrame, economies: Sequence[Region] | None) -> pl.DataFrame:
    """Flows with the importing economy and whether they stay inside it; members of a region are added up."""
    if economies is None:
        return flows.with_columns(economy=pl.col("importer"), inside=pl.lit(False)).drop("importer")
    membership = _membership(economies, "importer")
    pairs = membership.rename({"importer": "exporter"}).with_columns(inside=pl.lit(True))
    joined = flows.join(membership, on="importer").join(pairs, on=["economy", "exporter"], how="left")
    amounts = [
        "value_kusd", "quantity_t", "quantity_reported_t", "quantity_completed_t", "imputed_kusd", "content_t"
    ]  # fmt: skip
    return (
        joined.with_columns(pl.col("inside").fill_null(False))
        .group_by(*RECORD, "exporter", "inside")
        .agg(pl.when(pl.col(a).null_count() == 0).then(pl.col(a).sum()).alias(a) for a in amounts)
    )


def _numbers(frame: pl.DataFrame, column: str) -> Floats:
    """A column as floats, null as NaN."""
    return frame[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _record(frame: pl.DataFrame) -> Ints:
    return frame["record"].cast(pl.Int64).to_numpy()


def _imports(outside: pl.DataFrame, records: int) -> dict[str, Floats]:
    """Amounts, shares and concentration of what comes from outside; NaN where no import is recorded, never zero."""
    record = _record(outside)
    recorded = np.bincount(record, minlength=records) > 0
    value, quantity = _numbers(outside, "value_kusd"), _numbers(outside, "quantity_t")
    total_value = concentration.totals(value, record, records)
    total_quantity = concentration.totals(quantity, record, records)
    top, top_share = concentration.largest(quantity, record, records)
    top_value, top_value_share = concentration.largest(value, record, records)
    imputed = concentration.totals(_numbers(outside, "imputed_kusd"), record, records)
    completed = _numbers(outside, "quantity_completed_t")
    total_completed = concentration.totals(completed, record, records)
    completed_share = np.full(records, np.nan)
    completed_share[top >= 0] = concentration.shares(completed, record, records)[top[top >= 0]]
    return {
        "import_value_kusd": np.where(recorded, total_value, np.nan),
        "import_quantity_t": np.where(total_quantity > 0, total_quantity, np.nan),
        "imputed_value_share": imputed / np.where(total_value > 0, total_value, np.nan),
        "price_usd_per_kg": total_value / np.where(total_completed > 0, total_completed, np.nan),
        "suppliers": concentration.totals((value > 0).astype(np.float64), record, records),
        "top_supplier": top.astype(np.float64),
        "top_supplier_value": top_value.astype(np.float64),
        "top_supplier_weight_share": top_share,
        "top_supplier_value_share": top_value_share,
        "import_quantity_completed_t": np.where(total_completed > 0, total_completed, np.nan),
        "top_supplier_weight_share_completed": completed_share,
        "n_minus_1_share": 1.0 - top_share,
        "import_hhi_weight": concentration.herfindahl(quantity, record, records),
        "import_hhi_value": concentration.herfindahl(value, record, records),
    }


def _names(flows: pl.DataFrame, index: pl.Series, name: str) -> pl.Series:
    """Exporter names for flow numbers; null for -1."""
    rows = index.cast(pl.Int64)
    return flows["exporter"].gather(rows.set(rows < 0, None)).alias(name)


def _own_supply(keys: pl.DataFrame, inputs: Inputs, economies: Sequence[Region] | None) -> pl.DataFrame:
    """What each producing member adds to the supply of its record: record, amount_t, instability (its own)."""
    membership = (
        inputs.production.select(economy="country", country="country").unique()
        if economies is None
        else _membership(economies, "country")
    )
    return (
        inputs.production.join(membership, on="country")
        .join(keys, on=RECORD)
        .join(inputs.governance, on=["country", "year"], how="left")
        .select("record", "amount_t", "instability")
    )


def _production(keys: pl.DataFrame, inputs: Inputs, economies: Sequence[Region] | None) -> pl.DataFrame:
    """Production of each record's own members. Years outside the statistics are unknown; no row inside them is 0."""
    own = _own_supply(keys, inputs, economies).group_by("record").agg(pl.col("amount_t").sum())
    covered = inputs.production.select("mineral", "year").unique().with_columns(covered=pl.lit(True))
    return (
        keys.join(own, on="record", how="left", maintain_order="left")
        .join(covered, on=["mineral", "year"], how="left", maintain_order="left")
        .with_columns(amount_t=pl.when("covered").then(pl.col("amount_t").fill_null(0.0)))
    )


def _world(inputs: Inputs) -> pl.DataFrame:
    """Per mineral and year: HHI of world production, in whole units, and the governance-weighted one."""
    markets = inputs.production.select("mineral", "year").unique(maintain_order=True).with_row_index("record")
    rows = (
        inputs.production.join(markets, on=["mineral", "year"])
        .join(inputs.governance, on=["country", "year"], how="left")
        .join(inputs.trade_terms, on=["mineral", "country"], how="left")
    )
    amount, record = np.floor(np.nan_to_num(_numbers(rows, "amount"))), _record(rows)
    terms = np.nan_to_num(_numbers(rows, "trade_term"), nan=1.0)
    weighted = ec_supply_risk.governance_weighted_hhi(
        amount, _numbers(rows, "instability"), terms, record, markets.height
    )
    return markets.with_columns(
        pl.Series("production_hhi", concentration.herfindahl(amount, record, markets.height)),
        pl.Series("world_hhi_wgi", weighted),
    ).drop("record")


def _geopolrisk(
    flows: pl.DataFrame, production: pl.DataFrame, keys: pl.DataFrame, world: pl.DataFrame
) -> dict[str, Floats]:
    """The GeoPolRisk method on reported weights; trade inside a region counts with instability 0."""
    record, records = _record(flows), keys.height
    quantity, value = _numbers(flows, "quantity_reported_t"), _numbers(flows, "value_kusd")
    unmatched = flows["exporter"].is_in(AS_PUBLISHED_WITHOUT_GOVERNANCE).to_numpy()
    inside = flows["inside"].to_numpy()
    instability = np.where(inside, 0.0, np.where(unmatched, np.nan, _numbers(flows, "instability")))
    std_error = np.where(inside | unmatched, 0.0, _numbers(flows, "std_error"))
    made = _numbers(production, "amount_t")
    hhi = _numbers(keys.join(world, on=["mineral", "year"], how="left", maintain_order="left"), "production_hhi")
    risk, imports = geopolrisk.import_risk(quantity, instability, made, record)
    half = geopolrisk.import_risk_half_width(quantity, std_error, made, record)
    score = geopolrisk.score(hhi, risk)
    unit_value = concentration.totals(value, record, records) / np.where(imports > 0, imports, np.nan)
    return {
        "production_hhi": hhi,
        "import_risk": risk,
        "geopolrisk_score": score,
        "geopolrisk_low": geopolrisk.score(hhi, np.clip(risk - half, 0.0, 1.0)),
        "geopolrisk_high": geopolrisk.score(hhi, np.clip(risk + half, 0.0, 1.0)),
        "unit_value_usd_per_kg": unit_value,
        "characterisation_factor": geopolrisk.characterisation_factor(score, unit_value),
    }


def _exports(keys: pl.DataFrame, flows: pl.DataFrame, economies: Sequence[Region] | None) -> Floats:
    """Contained mineral that each record's economy sends out of itself [t]; NaN where a content factor is missing."""
    if economies is None:
        sent = flows.rename({"exporter": "economy"})
    else:
        membership = _membership(economies, "exporter")
        partner = membership.rename({"exporter": "importer"})
        sent = flows.join(membership, on="exporter").join(partner, on=["economy", "importer"], how="anti")
    total = sent.group_by(RECORD).agg(
        content_t=pl.when(pl.col("content_t").null_count() == 0).then(pl.col("content_t").sum()).otherwise(float("nan"))
    )
    return keys.join(total, on=RECORD, how="left", maintain_order="left")["content_t"].fill_null(0.0).to_numpy()


def _ec(
    outside: pl.DataFrame,
    own: pl.DataFrame,
    keys: pl.DataFrame,
    world: pl.DataFrame,
    inputs: Inputs,
    reliance: Floats,
) -> Floats:
    """The Commission's supply risk; the importer's sourcing is its imports and its members' production, in content."""
    records = keys.height
    terms = outside.join(
        inputs.trade_terms.rename({"country": "exporter"}),
        on=["mineral", "exporter"],
        how="left",
        maintain_order="left",
    )
    imports = np.nan_to_num(_numbers(outside, "content_t"))
    amount = np.concatenate([imports, np.nan_to_num(_numbers(own, "amount_t"))])
    record = np.concatenate([_record(outside), _record(own)])
    instability = np.concatenate([_numbers(outside, "instability"), _numbers(own, "instability")])
    trade_terms = np.concatenate(
        [np.nan_to_num(_numbers(terms, "trade_term"), nan=1.0), np.full(own.height, HOME_TRADE_TERM)]
    )
    importer = ec_supply_risk.governance_weighted_hhi(amount, instability, trade_terms, record, records)
    market = keys.join(world, on=["mineral", "year"], how="left", maintain_order="left")
    risk = keys.join(inputs.risk_terms, on="mineral", how="left", maintain_order="left")
    return ec_supply_risk.supply_risk(
        _numbers(market, "world_hhi_wgi"), importer, reliance, _numbers(risk, "eol_rir"), _numbers(risk, "si_sr")
    )
