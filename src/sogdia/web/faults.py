"""What went wrong, as an answer of the server: status, one text, and the faults one by one. No path, no traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sogdia.errors import (
    DataError,
    FileRefusedError,
    InputError,
    NoAnswerError,
    SogdiaError,
    SolveError,
    UnknownNameError,
)
from sogdia.web.desk import as_json

STORE = "The data store cannot be read. The terminal of `sogdia serve` says why; `sogdia data verify` checks it."
DEFECT = "This is a defect of Sogdia. The terminal of `sogdia serve` says more."
STATUS: tuple[tuple[type[SogdiaError], int], ...] = (
    (UnknownNameError, 404), (NoAnswerError, 422), (SolveError, 422), (InputError, 400),
)  # fmt: skip


def status_of(error: Exception) -> int:
    """The status of the answer that tells an error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def told(error: Exception) -> dict[str, Any]:
    """`error`: the text; `faults`: parameter or file, row, column, value, rule and remedy of each."""
    if isinstance(error, DataError | FileRefusedError) or not isinstance(error, SogdiaError):
        return {"error": STORE if isinstance(error, SogdiaError) else DEFECT, "faults": []}
    faults = [
        {
            "name": fault.file, "row": fault.row, "column": fault.column, "value": fault.value, "rule": fault.rule,
            "remedy": fault.remedy,
        }
        for fault in (error.faults if isinstance(error, InputError) else ())
    ]  # fmt: skip
    return {"error": without_home(str(error)), "faults": faults}


def without_home(text: str) -> str:
    """The text without the folder of the person whose machine this is."""
    return text.replace(str(Path.home()), "~")


def body_of(error: Exception) -> bytes:
    """The answer as JSON."""
    return as_json(told(error))
