"""Hand-made markets, elasticities and stores for the tests of the market."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from sogdia.data import Store, catalogue, open_store
from sogdia.data.schema import conform
from sogdia.market import Cleared, Draws, Scenario, TradedMarket, clear
from sogdia.market.events import Event

SELLERS = ("CHN", "AUS", "JPN")
BUYERS = ("CHN", "JPN", "USA")
FLOWS = (
    (40.0, 30.0, 30.0),
    (0.0, 20.0, 10.0),
    (0.0, 15.0, 5.0),
)
PRICES = (
    (10.0, 10.0, 10.0),
    (np.nan, 12.0, 12.0),
    (np.nan, 20.0, 20.0),
)


def market(
    flows: Sequence[Sequence[float]] = FLOWS,
    sellers: tuple[str, ...] = SELLERS,
    buyers: tuple[str, ...] = BUYERS,
    prices: Sequence[Sequence[float]] | None = PRICES,
) -> TradedMarket:
    """Three sellers, three buyers; China and Japan sell at home too. 10 kUSD/t everywhere when prices is None."""
    quantity = np.array(flows)
    value = np.where(quantity > 0, 10.0, np.nan) if prices is None else np.array(prices)
    return TradedMarket("metal", None, (2020,), "processed", sellers, buyers, quantity, value, ())


def one_world(loss_to: str = "JPN") -> TradedMarket:
    """One seller and one buyer: the market with a closed form."""
    return market([[100.0]], ("AUS",), (loss_to,), None)


def draws(sigma: float = 2.5, eta: float = 0.2, eps: float = 0.2) -> Draws:
    """One draw, the central one."""
    return Draws(np.array([sigma]), np.array([eta]), np.array([eps]))


def cleared(*events: Event, at: TradedMarket | None = None, by: Draws | None = None, **frictions: object) -> Cleared:
    """The hand-made market after some events."""
    scenario = Scenario("test", events, **frictions)  # type: ignore[arg-type]
    return clear(at or market(), scenario, by or draws())


def store_with_trade(
    folder: Path, rows: Sequence[tuple[int, str, str, str, float, float | None]], **tables: pl.DataFrame
) -> Store:
    """The embedded data with trade of whole years replaced by rows of (year, from, to, hs6, kUSD, t)."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = ["year", "exporter", "importer", "hs6", "value_kusd", "quantity_t"]
    frames = {"trade": conform(pl.DataFrame(list(rows), schema=columns, orient="row"), "trade"), **tables}
    entries = []
    for table, frame in frames.items():
        frame.write_parquet(folder / f"{table}.parquet")
        years = tuple(sorted(frame["year"].unique())) if table == "trade" else ()
        entries.append(
            catalogue.entry_for(
                folder, f"{table}.parquet", table=table, rows=frame.height, source_ids=("CEPII_BACI",), years=years
            )
        )
    catalogue.write(folder, tuple(entries))
    return open_store(folder)
