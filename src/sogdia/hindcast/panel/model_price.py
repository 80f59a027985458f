"""The price change of the model that is comparable with an observed one, by its estimator.

A mean unit value moves with the mix of sources, so does the model's. A matched change is taken over the flows that are
there before and after, by their values, and so is the model's: with d the delivered price of a lane over base, v its
value before and v' after,

    matched   sum of w ln d / sum of w,    w = sqrt(v v')

so that a source that is lost, whose price is that of the last tonne nobody got, weighs nothing.
"""

from __future__ import annotations

import numpy as np

from sogdia.market.clear import Cleared
from sogdia.market.outcomes import flows_to
from sogdia.market.traded import Floats


def matched_log_price(cleared: Cleared, consumer: int, without: int | None = None) -> Floats:
    """Matched log price change of one consumer's imports, (draws,); NaN where nothing is bought.

    consumer, without: numbers of a consumer, and of a producer whose lanes are left out.
    """
    market, lanes = cleared.market, cleared.lanes
    flows = flows_to(cleared, consumer)
    unit_value = np.nan_to_num(market.unit_value[lanes.producer, consumer])
    base = np.where(lanes.members[:, consumer], market.flows[lanes.producer, consumer], 0.0)
    counted = (flows > 0) & ~lanes.home & (lanes.producer != (-1 if without is None else without))
    delivered = np.where(counted, cleared.answer.delivered, 1.0)
    weight = np.sqrt(np.where(counted, base * unit_value * flows * unit_value * delivered, 0.0))
    total = weight.sum(axis=1)
    return np.asarray((weight * np.log(delivered)).sum(axis=1) / np.where(total > 0, total, np.nan))
