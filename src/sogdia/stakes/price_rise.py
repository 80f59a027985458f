"""The rise of industries' prices when the cost of one of them rises: `c (I - A)^-1`.

With `c` the cost put on industries [share of their output] and `A` [USD of input per USD of output], every industry
passing its cost on in full and changing no quantity, prices rise by `p = c (I - A)^-1`. With `f` the deliveries to
final demand and `x = (I - A)^-1 f` the output, cost put on one industry returns whole over final demand:

    sum_j p_j f_j = c (I - A)^-1 f = c x

The packaged table holds of the inverse what follows the cost of the industries that buy minerals first (`price_C20` and
so on, and `price_own`), and of the sum on the left in which final deliveries it ends (`paid_in_*`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sogdia.stakes.accounts import EconomyAccount

Floats = NDArray[np.float64]
FOLLOWED = ("C20", "C23", "C24A", "C24B", "C25", "C26", "C27")
"""Sectors whose cost is followed to the prices of the others."""


def price_rises(cost: Floats, inputs: Floats) -> Floats:
    """Rise of every industry's price, (industries,). cost: share of output; inputs: A, from row to column.

    >>> price_rises(np.array([0.1, 0.0]), np.array([[0.0, 0.5], [0.0, 0.0]])).tolist()
    [0.1, 0.05]
    """
    return np.asarray(np.linalg.solve(np.eye(len(inputs)) - inputs.T, cost))


def national_price_rises(economy: EconomyAccount, cost_musd: Mapping[str, float]) -> dict[str, float]:
    """Rise of the price of each of an economy's industries, by sector, as a fraction.

    cost_musd: what is put on each sector. Cost of a sector that is not followed raises its own price alone.
    """
    rises = dict.fromkeys((code for code, account in economy.industries.items() if account.active), 0.0)
    for sector, money in cost_musd.items():
        account = economy.industries.get(sector)
        if account is None or not account.active:
            continue
        cost = money / account.gross_output_musd
        for code in rises if sector in FOLLOWED else (sector,):
            other = economy.industries[code].coefficients
            rises[code] += cost * (other["price_own"] if code == sector else other[f"price_{sector}"])
    return rises
