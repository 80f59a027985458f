"""What would an event do to an importer, its rivals and the producers? The answer as tables, with bands.

Bands are 90 % over draws of the elasticities between their low and high ends; the central column is the answer at the
central elasticities, not the mean of the draws.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.elasticities import Elasticities, elasticities_for
from sogdia.equilibrium.outcomes import herfindahl, shares
from sogdia.market import (
    Cleared,
    ConsumerOutcome,
    ProducerOutcome,
    Scenario,
    TradedMarket,
    calibrate,
    clear,
    consumer_outcome,
    draw,
    producer_outcome,
)
from sogdia.market.events import AtStage
from sogdia.market.traded import Floats

DRAWS = 200
LARGEST = 10
LOW, HIGH = 0.05, 0.95
TABLE = {
    "country": pl.String, "role": pl.String, "partner": pl.String, "variable": pl.String, "unit": pl.String,
    "base": pl.Float64, "low": pl.Float64, "central": pl.Float64, "high": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Shock:
    """rows: country, role (importer, consumer or producer), partner (source of supply), variable, unit, base, low,
    central, high. Ratios are relative to base; money in thousand US dollars of the base year.
    """

    mineral: str
    stage: str | None
    years: tuple[int, ...]
    scenario: Scenario
    elasticities: Elasticities
    rows: pl.DataFrame
    notes: tuple[str, ...]

    def table(self) -> pl.DataFrame:
        """Tidy long table: scenario, mineral, stage, year, country, partner, variable, unit, stat, value, source_id."""
        source = ";".join(
            dict.fromkeys(
                ("CEPII_BACI", "BMF_WMD", *self.elasticities.sigma.source_ids, *self.elasticities.eta.source_ids)
            )
        )
        long = self.rows.unpivot(
            index=["country", "role", "partner", "variable", "unit"],
            on=["base", "low", "central", "high"],
            variable_name="stat",
            value_name="value",
        )
        return long.select(
            pl.lit(self.scenario.name).alias("scenario"),
            pl.lit(self.mineral).alias("mineral"),
            pl.lit(self.stage, pl.String).alias("stage"),
            pl.lit(self.years[-1]).alias("year"),
            *long.columns,
            pl.lit(source).alias("source_id"),
        )


def shock(
    store: Store,
    mineral_key: str,
    years: Sequence[int],
    scenario: Scenario,
    importer: Region,
    *,
    stage: str | None = None,
    through_hubs: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
) -> Shock:
    """Calibrate on `years`, apply the scenario, clear, read the outcomes for the importer and the largest consumers."""
    mineral = store.mineral(mineral_key)
    market = calibrate(store, mineral, years, stage, through_hubs=through_hubs)
    elasticities = elasticities_for(store, mineral.key, stage, scenario.horizon_years)
    cleared = clear(market, scenario, draw(elasticities, draws, seed))
    for member in importer.members if not set(importer.members) & set(market.consumers) else ():
        market.consumer(member)
    return read(cleared, elasticities, importer, partial(consumer_outcome, cleared), producer_outcome(cleared))


def read(
    cleared: Cleared,
    elasticities: Elasticities,
    importer: Region,
    consumer: Callable[[str], ConsumerOutcome],
    made: ProducerOutcome,
    notes: tuple[str, ...] = (),
) -> Shock:
    """The tables of a cleared market: the importer and the largest consumers, the producers named and the largest.

    consumer: what the scenario does to a consumer; made: to the producers; notes: to add to the market's.
    """
    market, scenario = cleared.market, cleared.scenario
    members = [m for m in importer.members if m in market.consumers]
    outcomes = {c: consumer(c) for c in dict.fromkeys([*members, *largest_consumers(market)])}
    rows = [row for c, o in outcomes.items() for row in _consumer_rows(o, "importer" if c in members else "consumer")]
    rows += [row for c in members for row in _source_rows(market, outcomes[c])]
    events = [event.event if isinstance(event, AtStage) else event for event in scenario.events]
    named = {touched for event in events for _, touched in event.touches()} | {
        event.country for event in events if hasattr(event, "country")
    }
    largest = {market.producers[i] for i in np.argsort(-made.base_output_t)[:LARGEST]}
    for i, country in enumerate(market.producers):
        if country in named | largest:
            rows += [
                _row(country, "producer", None, "price", "ratio", 1.0, made.price[:, i]),
                _row(country, "producer", None, "output", "t", made.base_output_t[i], made.output_t[:, i]),
                _row(country, "producer", None, "surplus_change", "kUSD", 0.0, made.surplus_change_kusd[:, i]),
                _row(country, "producer", None, "scarcity_rent", "kUSD", 0.0, made.rent_kusd[:, i]),
            ]
    frame = pl.DataFrame(rows, schema=TABLE, orient="row").with_columns(
        pl.col("base", "low", "central", "high").fill_nan(None)
    )
    return Shock(
        market.mineral, market.stage, market.years, scenario, elasticities, frame, (*market.notes, *notes)
    )  # fmt: skip


def largest_consumers(market: TradedMarket, count: int = LARGEST) -> list[str]:
    """The consumers with the largest use in the base years."""
    return [market.consumers[j] for j in np.argsort(-market.flows.sum(axis=0))[:count]]


def _consumer_rows(o: ConsumerOutcome, role: str) -> list[tuple[object, ...]]:
    named = (
        ("price", "ratio", 1.0, o.price),
        ("import_price", "ratio", 1.0, o.import_price),
        ("consumption", "t", o.base_consumption_t, o.consumption_t),
        ("shortage", "fraction", 0.0, o.shortage),
        ("imports", "t", o.base_imports_t, o.imports_t),
        ("import_bill", "kUSD", o.base_import_bill_kusd, o.import_bill_kusd),
        ("consumer_surplus_change", "kUSD", 0.0, o.surplus_change_kusd),
        ("import_hhi", "0..1", float(herfindahl(o.base_sources_t)), o.hhi),
    )
    return [_row(o.country, role, None, name, unit, base, values) for name, unit, base, values in named]


def _source_rows(market: TradedMarket, o: ConsumerOutcome) -> list[tuple[object, ...]]:
    base = shares(o.base_sources_t)
    largest = [i for i in np.argsort(-np.maximum(base, o.shares[0]))[:LARGEST] if max(base[i], o.shares[0, i]) > 0]
    return [
        row
        for i in largest
        for row in (
            _row(o.country, "importer", market.producers[i], "source_share", "fraction", base[i], o.shares[:, i]),
            _row(o.country, "importer", market.producers[i], "source", "t", o.base_sources_t[i], o.sources_t[:, i]),
        )
    ]


def _row(
    country: str, role: str, partner: str | None, variable: str, unit: str, base: float, values: Floats
) -> tuple[object, ...]:
    """One line with its band. A consumer cut off has an infinite price or loss: it is reported as null."""
    finite = np.where(np.isfinite(values), values, np.nan)
    known = finite[np.isfinite(finite)]
    low, high = np.quantile(known, [LOW, HIGH]) if known.size else (np.nan, np.nan)
    return (country, role, partner, variable, unit, float(base), float(low), float(finite[0]), float(high))
