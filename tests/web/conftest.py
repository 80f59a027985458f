"""One server for all tests of this folder that only ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.web_server import WebServer, web_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, no_store_of_the_user: object) -> Iterator[WebServer]:
    """On the embedded data, on a free port."""
    with web_server(tmp_path_factory.mktemp("web")) as running:
        yield running
