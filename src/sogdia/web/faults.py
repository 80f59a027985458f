"""What went wrong, as an answer of the server: its status and its text."""

from __future__ import annotations

from sogdia.errors import InputError, NoAnswerError, SogdiaError, SolveError, UnknownNameError
from sogdia.questions.desk import as_json
from sogdia.questions.faults import told

STATUS: tuple[tuple[type[SogdiaError], int], ...] = (
    (UnknownNameError, 404), (NoAnswerError, 422), (SolveError, 422), (InputError, 400),
)  # fmt: skip


def status_of(error: Exception) -> int:
    """The status of the answer that tells an error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def body_of(error: Exception) -> bytes:
    """The answer as JSON."""
    return as_json(told(error))
