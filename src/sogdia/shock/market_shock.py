"""What would an event do to an importer, its rivals and the producers? The answer as tables, with bands.

Bands are 90 % over draws of the elasticities between their low and high ends; the central column is the answer at the
central elasticities, not the mean of the draws. What is beyond the model's range is null and marked (see `bands`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.concentration import row_herfindahl, row_shares
from sogdia.data import Store
from sogdia.data.elasticities import Elasticities, elasticities_for
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
from sogdia.shock.importer import ImporterOutcome, importer_outcome
from sogdia.uncertain import BEYOND, band, is_beyond, priced, within

DRAWS = 200
LARGEST = 10
TABLE = {
    "country": pl.String, "role": pl.String, "partner": pl.String, "variable": pl.String, "unit": pl.String,
    "base": pl.Float64, "low": pl.Float64, "central": pl.Float64, "high": pl.Float64,
    "beyond": pl.Boolean,
}  # fmt: skip

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shock:
    """rows: country, role (importer, member, consumer or producer), partner (source of supply), variable, unit, base,
    low, central, high, beyond. Ratios are relative to base; money in thousand US dollars of the base year. A region
    stands before its members; its source named like itself is what they sell each other. beyond: no central figure is
    given because the price is beyond the model's range.
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
    outcomes = {c: consumer(c) for c in [*members, *largest_consumers(market, importer.members)]}
    mine = importer_outcome(cleared, importer, [outcomes[m] for m in members]) if members else None
    parts = members if len(importer.members) > 1 else []
    rows = _consumer_rows(mine.total, "importer") if mine else []
    for country, o in outcomes.items():
        if country in parts or country not in members:
            rows += _consumer_rows(o, "member" if country in parts else "consumer")
    if mine:
        rows += _source_rows(market, mine.total)
        if parts:
            inside = (importer.key, "importer", importer.key, "source", "t")
            rows.append(_row(*inside, mine.base_internal_t, mine.internal_t))
    events = [event.event if isinstance(event, AtStage) else event for event in scenario.events]
    named = {touched for event in events for _, touched in event.touches()} | {
        event.country for event in events if hasattr(event, "country")
    }
    largest = {market.producers[i] for i in np.argsort(-made.base_output_t)[:LARGEST]}
    dearest = _dearest(cleared)
    for i, country in enumerate(market.producers):
        if country in named | largest:
            # Who makes nothing has no price, and has lost all of its surplus.
            price = np.where(made.output_t[:, i] > 0, made.price[:, i], np.nan)
            rows += [
                _row(country, "producer", None, "price", "ratio", 1.0, price),
                _row(country, "producer", None, "output", "t", made.base_output_t[i], made.output_t[:, i]),
                _row(country, "producer", None, "surplus_change", "kUSD", 0.0, made.surplus_change_kusd[:, i], price),
                _row(country, "producer", None, "scarcity_rent", "kUSD", 0.0, made.rent_kusd[:, i], dearest[:, i]),
                _row(country, "producer", None, "duty_revenue", "kUSD", 0.0, made.duty_kusd[:, i], dearest[:, i]),
            ]
    frame = pl.DataFrame(rows, schema=TABLE, orient="row").with_columns(pl.col("base").fill_nan(None))
    notes = (*market.notes, *cleared.notes, *notes, *_range_notes(frame), *_internal_note(importer, mine))
    return Shock(market.mineral, market.stage, market.years, scenario, elasticities, frame, notes)


def largest_consumers(market: TradedMarket, without: Collection[str] = (), count: int = LARGEST) -> list[str]:
    """The consumers with the largest use in the base years, but for those of `without`."""
    ranked = [market.consumers[j] for j in np.argsort(-market.flows.sum(axis=0))]
    return [country for country in ranked if country not in without][:count]


def _dearest(cleared: Cleared) -> Floats:
    """The highest price relative to base that anybody pays each producer, licences included, (draws, producers)."""
    delivered = np.where(cleared.answer.lane_quantity > 0, cleared.answer.delivered, 0.0)
    owner = cleared.lanes.producer
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    found = np.zeros((len(delivered), len(cleared.market.producers)))
    found[:, owner[first]] = np.maximum.reduceat(delivered, first, axis=1)
    return found


def _consumer_rows(o: ConsumerOutcome, role: str) -> list[Row]:
    paid = np.where(o.imports_t > 0, np.fmax(o.price, o.import_price), np.nan)
    named = (
        ("price", "ratio", 1.0, o.price, None, 0.0),
        ("import_price", "ratio", 1.0, o.import_price, None, 0.0),
        ("consumption", "t", o.base_consumption_t, o.consumption_t, None, 0.0),
        ("shortage", "fraction", 0.0, o.shortage, None, 0.0),
        ("imports", "t", o.base_imports_t, o.imports_t, None, 0.0),
        ("import_bill", "kUSD", o.base_import_bill_kusd, o.import_bill_kusd, paid, 1.0),
        ("consumer_surplus_change", "kUSD", 0.0, o.surplus_change_kusd, o.price, -1.0),
        ("import_hhi", "0..1", float(row_herfindahl(o.base_sources_t)), o.hhi, None, 0.0),
    )
    return [_row(o.country, role, None, *figures) for figures in named]


def _source_rows(market: TradedMarket, o: ConsumerOutcome) -> list[Row]:
    base = row_shares(o.base_sources_t)
    most = np.nan_to_num(np.fmax(base, o.shares[0]))
    largest = [i for i in np.argsort(-most)[:LARGEST] if most[i] > 0]
    return [
        row
        for i in largest
        for row in (
            _row(o.country, "importer", market.producers[i], "source_share", "fraction", base[i], o.shares[:, i]),
            _row(o.country, "importer", market.producers[i], "source", "t", o.base_sources_t[i], o.sources_t[:, i]),
        )
    ]


def _row(
    country: str, role: str, partner: str | None, variable: str, unit: str, base: float, values: Floats,
    price: Floats | None = None, towards: float = 1.0,
) -> Row:  # fmt: skip
    """One line with its band. price: what money follows from, and towards which side; a ratio is a price itself."""
    if unit == "ratio":
        price, values = values, within(values)
    elif price is not None:
        values = priced(values, price, towards)
    central, low, high = band(values)
    beyond = price is not None and is_beyond(float(price[0]))
    return (country, role, partner, variable, unit, float(base), low, central, high, beyond)


def _range_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Where no figure is given because the price is beyond the model's range."""
    far = rows.filter("beyond")["country"].unique(maintain_order=True).to_list()
    if not far:
        return ()
    return (
        f"Beyond the model's range: prices of more than {BEYOND:g} times base or without bound, and the money that "
        f"follows from them, are not given, for {', '.join(far)}.",
    )


def _internal_note(importer: Region, mine: ImporterOutcome | None) -> tuple[str, ...]:
    """What a region's imports are."""
    if mine is None or len(importer.members) == 1:
        return ()
    return (
        f"Imports of {importer.key} are those from outside. Its members sold each other {mine.base_internal_t:,.0f} t "
        f"in the base year and {mine.internal_t[0]:,.0f} t in the answer.",
    )
