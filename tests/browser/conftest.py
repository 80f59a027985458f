"""The report in a browser. SOGDIA_NO_BROWSER=1 leaves these tests out where there is no Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sogdia.data import Store
from support.chromium import Browser, browser
from support.whole_report import whole_folder

if TYPE_CHECKING:
    from support.dashboard import Dashboard

collect_ignore_glob = ["test_*.py"] if os.environ.get("SOGDIA_NO_BROWSER") == "1" else []


@pytest.fixture(scope="session")
def address(store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file address of the default report."""
    return (whole_folder(tmp_path_factory, store) / "annex.html").as_uri()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Browser]:
    """The report in a window of a desktop, without any network."""
    with browser() as window:
        window.send(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
        )
        window.open(address)
        yield window


@pytest.fixture(scope="module")
def window() -> Iterator[Dashboard]:
    """The dashboard in a window, served to the tests of one file."""
    from support.dashboard import dashboard

    with dashboard() as one:
        yield one


@pytest.fixture
def quiet(window: Dashboard) -> Iterator[None]:
    """No page says anything on the console, and none asks anybody but its own server."""
    window.log.clear()
    yield
    assert window.log == []
    assert [one for one in window.requests if not one.startswith((window.origin, "data:", "blob:", "about:"))] == []
