"""What becomes of the projects of a market: which come about, and how they are then there.

A project in a year is one of three: it never comes about, it comes about if it is supported, or it does anyway. Drawn
once for each year, the same under every combination, so that plans differ by what they do and not by chance. A project
that is there without support sells to the world and has no contract with the importer.

    never                      not there
    only with support          with contract where supported, else not there
    anyway                     with contract where supported, else there without one

A project that changes events, and nothing of the market itself, changes only which state a year is in (see `variants`):
no market is solved for it but for new states.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.plan.markets.effects import MarketEffect

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NEVER, WITH_SUPPORT, ANYWAY = 0, 1, 2
ABSENT, FREE, CONTRACTED = 0, 1, 2
MODES = 3


@dataclass(frozen=True, slots=True, eq=False)
class TouchingProject:
    """A project that touches a market. number: in the plan; if_supported, anyway: probabilities; bit: of the column of
    states with it, where it changes events.
    """

    number: int
    effect: MarketEffect
    if_supported: float
    anyway: float
    bit: int | None = None


def realisations(seed: int, name: str, years: int, if_supported: float, anyway: float) -> Integers:
    """What becomes of a project in each year, (years,). Keyed by seed and name: other projects change nothing.

    >>> realisations(1, "a", 3, 1.0, 1.0).tolist(), realisations(1, "a", 3, 0.0, 0.0).tolist()
    ([2, 2, 2], [0, 0, 0])
    """
    key = int.from_bytes(hashlib.sha256(f"project:{name}".encode()).digest()[:8], "little")
    drawn = np.random.Generator(np.random.Philox(key=[seed, key])).random(years)
    return np.where(drawn < anyway, ANYWAY, np.where(drawn < if_supported, WITH_SUPPORT, NEVER)).astype(np.int64)


def chances(projects: Sequence[TouchingProject]) -> tuple[Integers, Floats]:
    """Everything that may become of the projects, (outcomes, projects), and the chance of each, (outcomes,)."""
    found, chance = np.zeros((1, 0), dtype=np.int64), np.ones(1)
    for project in projects:
        own = [max(1.0 - max(project.anyway, project.if_supported), 0.0)]
        own += [max(project.if_supported - project.anyway, 0.0), project.anyway]
        classes = [kind for kind in (NEVER, WITH_SUPPORT, ANYWAY) if own[kind] > 0]
        column = np.repeat(classes, len(found))[:, np.newaxis]
        found = np.concatenate([np.tile(found, (len(classes), 1)), column], axis=1)
        chance = np.concatenate([chance * own[kind] for kind in classes])
    return found, chance


def keys_of(classes: Integers, holds: NDArray[np.bool_]) -> Integers:
    """How the projects are there, as one number with a digit of base 3 for each, (rows, combinations), given what
    becomes of them, (rows, projects), and which are supported, (combinations, projects).

    >>> keys_of(np.array([[0, 1, 2, 1, 2]]), np.array([[True, True, True, False, False]])).tolist()
    [[105]]
    >>> modes_of_key(105, 5)
    (0, 2, 2, 0, 1)
    """
    keys = np.zeros((len(classes), len(holds)), dtype=np.int64)
    for k in range(holds.shape[1]):
        with_support = np.where(classes[:, k] >= WITH_SUPPORT, CONTRACTED, ABSENT)
        without = np.where(classes[:, k] == ANYWAY, FREE, ABSENT)
        keys += MODES**k * np.where(holds[:, k], with_support[:, np.newaxis], without[:, np.newaxis])
    return keys


def modes_of_key(key: int, projects: int) -> tuple[int, ...]:
    """How each project is there."""
    return tuple(key // MODES**k % MODES for k in range(projects))
