"""The tables of docs/hindcast.md are what the tool that writes them computes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sogdia.data import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_hindcast_under_test", ROOT / "tools" / "write_hindcast.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_page_shows_the_figures_of_the_command_and_of_other_rules(store: Store, tool: ModuleType) -> None:
    page = (ROOT / "docs" / "hindcast.md").read_text(encoding="utf-8")
    assert tool.filled(page, tool.tables(store)) == page


def test_lines_go_between_the_marks_and_a_missing_mark_is_named(tool: ModuleType) -> None:
    text = "a\n<!-- t -->\nold\n<!-- end of t -->\nb"
    assert tool.filled(text, {"t": ["1", "2"]}) == "a\n<!-- t -->\n1\n2\n<!-- end of t -->\nb"
    with pytest.raises(ValueError, match="no marks for the table 'u'"):
        tool.filled(text, {"u": []})
