"""The tables of docs/claims.md are what the tool that writes them computes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sogdia.data import Store
from support.programs import TOOLS, loaded

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with loaded(TOOLS / "write_claims.py") as program:
        yield program


def test_the_page_shows_the_figures_of_the_code(store: Store, tool: ModuleType) -> None:
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert tool.filled(page, tool.tables(store)) == page
