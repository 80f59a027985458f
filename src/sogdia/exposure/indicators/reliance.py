"""Net import reliance: how much of what an economy uses comes from abroad.

NIR = (imports - exports) / (production + imports - exports)     all in contained mineral [t], clipped to 0..1
"""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.concentration import Floats
from sogdia.exposure.measure import DETAIL, Columns, Indicator, Label, Measure
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.tables import WEIGHTS

NO_PRODUCTION = "no statistics of production"
NO_IMPORT = "no import recorded"
NO_CONTENT = "mineral content of the trade not known"
NO_USE = "on record exports reach or exceed imports and production"
TABLES = (*WEIGHTS, "production", "mineral_codes")


def net_import_reliance(imports: Floats, exports: Floats, production: Floats) -> Floats:
    """NIR of each record, shape (records,); imports, exports and production in the same unit.

    NaN where apparent use is not positive or where production is unknown (NaN): a null production is not zero.

    >>> net_import_reliance(np.array([80.0, 5.0]), np.array([0.0, 20.0]), np.array([20.0, 10.0])).tolist()
    [0.8, nan]
    """
    net = imports - exports
    use = production + net
    with np.errstate(invalid="ignore"):
        reliance = np.clip(net / np.where(use > 0, use, np.nan), 0.0, 1.0)
    return np.asarray(reliance)


def reliance_of(inputs: RecordInputs) -> Floats:
    """Net import reliance of each record, in contained mineral."""
    return net_import_reliance(inputs.contained_imports_t, inputs.contained_exports_t, inputs.production_t)


def columns(inputs: RecordInputs) -> Columns:
    """The reliance, and why it is not known where it is not."""
    reliance = reliance_of(inputs)
    content = inputs.contained_imports_t + inputs.contained_exports_t
    gap = (
        pl.when(pl.Series(~np.isnan(reliance))).then(pl.lit(None, pl.String))
        .when(pl.Series(np.isnan(inputs.production_t))).then(pl.lit(NO_PRODUCTION))
        .when(pl.Series(inputs.suppliers == 0)).then(pl.lit(NO_IMPORT))
        .when(pl.Series(np.isnan(content))).then(pl.lit(NO_CONTENT))
        .otherwise(pl.lit(NO_USE))
    )  # fmt: skip
    return {"net_import_reliance": reliance, "reliance_gap": pl.select(gap).to_series()}


INDICATOR = Indicator(
    "reliance",
    50,
    (
        Measure(
            "net_import_reliance",
            "fraction",
            "Net import reliance",
            "(imports - exports) / (production + imports - exports), in contained mineral, clipped to 0..1",
            TABLES,
            DETAIL,
            reason="reliance_gap",
        ),
        Label("reliance_gap", "Why reliance is not known", "why net import reliance is not known"),
    ),
    columns,
)
