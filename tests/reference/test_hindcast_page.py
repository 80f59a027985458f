"""The tables of docs/hindcast.md are what the tool that writes them computes."""

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
    with loaded(TOOLS / "write_hindcast.py") as program:
        yield program


@pytest.mark.slow
def test_the_page_shows_the_figures_of_the_command_and_of_other_rules(store: Store, tool: ModuleType) -> None:
    page = (ROOT / "docs" / "hindcast.md").read_text(encoding="utf-8")
    assert tool.filled(page, tool.tables(store)) == page


def test_lines_go_between_the_marks_and_a_missing_mark_is_named(tool: ModuleType) -> None:
    text = "a\n<!-- t -->\nold\n<!-- end of t -->\nb"
    assert tool.filled(text, {"t": ["1", "2"]}) == "a\n<!-- t -->\n1\n2\n<!-- end of t -->\nb"
    with pytest.raises(ValueError, match="no marks for the table 'u'"):
        tool.filled(text, {"u": []})
