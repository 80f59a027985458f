"""The network and the events of earthquakes, made once for the tests of hazards."""

from __future__ import annotations

import pytest

from sogdia.data import Store
from sogdia.hazards import HazardOptions, Outage
from sogdia.hazards.kinds import earthquake
from sogdia.network import Corridors, Network, embedded_corridors


@pytest.fixture(scope="session")
def corridors() -> Corridors:
    return embedded_corridors()


@pytest.fixture(scope="session")
def network(corridors: Corridors) -> Network:
    return corridors.network


@pytest.fixture(scope="session")
def quakes(network: Network, store: Store) -> tuple[Outage, ...]:
    """Every outage by earthquake, with its event (two seconds)."""
    return earthquake.outages(network, store, HazardOptions())
