"""Re-exports: what a trading hub sells on is the product of its makers.

A hub sells a product that it does not make. A tonne that leaves its maker goes from buyer to buyer until one uses it:
at buyer j it is sold on with probability r[j] and then goes where j's exports go.

    r[j]   = min(1, exports of j / imports of j) for hubs, 0 for all others
    T[j,k] = r[j] X[j,k] / exports of j                        from buyer j on to buyer k
    A      = F (I - T)^-1                                      arrivals by maker, F: what makers ship
    C[i,j] = A[i,j] (1 - r[j])                                 what j uses of i's product

A hub's exports beyond its imports have no known origin and stay its own product. Hubs that only sell to each other in
a circle make I - T singular; nobody made what circles there, and least squares give it to nobody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDING = 1e-12


def through_hubs(flows: Floats, producers: tuple[str, ...], consumers: tuple[str, ...], makers: set[str]) -> Floats:
    """Flows from makers to users [t], same shape (producers, consumers); users' totals add up to what makers ship.

    makers: countries that make the product. With no hub the flows come back unchanged.
    """
    seller = {country: number for number, country in enumerate(producers)}
    exports, imports = flows.sum(axis=1), flows.sum(axis=0)
    shipped = flows.copy()
    resold = np.zeros(len(consumers))
    onward = np.zeros((len(consumers), len(consumers)))
    for buyer, country in enumerate(consumers):
        hub = seller.get(country)
        if hub is None or country in makers or exports[hub] <= 0 or imports[buyer] <= 0:
            continue
        resold[buyer] = min(1.0, exports[hub] / imports[buyer])
        onward[buyer] = resold[buyer] * flows[hub] / exports[hub]
        shipped[hub] *= max(0.0, 1.0 - imports[buyer] / exports[hub])
    arrivals = np.linalg.lstsq((np.eye(len(consumers)) - onward).T, shipped.T)[0].T
    used = arrivals * (1.0 - resold)
    return np.where(used > ROUNDING * flows.sum(), used, 0.0)
