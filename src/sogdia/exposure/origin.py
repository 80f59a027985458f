"""Consumption traced to the countries of mining, through the trading hubs that imports pass.

The inversion of Kastner, Kastner & Nonhebel (2011), Ecological Economics 70, 1032-1040. For one product:

    x = P + imports                      throughput of each country
    A = Z diag(x)^-1                     Z[i, e]: what importer i takes from exporter e; A: share of e's throughput
    R = (I - A)^-1 diag(P)               R[i, o]: part of i's throughput mined in o; its rows sum to x
    c = (x - exports) / x                share of the throughput that stays for consumption
    consumption by origin = diag(c) R    its rows sum to consumption

Valid inside one stage only: ore traced to ore, not ore to metal. Exports beyond throughput (drawn from stocks or
misreported) are added to production and reported as such.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.concentration import Floats

LEAK = 1e-9  # lost on each step, so that a closed circle of countries that only pass goods on has an answer: none


@dataclass(frozen=True, slots=True)
class Origin:
    """consumption_by_origin: (importers, origins) [t]; added_production: (countries,) [t] put in to cover exports."""

    consumption_by_origin: Floats
    added_production: Floats

    def shares(self, importer: int) -> Floats:
        """Share of each origin in one importer's consumption; NaN when it consumes nothing."""
        row = self.consumption_by_origin[importer]
        total = row.sum()
        return row / total if total > 0 else np.full_like(row, np.nan)


def trace(production: Floats, trade: Floats) -> Origin:
    """Trace consumption to where it was mined.

    production: (countries,) [t]; trade: (importers, exporters) [t], same order of countries, diagonal ignored.
    """
    flows = trade - np.diag(np.diag(trade))
    imports, exports = flows.sum(axis=1), flows.sum(axis=0)
    added = np.maximum(exports - production - imports, 0.0)
    source = production + added
    throughput = source + imports
    safe = np.where(throughput > 0, throughput, 1.0)
    share = flows / safe[np.newaxis, :]
    mined = np.linalg.solve(np.eye(len(source)) - (1.0 - LEAK) * share, np.diag(source))
    kept = np.where(throughput > 0, (throughput - exports) / safe, 0.0)
    return Origin(np.clip(kept, 0.0, None)[:, np.newaxis] * mined, added)
