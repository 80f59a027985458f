"""The rows of a shock: each figure of an importer, its rivals and the producers, with its band."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sogdia.concentration import row_herfindahl, row_shares
from sogdia.market import Cleared, ConsumerOutcome, ProducerOutcome, TradedMarket
from sogdia.market.traded import Floats
from sogdia.uncertain import Band, band, money_band, price_band

LARGEST = 10
ROWS = {
    "country": pl.String, "role": pl.String, "partner": pl.String, "variable": pl.String, "unit": pl.String,
    "base": pl.Float64, "low": pl.Float64, "central": pl.Float64, "high": pl.Float64,
    "beyond": pl.Boolean,
}  # fmt: skip

Row = tuple[object, ...]


def consumer_rows(o: ConsumerOutcome, role: str) -> list[Row]:
    """Prices, volumes and money of a consumer."""
    paid = np.where(o.imports_t > 0, np.fmax(o.price_paid, o.import_price), np.nan)
    base_hhi = float(row_herfindahl(o.base_sources_t))
    figures = (
        ("price_paid", "ratio", 1.0, price_band(o.price_paid)),
        ("use_cost", "ratio", 1.0, price_band(o.use_cost)),
        ("import_price", "ratio", 1.0, price_band(o.import_price)),
        ("use", "t", o.base_use_t, band(o.use_t)),
        ("reduced_use", "fraction", 0.0, band(o.reduced_use)),
        ("imports", "t", o.base_imports_t, band(o.imports_t)),
        ("import_bill", "kUSD", o.base_import_bill_kusd, money_band(o.import_bill_kusd, paid, 1.0)),
        ("consumer_surplus_change", "kUSD", 0.0, band(o.surplus_change_kusd)),
        ("import_hhi", "0..1", base_hhi, band(o.hhi)),
    )
    return [_row(o.country, role, None, *figure) for figure in figures]


def source_rows(market: TradedMarket, o: ConsumerOutcome) -> list[Row]:
    """Shares and tonnes of the importer's largest sources of supply, before or after."""
    base = row_shares(o.base_sources_t)
    most = np.nan_to_num(np.fmax(base, o.shares[0]))
    largest = [i for i in np.argsort(-most)[:LARGEST] if most[i] > 0]
    rows = []
    for i in largest:
        key = (o.country, "importer", market.producers[i])
        rows.append(_row(*key, "source_share", "fraction", base[i], band(o.shares[:, i])))
        rows.append(_row(*key, "source", "t", o.base_sources_t[i], band(o.sources_t[:, i])))
    return rows


def internal_row(importer: str, base_t: float, tonnes: Floats) -> Row:
    """What the members of a region sell each other: the region's source named like itself."""
    return _row(importer, "importer", importer, "source", "t", base_t, band(tonnes))


def producer_rows(cleared: Cleared, made: ProducerOutcome, concerned: frozenset[str]) -> list[Row]:
    """Price, output and money of the producers concerned, the importer among them, and of the largest."""
    producers = cleared.market.producers
    largest = {producers[i] for i in np.argsort(-made.base_output_t)[:LARGEST]}
    dearest = _dearest(cleared)
    rows = []
    for i, country in enumerate(producers):
        if country not in concerned | largest:
            continue
        # A producer that makes nothing has no price, and has lost all of its surplus.
        price = np.where(made.output_t[:, i] > 0, made.price[:, i], np.nan)
        figures = (
            ("price", "ratio", 1.0, price_band(price)),
            ("output", "t", made.base_output_t[i], band(made.output_t[:, i])),
            ("surplus_change", "kUSD", 0.0, money_band(made.surplus_change_kusd[:, i], price, 1.0)),
            ("scarcity_rent", "kUSD", 0.0, money_band(made.rent_kusd[:, i], dearest[:, i], 1.0)),
            ("duty_revenue", "kUSD", 0.0, money_band(made.duty_kusd[:, i], dearest[:, i], 1.0)),
        )
        rows += [_row(country, "producer", None, *figure) for figure in figures]
    return rows


def world_row(welfare_kusd: Floats) -> Row:
    """What the world as a whole gains or loses, at one price for all."""
    return _row("world", "world", None, "welfare_change", "kUSD", 0.0, band(welfare_kusd))


def frame(rows: Sequence[Row]) -> pl.DataFrame:
    """The rows as a table."""
    return pl.DataFrame(rows, schema=ROWS, orient="row").with_columns(pl.col("base").fill_nan(None))


def largest_consumers(market: TradedMarket, without: Sequence[str] = (), count: int = LARGEST) -> list[str]:
    """The consumers with the largest use in the base years, but for those of `without`."""
    used = market.flows.sum(axis=0)
    ranked = [market.consumers[j] for j in np.argsort(-used) if used[j] > 0]
    return [country for country in ranked if country not in without][:count]


def _dearest(cleared: Cleared) -> Floats:
    """The highest price relative to base that anybody pays each producer, licences included, (draws, producers)."""
    delivered = np.where(cleared.answer.lane_quantity > 0, cleared.answer.delivered, 0.0)
    owner = cleared.lanes.producer
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    highest = np.zeros((len(delivered), len(cleared.market.producers)))
    highest[:, owner[first]] = np.maximum.reduceat(delivered, first, axis=1)
    return highest


def _row(country: str, role: str, partner: str | None, variable: str, unit: str, base: float, found: Band) -> Row:
    return (
        country, role, partner, variable, unit, float(base), found.low, found.central, found.high, found.beyond,
    )  # fmt: skip
