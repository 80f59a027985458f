"""The trade of all codes, read and repaired once, and one code's trade as arrays by year, exporter and importer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.data import Store
from sogdia.data.repair import QUALITY_REPORTED, repaired
from sogdia.market.traded import Floats, TradedMarket

KEYS = ("hs6", "year", "exporter", "importer")


@dataclass(frozen=True, slots=True, eq=False)
class CodeTrade:
    """Trade of one code between countries.

    years: consecutive. exporters, importers: ISO codes, sorted. quantity [t], value [kUSD]: (years, exporters,
    importers), completed weights; both are 0 where nothing is recorded. reported: (years, exporters, importers) whose
    weight is the publisher's own, neither missing nor repaired.
    """

    hs6: str
    years: tuple[int, ...]
    exporters: tuple[str, ...]
    importers: tuple[str, ...]
    quantity: Floats
    value: Floats
    reported: NDArray[np.bool_]

    def at(self, year: int) -> int:
        """Number of a year."""
        return year - self.years[0]

    def before(self, year: int, count: int) -> slice:
        """The numbers of the `count` years before a year."""
        return slice(self.at(year) - count, self.at(year))

    def mean_quantity(self, span: slice) -> Floats:
        """Mean yearly quantity over some years, (exporters, importers) [t]."""
        return np.asarray(self.quantity[span].mean(axis=0))

    def mean_value(self, span: slice) -> Floats:
        """Mean yearly value over some years, (exporters, importers) [kUSD]."""
        return np.asarray(self.value[span].mean(axis=0))


@lru_cache(maxsize=1)
def whole_trade(store: Store) -> pl.DataFrame:
    """The trade of all codes and years, repaired once for all events: KEYS, value_kusd, quantity_completed_t, reported.

    Each code and year is repaired by its own rows and those of the years beside it, so that a part of this is what
    `repaired` gives for the part.
    """
    kept = (*KEYS, "value_kusd", "quantity_completed_t")
    return repaired(store).select(*kept, reported=pl.col("quality") == QUALITY_REPORTED)


def code_trades(store: Store, codes: Sequence[str] | None = None) -> Iterator[CodeTrade]:
    """The trade of each code, in the order of the codes; codes without trade are left out."""
    wanted = pl.lit(True) if codes is None else pl.col("hs6").is_in(list(codes))
    rows = whole_trade(store).filter(
        wanted, pl.col("exporter") != pl.col("importer"), pl.col("quantity_completed_t") > 0
    )
    years = tuple(range(min(store.years), max(store.years) + 1))
    for frame in rows.sort(KEYS).partition_by("hs6", maintain_order=True):
        yield _code_trade(frame, years)


def _code_trade(frame: pl.DataFrame, years: tuple[int, ...]) -> CodeTrade:
    exporters, importers = (tuple(frame[name].unique().sort()) for name in ("exporter", "importer"))
    place = (
        frame["year"].to_numpy().astype(np.int64) - years[0],
        *(frame[name].rank("dense").to_numpy().astype(np.int64) - 1 for name in ("exporter", "importer")),
    )
    shape = len(years), len(exporters), len(importers)
    quantity, value = np.zeros(shape), np.zeros(shape)
    np.add.at(quantity, place, frame["quantity_completed_t"].to_numpy())
    np.add.at(value, place, frame["value_kusd"].fill_null(0.0).to_numpy())
    reported = np.zeros(shape, bool)
    reported[place] = frame["reported"].to_numpy()
    return CodeTrade(str(frame["hs6"][0]), years, exporters, importers, quantity, value, reported)


def base_market(trade: CodeTrade, base: slice, mineral: str, stage: str, market_class: str) -> TradedMarket:
    """The market of one code over its base years: recorded trade alone, without home sales."""
    quantity, value = trade.mean_quantity(base), trade.mean_value(base)
    sells, buys = np.flatnonzero(quantity.sum(axis=1) > 0), np.flatnonzero(quantity.sum(axis=0) > 0)
    quantity, value = quantity[np.ix_(sells, buys)], value[np.ix_(sells, buys)]
    return TradedMarket(
        mineral, stage, trade.years[base], market_class,
        tuple(trade.exporters[i] for i in sells), tuple(trade.importers[j] for j in buys), quantity,
        np.where(quantity > 0, value / np.where(quantity > 0, quantity, 1.0), np.nan), (),
    )  # fmt: skip
