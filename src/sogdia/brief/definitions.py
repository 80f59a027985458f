"""The columns of measures: label, unit and definition come from the registry of indicators."""

from __future__ import annotations

from sogdia.exposure import measures
from sogdia.render.blocks import Column

FORMAT_BY_UNIT = {
    "fraction": "share",
    "0..1": "index",
    "score": "index",
    "per year": "slope",
    "count": "count",
    "t": "amount",
    "thousand USD": "amount",
    "USD/kg": "amount",
    "kg Cu-eq/kg": "amount",
}
UNIT_SHOWN = {"fraction": "", "score": "", "count": ""}


def measure_column(variable: str, label: str = "", shown: bool = True) -> Column:
    """The column of a measure. label: a shorter one for a crowded table; shown: see Column."""
    measure = measures()[variable]
    unit = UNIT_SHOWN.get(measure.unit, measure.unit)
    return Column(
        variable, label or measure.label, FORMAT_BY_UNIT.get(measure.unit, "amount"), unit, measure.definition, shown
    )
