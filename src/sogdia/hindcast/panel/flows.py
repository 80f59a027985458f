"""How far forecasts of who sells how much to an importer are off, by the model and by the simple forecasts.

error = sum over exporters of |predicted - observed| / imports before         0 is perfect
"""

from __future__ import annotations

import numpy as np

from sogdia.hindcast.baselines import baseline
from sogdia.hindcast.panel.episodes import Fall
from sogdia.hindcast.panel.observe import Observed
from sogdia.hindcast.panel.predict import Predicted
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market import TradedMarket
from sogdia.market.traded import Floats


def flow_errors(
    trade: CodeTrade, market: TradedMarket, fall: Fall, kept: float, now: Observed, last: Observed, model: Predicted
) -> tuple[Floats, Floats]:
    """Errors (importers, 4) of no change, last year, pro rata and reallocation, and of the model (importers, sets)."""
    simple = [
        baseline("no_change", now.base_flows, fall.exporter, kept),
        last.flows,
        baseline("pro_rata", now.base_flows, fall.exporter, kept),
        baseline("reallocation", now.base_flows, fall.exporter, kept),
    ]
    errors = np.array([np.abs(flows - now.flows).sum(axis=1) for flows in simple]).T / now.base_t[:, np.newaxis]
    place = [trade.exporters.index(exporter) for exporter in market.producers]
    seen = now.flows[:, place]
    new = now.flows.sum(axis=1) - seen.sum(axis=1)
    off = np.abs(model.flows - seen[:, np.newaxis, :]).sum(axis=2) + new[:, np.newaxis]
    return np.asarray(errors), np.asarray(off / now.base_t[:, np.newaxis])
