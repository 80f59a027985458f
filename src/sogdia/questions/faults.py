"""What went wrong, in plain values: one text, and the faults one by one. No path, no traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sogdia.errors import DataError, FileRefusedError, InputError, SogdiaError

STORE = "The data store cannot be read. The terminal of the server says why; `sogdia data verify` checks it."
DEFECT = "This is a defect of Sogdia. The terminal of the server says more."


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
