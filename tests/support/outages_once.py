"""The outages of the embedded network, computed once for all tests of a process: they take two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from sogdia.data import open_store
from sogdia.hazards import Outage, outages
from sogdia.network import embedded_corridors


@cache
def embedded_outages() -> tuple[Outage, ...]:
    """What every kind of hazard says of the embedded network today."""
    return outages(embedded_corridors().network, open_store())


@contextmanager
def outages_once() -> Iterator[None]:
    """Inside, an ensemble takes these instead of computing them anew."""

    def known(*_: Any) -> tuple[Outage, ...]:
        return embedded_outages()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sogdia.scenarios.setup.outages", known)
        yield
