"""Calls the command line inside the test's process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from sogdia.cli.app import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit status, output and errors of `sogdia ...`."""
    status = _status(*arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it, the whole first."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


def output(*arguments: object) -> str:
    """Output of a `sogdia ...` that ends well, for a fixture that several tests share and that has no `capsys`."""
    with redirect_stdout(StringIO()) as shown:
        assert _status(*arguments) == 0
    return shown.getvalue()


def _status(*arguments: object) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sogdia", *map(str, arguments)])
        try:
            main()
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0
