"""Concentration of imports: suppliers, the largest of them and its share, and the Herfindahl-Hirschman index."""

from __future__ import annotations

import numpy as np

from sogdia.concentration import herfindahl, largest, totals
from sogdia.exposure.measure import DETAIL, TABLE, Columns, Indicator, Label, Measure
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.tables import FLOWS, WEIGHTS
from sogdia.exposure.weights import floats


def columns(inputs: RecordInputs) -> Columns:
    """Shares and concentration of what comes from outside; by weight only where enough of the value has a weight."""
    flows, record, records = inputs.outside, inputs.outside_record, inputs.records
    value, reported = floats(flows, "value_kusd"), floats(flows, "quantity_reported_t")
    quantity = np.nan_to_num(floats(flows, "quantity_t"))
    top, top_share = largest(quantity, record, records)
    top, top_share = np.where(inputs.enough_weighed, top, -1), np.where(inputs.enough_weighed, top_share, np.nan)
    top_value, top_value_share = largest(np.nan_to_num(value), record, records)
    valued = ~np.isnan(totals(value, record, records))
    all_reported = totals(np.nan_to_num(reported), record, records)
    all_reported = np.where(all_reported > 0, all_reported, np.nan)
    top_reported = np.full(records, np.nan)
    top_reported[top >= 0] = (reported / all_reported[record])[top[top >= 0]]
    return {
        "suppliers": inputs.suppliers.astype(np.float64),
        "top_supplier": inputs.outside_names(top),
        "top_supplier_weight_share": top_share,
        "top_supplier_weight_share_reported": top_reported,
        "top_supplier_value": inputs.outside_names(np.where(valued, top_value, -1)),
        "top_supplier_value_share": np.where(valued, top_value_share, np.nan),
        "n_minus_1_share": 1.0 - top_share,
        "import_hhi_weight": np.where(inputs.enough_weighed, herfindahl(quantity, record, records), np.nan),
        "import_hhi_value": herfindahl(value, record, records),
    }


INDICATOR = Indicator(
    "concentration",
    20,
    (
        Measure("suppliers", "count", "Suppliers", "number of countries with recorded exports to the importer", FLOWS),
        Label(
            "top_supplier",
            "Largest supplier",
            "country with the largest imports by weight",
            TABLE,
            missing="weights unknown",
        ),
        Measure(
            "top_supplier_weight_share",
            "fraction",
            "Largest supplier's share by weight",
            "imports by weight from the largest supplier / all imports by weight",
            WEIGHTS,
            TABLE,
            "by weight",
        ),
        Measure(
            "top_supplier_weight_share_reported",
            "fraction",
            "Largest supplier's share by weight, as reported",
            "reported weight of imports from the supplier that is largest by weight / all reported weight",
            FLOWS,
        ),
        Label("top_supplier_value", "Largest by value", "country with the largest imports by value"),
        Measure(
            "top_supplier_value_share",
            "fraction",
            "Largest supplier's share by value",
            "imports by value from the largest supplier by value / all imports by value",
            FLOWS,
            TABLE,
            "by value",
        ),
        Measure(
            "n_minus_1_share",
            "fraction",
            "Supply left without the largest supplier",
            "1 - largest supplier's share by weight",
            WEIGHTS,
            DETAIL,
        ),
        Measure(
            "import_hhi_weight",
            "0..1",
            "Concentration of imports, by weight",
            "Herfindahl-Hirschman index: sum of squared import shares by weight",
            WEIGHTS,
            TABLE,
            "HHI",
        ),
        Measure(
            "import_hhi_value",
            "0..1",
            "Concentration of imports, by value",
            "Herfindahl-Hirschman index: sum of squared import shares by value",
            FLOWS,
        ),
    ),
    columns,
)
