"""Do the public names load, and only when they are used?"""

from __future__ import annotations

import subprocess
import sys

import pytest

import sogdia
from support.typed_example import largest_supplier, loss

NOT_AT_IMPORT = {"numpy", "polars", "scipy", "typer", "rich", "typst"}


@pytest.mark.parametrize("name", sogdia.__all__)
def test_every_public_name_resolves(name):
    assert getattr(sogdia, name) is not None


def test_dir_lists_the_public_names_and_no_other():
    assert dir(sogdia) == sorted(sogdia.__all__)


def test_no_name_is_public_twice():
    assert len(set(sogdia.__all__)) == len(sogdia.__all__)


def test_a_star_import_brings_the_public_names():
    names: dict[str, object] = {}
    exec("from sogdia import *", names)
    assert set(sogdia.__all__) <= set(names)


def test_a_name_that_does_not_exist_is_refused_as_python_does():
    with pytest.raises(AttributeError, match="'Studdy'"):
        _ = sogdia.Studdy


def test_importing_sogdia_imports_no_heavy_library():
    code = "import sys, sogdia; dir(sogdia); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not NOT_AT_IMPORT & set(shown.stdout.split())


def test_a_typed_program_runs():
    assert largest_supplier("JPN", "tungsten") == "CHN"
    assert isinstance(loss(sogdia.Study("JPN"), "rare_earths"), tuple)
