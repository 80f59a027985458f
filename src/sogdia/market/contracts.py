"""Contracts fix the price of a share of what is delivered, up to that share of base; they move no tonnes.

A contracted share c of every flow X of the base year is sold at the base price, as far as it comes: of the flow x that
the market settles on,

    h = c min(x, X)

tonnes are paid 1 per base price and the rest d, whatever the delivered price d is. A cut of 40 % therefore breaks 40 %
of the contracts on its lane, an embargo all of them, and more bought elsewhere is bought at the price of the day. Who
has tonnes under contract may sell them on, so that use, flows and the price at the margin are those of a market without
contracts; the seller bears what a contract saves the buyer, h (d - 1), duties and dearer ways among it.
"""

from __future__ import annotations

import numpy as np

from sogdia.market.traded import Floats


def under_contract(share: float, base_t: Floats, flow_t: Floats) -> Floats:
    """`c min(x, X)`, tonnes at base prices, (draws, lanes). base_t: X (lanes,); flow_t: x (draws, lanes).

    >>> under_contract(0.25, np.array([60.0, 40.0]), np.array([[36.0, 50.0]])).tolist()
    [[9.0, 10.0]]
    """
    return np.asarray(share * np.minimum(flow_t, base_t))


def paid(flow_t: Floats, contract_t: Floats, delivered: Floats) -> Floats:
    """`x d - h (d - 1)`: what the flow costs in base prices, (draws, lanes); 0 where nothing flows."""
    price = np.where(flow_t > 0, delivered, 0.0)
    return np.asarray((flow_t - contract_t) * price + contract_t)
