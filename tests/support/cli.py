"""Calls the command line inside the test's process."""

from __future__ import annotations

import pytest

from sogdia.cli.app import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit status, output and errors of `sogdia ...`."""
    status = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sogdia", *map(str, arguments)])
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    shown = capsys.readouterr()
    return status, shown.out, shown.err
