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

from sogdia import concentration
from sogdia.codes import Region
from sogdia.concentration import Floats, Ints
from sogdia.data import Mineral, Store
from sogdia.exposure import ec_supply_risk, geopolrisk
from sogdia.exposure.ec_supply_risk import Bools
from sogdia.exposure.inputs import Inputs, known_sum, load
from sogdia.exposure.reliance import net_import_reliance
from sogdia.exposure.trend import value_trends

RECORD = ["economy", "mineral", "year"]
AS_PUBLISHED_WITHOUT_GOVERNANCE = ("TWN",)  # BACI's 490 matches no governance row in the GeoPolRisk method
LEAST_WEIGHED_SHARE = 0.8  # of value: below this a price or a share by weight says more about gaps than about trade
WORLD_ALONE, FULL_SCORE = "world alone", "full"
NO_PRODUCTION = "no statistics of production"
NO_IMPORT = "no import recorded"
NO_CONTENT = "mineral content of the trade not known"
NO_USE = "on record exports reach or exceed imports and production"
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
    """records: RECORD, top_supplier, top_supplier_value, ec_scope (whether the importer's sourcing is in the supply
    risk or the world's concentration stands alone), reliance_gap (why net import reliance is unknown) and one column
    per measure; suppliers: RECORD, supplier, value_kusd, quantity_t (completed weight), quantity_reported_t,
    value_share, weight_share (of completed weights), weight_share_reported (of reported ones), imputed_kusd,
    instability.

    Weights are null where nobody gave one; prices and shares by weight are null, with a note, where the flows with a
    weight hold less than LEAST_WEIGHED_SHARE of the value.
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
    trends = value_trends(store, economies, minerals, years[0], stage)
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
    made = _numbers(production, "amount_t")
    columns["domestic_production_t"] = made
    content = _content(_numbers(outside, "content_t"), outside, keys.height)
    exports = _exports(keys, inputs.flows, economies)
    reliance = net_import_reliance(content, exports, made)
    columns["net_import_reliance"] = reliance
    own = _own_supply(keys, inputs, economies)
    columns["ec_supply_risk"], alone = _ec(outside, own, keys, world, inputs, reliance)
    records = keys.with_columns(pl.Series(name, values, nan_to_null=True) for name, values in columns.items())
    records = records.with_columns(
        *(_names(outside, records[c], c) for c in ("top_supplier", "top_supplier_value")),
        ec_scope=pl.when(pl.col("ec_supply_risk").is_not_null()).then(
            pl.when(pl.Series(alone)).then(pl.lit(WORLD_ALONE)).otherwise(pl.lit(FULL_SCORE))
        ),
        reliance_gap=pl.when(pl.col("net_import_reliance").is_null()).then(
            pl.when(pl.Series(np.isnan(made))).then(pl.lit(NO_PRODUCTION))
            .when(pl.col("suppliers") == 0).then(pl.lit(NO_IMPORT))
            .when(pl.Series(np.isnan(content + exports))).then(pl.lit(NO_CONTENT))
            .otherwise(pl.lit(NO_USE))
        ),
    )  # fmt: skip
    suppliers = outside.select(
        *RECORD, "value_kusd", "quantity_t", "quantity_reported_t", supplier="exporter",
        value_share=pl.when(pl.col("value_kusd").null_count().over(RECORD) == 0).then(
            pl.col("value_kusd") / _total("value_kusd")
        ),
        weight_share=pl.when(pl.Series(_sound(outside, keys.height)[_record(outside)])).then(
            pl.col("quantity_t") / _total("quantity_t")
        ),
        weight_share_reported=pl.col("quantity_reported_t") / _total("quantity_reported_t"),
        imputed_kusd="imputed_kusd", instability="instability",
    )  # fmt: skip
    told = records.join(inputs.minerals.select("mineral", "name"), on="mineral", how="left", maintain_order="left")
    return Exposure(records.drop("record"), suppliers, (*inputs.notes, *_silent(told), *_unweighed(told)))


def _total(column: str) -> pl.Expr:
    """The sum of a column's known values over each record, null where nothing is known."""
    return known_sum(column).over(RECORD)


