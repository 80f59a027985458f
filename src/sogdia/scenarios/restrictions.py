"""Export restrictions: how often an exporter restricts a mineral, by its governance and the documented events.

    rate = r exp(-b WGI)

with WGI the exporter's political stability of the last year that the store has, r and b the maximum-likelihood fit to
the documented restrictions over the years of all main exporters (`tools/fit_annual_rates.py`). An exporter whose
governance is not in the store has the rate of WGI 0. Only events that somebody documented count, so that the true rate
is higher.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.stream import EventStream, Hit, Possibility

KINDS = ("export_quota", "export_ban", "export_duty", "licensing", "embargo")
"""Of documented events that count as restrictions."""
LOSS_KIND = "output_loss"
HAZARD = "restriction"


def stability(store: Store) -> dict[str, float]:
    """World Bank estimate of political stability of each country in the last year that has one, about -2.5..2.5."""
    rows = store.scan("governance").select("country", "year", "estimate").collect().drop_nulls().sort("year")
    return dict(rows.select("country", "estimate").iter_rows())


def restriction_rate(wgi: float | None) -> float:
    """Restrictions a year of one mineral by an exporter.

    >>> [round(restriction_rate(wgi), 4) for wgi in (0.0, -1.0, None)]
    [0.0056, 0.0158, 0.0056]
    """
    slope = annual_rate("restriction_wgi").value.central
    return annual_rate("restriction_rate").value.central * math.exp(-slope * (0.0 if wgi is None else wgi))


def restrictions(pairs: Iterable[tuple[str, str]], wgi: Mapping[str, float]) -> tuple[EventStream, ...]:
    """One stream for each (exporter, mineral): they restrict mineral by mineral."""
    days, share = annual_rate("restriction_days"), annual_rate("restriction_share")
    rate, slope = annual_rate("restriction_rate"), annual_rate("restriction_wgi")
    sources = each_once(rate.source_ids, slope.source_ids, days.source_ids, share.source_ids)
    return tuple(
        EventStream(
            name=f"{HAZARD}:{exporter}:{mineral}", hazard=HAZARD, cause=f"export restriction by {exporter}",
            possibilities=(
                Possibility(
                    restriction_rate(wgi.get(exporter)),
                    (Hit("exports", exporter, mineral, days.value, share.value),),
                ),
            ),
            evidence="assumed", source_ids=sources,
        )
        for exporter, mineral in pairs
    )  # fmt: skip
