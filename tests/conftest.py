"""What every test shares: the embedded data alone, settings of the property tests, and a few read-only tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import settings

from sogdia.data import Store, open_store
from sogdia.exposure.inputs import Inputs, load
from support.once import shared_folder

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

LAST_YEARS = range(2018, 2025)


@pytest.fixture(scope="session", autouse=True)
def no_store_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test sees a store that whoever runs the tests has made."""
    folder = tmp_path_factory.mktemp("empty-store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOGDIA_STORE", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees or fills the cache of whoever runs the tests; they share one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOGDIA_CACHE", str(shared_folder(tmp_path_factory, "cache")))
        yield


@pytest.fixture(scope="session")
def store(no_store_of_the_user: Path) -> Store:
    """The embedded snapshot."""
    return open_store()


@pytest.fixture(scope="session")
def trade(store: Store) -> pl.DataFrame:
    """Every trade flow of the snapshot."""
    return store.trade().collect()


@pytest.fixture(scope="session")
def all_inputs(store: Store) -> Inputs:
    """What the exposure of every importer to every mapped mineral in 2018-2024 rests on."""
    return load(store, [m for m in store.minerals.values() if m.codes], LAST_YEARS)
