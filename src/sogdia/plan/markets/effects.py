"""What one project does to one market."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarketEffect:
    """quantity_t: new output a year of the traded product in `country`; offtake_t: what reaches the importer by
    contract, of new output or, where there is none, of what the country makes today; price: of the contract relative
    to the base year; stock_t: released where supplies are lost, once an event.
    """

    project: str
    country: str
    quantity_t: float = 0.0
    offtake_t: float = 0.0
    price: float = 1.0
    stock_t: float = 0.0
