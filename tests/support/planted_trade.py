"""A small store of made-up trade in which falls of exports are planted, for tests of the panel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from sogdia.data import Store, catalogue, open_store
from sogdia.hindcast.panel.trade import CodeTrade

YEARS = range(1995, 2025)
SELLERS = {"CHL": 300.0, "PER": 250.0, "AUS": 250.0, "MEX": 200.0}
BUYERS = {"JPN": 0.5, "KOR": 0.3, "DEU": 0.2}
CODES = ("260300", "260800", "260700", "282200")
FALL = 2010


def exports(seller: str, year: int, fallen: str, kept: float) -> float:
    """Tonnes that a seller ships; `fallen` ships `kept` of it in FALL alone, and the others make up a tenth."""
    if year != FALL:
        return SELLERS[seller]
    return SELLERS[seller] * (kept if seller == fallen else 1.1)


def planted_rows(kept: float = 0.4, price_in_fall: float = 1.5) -> pl.DataFrame:
    """Trade of four codes: in each, one seller's exports fall in FALL, and prices rise then. Prices waver by a few per
    cent from year to year, in a pattern of their own for each code and buyer.
    """
    rows = []
    for number, code in enumerate(CODES):
        fallen = list(SELLERS)[number]
        for year in YEARS:
            for place, (buyer, part) in enumerate(BUYERS.items()):
                waver = 1.0 + 0.05 * np.sin(1.0 + 2.0 * year + number + 3.0 * place)
                price = 10.0 * waver * (price_in_fall if year == FALL else 1.0)
                for seller in SELLERS:
                    tonnes = exports(seller, year, fallen, kept) * part
                    rows.append((year, seller, buyer, code, tonnes * price, tonnes))
    schema = {"year": pl.Int16, "exporter": pl.String, "importer": pl.String, "hs6": pl.String,
              "value_kusd": pl.Float64, "quantity_t": pl.Float64}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row").sort("hs6", "year", "exporter", "importer")


def planted_store(folder: Path, rows: pl.DataFrame) -> Store:
    """A store with this trade in place of the embedded one."""
    folder.mkdir()
    rows.write_parquet(folder / "trade.parquet")
    entry = catalogue.entry_for(
        folder, "trade.parquet", table="trade", rows=rows.height, source_ids=("CEPII_BACI",), years=tuple(YEARS)
    )
    catalogue.write(folder, (entry,))
    return open_store(folder)


def code_trade(quantity: np.ndarray[tuple[int, ...], np.dtype[np.float64]], hs6: str = "260300") -> CodeTrade:
    """Trade of one code from tonnes (years, exporters, importers), from 2000, at a price of 1."""
    years, exporters, importers = quantity.shape
    return CodeTrade(
        hs6, tuple(range(2000, 2000 + years)), tuple(f"E{n}" for n in range(exporters)),
        tuple(f"I{n}" for n in range(importers)), quantity, quantity.copy(), quantity > 0,
    )  # fmt: skip
