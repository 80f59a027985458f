"""Do the examples in the docstrings still give what they say?"""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import sogdia

PACKAGE = Path(sogdia.__file__).parent
MODULES = sorted(
    ".".join(("sogdia", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if ">>>" in path.read_text(encoding="utf-8")
)


def test_the_search_for_examples_finds_them():
    assert {"sogdia.errors", "sogdia.codes.countries", "sogdia.concentration"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_give_what_they_say(name):
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
