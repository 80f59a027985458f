"""The model's own error: how far observed outcomes lay from predicted ones in the panel of natural experiments.

    observed = predicted + scale z,    scale^2 = a^2 + (b v)^2 + (c m)^2

v: volatility of the code, the robust standard deviation of its ordinary changes (table `code_volatility`). m: size of
the prediction, |predicted - base| (for prices and tonnes in logs). z: drawn from the quantiles of the panel's own
standardised errors, which are neither normal nor symmetric. a, b, c and the quantiles are rows of the table
`model_error`, fitted by `tools/fit_model_error.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.data.source_ids import row_sources
from sogdia.data.store import Store
from sogdia.errors import unknown

Floats = NDArray[np.float64]
FLOOR, BY_VOLATILITY, BY_SIZE, QUANTILE = "floor", "by_volatility", "by_size", "quantile"
COEFFICIENTS = (FLOOR, BY_VOLATILITY, BY_SIZE)
LOG_PRICE, SHARE, TONNES = "log_price", "share", "tonnes"


@dataclass(frozen=True, slots=True, eq=False)
class ModelError:
    """The error of one measure. floor, by_volatility, by_size: a, b, c. levels, quantiles: (levels,) of z, rising.

    >>> error = ModelError("log_price", 0.3, 0.0, 0.4, np.array([0.1, 0.5, 0.9]), np.array([-1.0, 0.0, 2.0]))
    >>> error.draws(0.2, np.array([1.0]), np.array([0.9])).tolist()
    [1.0]
    """

    measure: str
    floor: float
    by_volatility: float
    by_size: float
    levels: Floats
    quantiles: Floats
    source_ids: tuple[str, ...] = ()

    def scale(self, volatility: Floats | float, size: Floats | float) -> Floats:
        """Scale of the error at a volatility and a size of the prediction, which may be arrays of one shape."""
        squares = self.floor**2 + (self.by_volatility * np.asarray(volatility)) ** 2
        return np.asarray(np.sqrt(squares + (self.by_size * np.asarray(size)) ** 2))

    def draws(self, volatility: Floats | float, size: Floats | float, uniforms: Floats) -> Floats:
        """Errors to add to predictions, of the shape of `uniforms`, which lie in 0..1."""
        return np.asarray(self.scale(volatility, size) * np.interp(uniforms, self.levels, self.quantiles))


def model_error(store: Store, measure: str) -> ModelError:
    """The error of a measure: log_price (price paid), share (of the supplier that is lost) or tonnes (log of imports).

    UnknownNameError for a measure that the table does not have.
    """
    rows = store.scan("model_error").collect()
    own = rows.filter(pl.col("measure") == measure)
    if own.is_empty():
        raise unknown("measure", measure, rows["measure"].unique().sort().to_list())
    one = {name: float(own.filter(pl.col("item") == name)["value"][0]) for name in COEFFICIENTS}
    ranked = own.filter(pl.col("item") == QUANTILE).sort("level")
    levels, quantiles = ranked["level"].to_numpy(), ranked["value"].to_numpy()
    return ModelError(
        measure, one[FLOOR], one[BY_VOLATILITY], one[BY_SIZE], levels.copy(), quantiles.copy(), row_sources(own)
    )


def volatility(store: Store, measure: str, codes: Sequence[str]) -> float:
    """Volatility of a measure in a market of some codes: the median over them; over all codes where none is known."""
    known = _volatilities(store, measure)
    own = [known[code] for code in codes if code in known]
    return float(np.median(own if own else list(known.values())))


def _volatilities(store: Store, measure: str) -> Mapping[str, float]:
    rows = store.scan("code_volatility").filter(pl.col("measure") == measure).collect()
    return dict(rows.select("hs6", "volatility").iter_rows())
