"""What the model says would happen to the importers of a case, in each of the `modes`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.hindcast.case import Case
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.hindcast.panel.model_price import matched_log_price
from sogdia.hindcast.panel.prices import MEAN
from sogdia.market import Draws, Scenario, clear, consumer_outcome
from sogdia.market.events import Event, ExportLimit, OutputChange
from sogdia.market.outcomes import producer_outcome
from sogdia.market.traded import Floats

AMPLE = 5.0
OUTPUT_KINDS = frozenset({"output_loss"})


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """share: (importers, draws) of the restricted supplier; log_price: (importers, draws) ln of the import price over
    base, as the estimator of the case measures it; sources: (importers, producers, draws) [t]; home_price: (draws,) of
    the restricted supplier.
    """

    share: Floats
    log_price: Floats
    sources: Floats
    home_price: Floats


def predict(case: Case, mode: str, draws: Draws) -> Prediction:
    """The model's answer for every draw."""
    scenario = Scenario(
        f"{case.event.event_id} {case.year} {mode}", _events(case, mode), horizon_years=case.years_since
    )
    cleared = clear(case.market, scenario, draws)
    outcomes = [consumer_outcome(cleared, importer) for importer in case.importers]
    if case.measure.estimator == MEAN:
        with np.errstate(divide="ignore"):
            log_price = np.array([np.log(o.import_price) for o in outcomes])
    else:
        log_price = np.array([matched_log_price(cleared, case.market.consumer(i)) for i in case.importers])
    return Prediction(
        share=np.array([o.shares[:, case.supplier] for o in outcomes]),
        log_price=log_price,
        sources=np.array([o.sources_t.T for o in outcomes]),
        home_price=producer_outcome(cleared).price[:, case.supplier],
    )


def _events(case: Case, mode: str) -> tuple[Event, ...]:
    event = case.event
    to = event.destinations or ()
    if mode == CONDITIONAL:
        limit = ExportLimit(event.country, quota_t=case.realised_t, destinations=to)
        return (limit,) if case.kept <= 1 else (limit, OutputChange(event.country, AMPLE * case.kept))
    if event.kind in OUTPUT_KINDS:
        return (OutputChange(event.country, 1.0 - case.size),)
    return (ExportLimit(event.country, share=case.size, destinations=to),)
