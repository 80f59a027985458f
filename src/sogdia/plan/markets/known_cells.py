"""The cells of a table whose chances are known: states of one event at most, and all that becomes of projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from sogdia.plan.markets.realised import Floats, Integers, TouchingProject, chances, keys_of
from sogdia.plan.markets.single_events import SingleStates

MOST = 400_000
"""Entries above which the expected loss of a market is sampled as a whole."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownCells:
    """cells: (outcomes, states, sets of projects that change the market); column: number of the set of each
    combination; outcome, chance: chance of each outcome of the projects and of each state; several, of_several: as in
    `SingleStates`.
    """

    cells: Integers
    column: Integers
    outcome: Floats
    chance: Floats
    several: float
    of_several: NDArray[np.bool_]

    def means(self, values: Floats) -> Floats:
        """Dearer, saved and lasting of each combination in these years, times their chance, (3, combinations). values:
        of each cell, (3, cells); a state without an answer counts as the others do on average.
        """
        found = values[:, self.cells]
        first = self.column[:1]
        found[2] -= found[2][:, :, first].copy()
        there = ~np.isnan(found).any(axis=(0, 1, 3))
        chance = np.where(there, self.chance, 0.0)
        chance *= self.chance.sum() / chance.sum()
        means = np.einsum("k,s,pksc->pc", self.outcome, chance, np.nan_to_num(found))
        return np.asarray(means[:, self.column])

    def weights(self, cells: int) -> csr_matrix:
        """Chance of each cell under each combination in these years, (combinations, cells)."""
        sets = self.cells.shape[2]
        chance = np.broadcast_to((self.outcome[:, np.newaxis] * self.chance)[:, :, np.newaxis], self.cells.shape)
        of_set = np.broadcast_to(np.arange(sets), self.cells.shape)
        found = csr_matrix((chance.ravel(), (of_set.ravel(), self.cells.ravel())), shape=(sets, cells))
        return found[self.column]


def known_cells(
    projects: Sequence[TouchingProject], holds: NDArray[np.bool_], single: SingleStates, states: int
) -> KnownCells | None:
    """The cells as key x states + state; None where they are too many."""
    outcomes, chance = chances(projects)
    distinct, column = np.unique(holds, axis=0, return_inverse=True)
    if len(outcomes) * len(single.state) * len(distinct) > MOST:
        return None
    cells = keys_of(outcomes, distinct)[:, np.newaxis, :] * states + single.state[np.newaxis, :, np.newaxis]
    return KnownCells(cells, column.ravel(), chance, single.chance, single.several, single.of_several)