def _silent(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy and mineral for the years in which no import is recorded."""
    empty = records.filter(pl.col("suppliers") == 0).group_by("economy", "name", maintain_order=True)
    return tuple(
        f"{name}: no import of {economy} is recorded in {', '.join(map(str, years))}; that is unknown, not zero."
        for economy, name, years in empty.agg(pl.col("year").sort()).iter_rows()
    )


def _unweighed(records: pl.DataFrame) -> tuple[str, ...]:
    """One sentence per economy and mineral for the years in which too little of the value has a weight."""
    thin = records.filter(pl.col("suppliers") > 0, pl.col("import_quantity_t").is_null())
    told = thin.with_columns(
        part=pl.when(pl.col("weighed_value_share").is_null())
        .then(pl.lit("an unknown part"))
        .otherwise(pl.format("{} %", (100 * pl.col("weighed_value_share")).floor().cast(pl.Int64)))
    )
    return tuple(
        f"{name}: weights cover only "
        + ", ".join(f"{part} of the value in {year}" for part, year in zip(parts, years, strict=True))
        + f" (imports of {economy}): price and shares by weight are unknown, read those by value."
        for economy, name, parts, years in told.group_by("economy", "name", maintain_order=True)
        .agg("part", "year")
        .iter_rows()
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
    amounts = ["value_kusd", "weighed_kusd", "imputed_kusd", "imputed_t"]
    no_factor = pl.col("content_t").is_null() & pl.col("quantity_t").is_not_null()
    return (
        joined.with_columns(pl.col("inside").fill_null(False))
        .group_by(*RECORD, "exporter", "inside")
        .agg(
            *(pl.when(pl.col(a).null_count() == 0).then(pl.col(a).sum()).alias(a) for a in amounts),
            *(known_sum(a).alias(a) for a in ("quantity_t", "quantity_reported_t")),
            content_t=pl.when(~no_factor.any()).then(known_sum("content_t")),
        )
    )


def _numbers(frame: pl.DataFrame, column: str) -> Floats:
    """A column as floats, null as NaN."""
    return frame[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _record(frame: pl.DataFrame) -> Ints:
    return frame["record"].cast(pl.Int64).to_numpy()


def _weighed_share(flows: pl.DataFrame, records: int) -> Floats:
    """Part of each record's value whose flows have a weight: 1 where all have one, NaN where values are unknown."""
    record = _record(flows)
    gaps = concentration.totals(np.isnan(_numbers(flows, "quantity_t")).astype(np.float64), record, records)
    value = concentration.totals(_numbers(flows, "value_kusd"), record, records)
    weighed = concentration.totals(_numbers(flows, "weighed_kusd"), record, records)
    share = weighed / np.where(value > 0, value, np.nan)
    whole = (gaps == 0) & (np.bincount(record, minlength=records) > 0) & np.isnan(share)
    return np.where(whole, 1.0, share)


def _sound(flows: pl.DataFrame, records: int) -> Bools:
    """Where enough of the value has a weight for a price, or for shares by weight."""
    return np.asarray(_weighed_share(flows, records) >= LEAST_WEIGHED_SHARE)


def _content(content: Floats, flows: pl.DataFrame, records: int) -> Floats:
    """Contained mineral of each record [t]; NaN where a factor is missing or too little of the value has a weight."""
    unweighed = np.isnan(_numbers(flows, "quantity_t"))
    total = concentration.totals(np.where(unweighed, 0.0, content), _record(flows), records)
    silent = np.bincount(_record(flows), minlength=records) == 0
    return np.where(silent | _sound(flows, records), total, np.nan)


def _imports(outside: pl.DataFrame, records: int) -> dict[str, Floats]:
    """Amounts, shares and concentration of what comes from outside; NaN where no import is recorded, never zero."""
    record = _record(outside)
    recorded = np.bincount(record, minlength=records) > 0
    sound = _sound(outside, records)
    value, reported = _numbers(outside, "value_kusd"), _numbers(outside, "quantity_reported_t")
    quantity = np.nan_to_num(_numbers(outside, "quantity_t"))
    total_value = concentration.totals(value, record, records)
    total_quantity = concentration.totals(quantity, record, records)
    total_quantity = np.where(sound & (total_quantity > 0), total_quantity, np.nan)
    total_reported = concentration.totals(np.nan_to_num(reported), record, records)
    total_reported = np.where(total_reported > 0, total_reported, np.nan)
    top, top_share = concentration.largest(quantity, record, records)
    top, top_share = np.where(sound, top, -1), np.where(sound, top_share, np.nan)
    top_value, top_value_share = concentration.largest(np.nan_to_num(value), record, records)
    valued = ~np.isnan(total_value)
    top_value, top_value_share = np.where(valued, top_value, -1), np.where(valued, top_value_share, np.nan)
    imputed = concentration.totals(_numbers(outside, "imputed_kusd"), record, records)
    imputed_t = concentration.totals(_numbers(outside, "imputed_t"), record, records)
    top_reported = np.full(records, np.nan)
    top_reported[top >= 0] = (reported / total_reported[record])[top[top >= 0]]
    hhi_weight = concentration.herfindahl(quantity, record, records)
    return {
        "import_value_kusd": np.where(recorded, total_value, np.nan),
        "import_quantity_t": total_quantity,
        "import_quantity_reported_t": total_reported,
        "weighed_value_share": _weighed_share(outside, records),
        "imputed_value_share": imputed / np.where(total_value > 0, total_value, np.nan),
        "imputed_weight_share": imputed_t / total_quantity,
        "price_usd_per_kg": concentration.totals(_numbers(outside, "weighed_kusd"), record, records) / total_quantity,
        "suppliers": np.bincount(record, minlength=records).astype(np.float64),
        "top_supplier": top.astype(np.float64),
        "top_supplier_value": top_value.astype(np.float64),
        "top_supplier_weight_share": top_share,
        "top_supplier_weight_share_reported": top_reported,
        "top_supplier_value_share": top_value_share,
        "n_minus_1_share": 1.0 - top_share,
        "import_hhi_weight": np.where(sound, hhi_weight, np.nan),
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
    quantity, value = _reported(flows, records), _numbers(flows, "value_kusd")
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


def _reported(flows: pl.DataFrame, records: int) -> Floats:
    """Reported weights, a missing one counted as the method counts it, 0; NaN where a record has no weight at all."""
    quantity = _numbers(flows, "quantity_reported_t")
    weighed = np.bincount(_record(flows)[~np.isnan(quantity)], minlength=records) > 0
    return np.where(weighed[_record(flows)], np.nan_to_num(quantity), np.nan)


def _exports(keys: pl.DataFrame, flows: pl.DataFrame, economies: Sequence[Region] | None) -> Floats:
    """Contained mineral that each record's economy sends out of itself [t]; NaN where it is not known (`_content`)."""
    if economies is None:
        sent = flows.rename({"exporter": "economy"})
    else:
        membership = _membership(economies, "exporter")
        partner = membership.rename({"exporter": "importer"})
        sent = flows.join(membership, on="exporter").join(partner, on=["economy", "importer"], how="anti")
    sent = sent.join(keys, on=RECORD)
    return _content(_numbers(sent, "content_t"), sent, keys.height)


def _ec(
    outside: pl.DataFrame,
    own: pl.DataFrame,
    keys: pl.DataFrame,
    world: pl.DataFrame,
    inputs: Inputs,
    reliance: Floats,
) -> tuple[Floats, Bools]:
    """The Commission's supply risk, and where it is by the world's concentration alone.

    The importer's sourcing is its imports and its members' production, in content.
    """
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
    risk = keys.join(inputs.minerals, on="mineral", how="left", maintain_order="left")
    score = ec_supply_risk.supply_risk(
        _numbers(market, "world_hhi_wgi"), importer, reliance, _numbers(risk, "eol_rir"), _numbers(risk, "si_sr")
    )
    return score, ec_supply_risk.world_alone(importer, reliance)
