"""Imports by weight and by value, how far weights are known or imputed, and the average price."""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.concentration import totals
from sogdia.exposure.caveats import imputed_notes, no_import_notes, too_few_weights_notes
from sogdia.exposure.measure import DETAIL, TABLE, Columns, Indicator, Measure
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.tables import FLOWS, WEIGHTS
from sogdia.exposure.weights import floats


def columns(inputs: RecordInputs) -> Columns:
    """Amounts of what comes from outside; NaN where no import is recorded, never zero."""
    flows, record, records = inputs.outside, inputs.outside_record, inputs.records
    value = totals(floats(flows, "value_kusd"), record, records)
    quantity = totals(np.nan_to_num(floats(flows, "quantity_t")), record, records)
    quantity = np.where(inputs.enough_weighed & (quantity > 0), quantity, np.nan)
    reported = totals(np.nan_to_num(floats(flows, "quantity_reported_t")), record, records)
    imputed_kusd, imputed_t = (totals(floats(flows, name), record, records) for name in ("imputed_kusd", "imputed_t"))
    return {
        "import_quantity_t": quantity,
        "import_value_kusd": np.where(inputs.suppliers > 0, value, np.nan),
        "import_quantity_reported_t": np.where(reported > 0, reported, np.nan),
        "weighed_value_share": inputs.weighed_share,
        "imputed_value_share": imputed_kusd / np.where(value > 0, value, np.nan),
        "imputed_weight_share": imputed_t / quantity,
        "price_usd_per_kg": totals(floats(flows, "weighed_kusd"), record, records) / quantity,
    }


def notes(records: pl.DataFrame) -> tuple[str, ...]:
    """Where no import is recorded, where too little of the value has a weight, where many weights are imputed."""
    return (*no_import_notes(records), *too_few_weights_notes(records), *imputed_notes(records))


INDICATOR = Indicator(
    "imports",
    10,
    (
        Measure(
            "import_quantity_t",
            "t",
            "Imports by weight",
            "sum of net weight of traded product, missing and doubtful weights imputed from value at the median unit "
            "value of the code and year; unknown where less than 80 % of the value has a weight, so are prices and "
            "shares by weight",
            WEIGHTS,
            TABLE,
            "Weight",
        ),
        Measure(
            "import_value_kusd",
            "thousand USD",
            "Imports by value",
            "sum of the value of imports, free on board, current US dollars",
            FLOWS,
            TABLE,
            "Value",
        ),
        Measure(
            "import_quantity_reported_t",
            "t",
            "Imports by weight, as reported",
            "sum of the weights that were reported",
            FLOWS,
        ),
        Measure(
            "weighed_value_share",
            "fraction",
            "Share of value with a weight",
            "value of flows with a weight, reported or imputed / value of all flows",
            WEIGHTS,
        ),
        Measure(
            "imputed_value_share",
            "fraction",
            "Share of value with imputed weight",
            "value of flows whose weight was missing, absurd or a spike and is imputed / value of all flows",
            WEIGHTS,
        ),
        Measure(
            "imputed_weight_share",
            "fraction",
            "Share of weight that is imputed",
            "imputed weight / imports by weight",
            WEIGHTS,
        ),
        Measure(
            "price_usd_per_kg",
            "USD/kg",
            "Average import price",
            "value / weight of the imports with a weight, over all stages counted: of ore and metal together it is the "
            "mean of a mix",
            WEIGHTS,
            DETAIL,
        ),
    ),
    columns,
    notes,
)
