"""Calls the command line inside the test's process."""

from __future__ import annotations

from typing import Any

import pytest

from sogdia.cli.app import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit status, output and errors of `sogdia ...`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sogdia", *map(str, arguments)])
        try:
            status: Any = main() or 0
        except SystemExit as leaving:
            status = leaving.code or 0
    shown = capsys.readouterr()
    return status, shown.out, shown.err
