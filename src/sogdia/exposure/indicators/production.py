"""Domestic production, and the concentration of world production."""

from __future__ import annotations

import numpy as np

from sogdia.concentration import Floats, herfindahl
from sogdia.exposure.measure import TABLE, Columns, Indicator, Measure
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.weights import floats, record_numbers


def world_amounts(inputs: RecordInputs) -> Floats:
    """World production by country, the rows of `inputs.world`, in whole units of the publisher; unknown counts as 0."""
    return np.asarray(np.floor(np.nan_to_num(floats(inputs.world, "amount"))))


def world_concentration(inputs: RecordInputs) -> Floats:
    """Herfindahl-Hirschman index of the world's production of each record's mineral and year (records,)."""
    index = herfindahl(world_amounts(inputs), record_numbers(inputs.world), inputs.world_records)
    return inputs.of_world(index)


def columns(inputs: RecordInputs) -> Columns:
    """Production at home and in the world."""
    return {"domestic_production_t": inputs.production_t, "production_hhi": world_concentration(inputs)}


INDICATOR = Indicator(
    "production",
    40,
    (
        Measure(
            "domestic_production_t",
            "t",
            "Domestic production",
            "production in the unit of its basis (see mineral)",
            ("production",),
        ),
        Measure(
            "production_hhi",
            "0..1",
            "Concentration of world production",
            "Herfindahl-Hirschman index of producing countries",
            ("production",),
            TABLE,
            "World HHI",
        ),
    ),
    columns,
)
