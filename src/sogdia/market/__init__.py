"""A labelled market: calibrated from the data, shocked, cleared, and read."""

from sogdia.market.calibrate import calibrate
from sogdia.market.clear import Cleared, clear
from sogdia.market.draws import Draws, draw
from sogdia.market.outcomes import ConsumerOutcome, ProducerOutcome, consumer_outcome, producer_outcome
from sogdia.market.scenario import Scenario
from sogdia.market.traded import TradedMarket

__all__ = [
    "Cleared",
    "ConsumerOutcome",
    "Draws",
    "ProducerOutcome",
    "Scenario",
    "TradedMarket",
    "calibrate",
    "clear",
    "consumer_outcome",
    "draw",
    "producer_outcome",
]
