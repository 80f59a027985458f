"""The tables of docs/claims.md are what the tool that writes them computes."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sogdia.data import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        spec = importlib.util.spec_from_file_location("write_claims_under_test", ROOT / "tools" / "write_claims.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        yield module


def test_the_page_shows_the_figures_of_the_code(store: Store, tool: ModuleType) -> None:
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert tool.filled(page, tool.tables(store)) == page
