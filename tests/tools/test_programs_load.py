"""Every tool and every benchmark still finds what it imports; none does anything when it is loaded."""

from __future__ import annotations

import pytest

from support.programs import ROOT, loaded

PROGRAMS = sorted(path for folder in ("tools", "benchmarks") for path in (ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_program_finds_what_it_imports_and_waits_to_be_called(path, capsys):
    with loaded(path) as module:
        assert capsys.readouterr().out == ""
        assert path.stem.startswith("_") or callable(module.main)
