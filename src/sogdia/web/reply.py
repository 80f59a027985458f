"""What is sent back for a question: status and text, the same from the server and from its workers."""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.questions.desk import Desk, Form, as_json
from sogdia.questions.registry import Asked
from sogdia.web.faults import body_of, status_of

OK = 200
BUSY = 503


@dataclass(frozen=True, slots=True)
class Reply:
    """body: the answer in its form, or the error as JSON."""

    status: int
    body: bytes


def reply(desk: Desk, asked: Asked, form: Form) -> Reply:
    """The answer, or what is wrong with the question. A defect is raised."""
    from sogdia.errors import SogdiaError

    try:
        return Reply(OK, desk.written(asked, form))
    except SogdiaError as error:
        return Reply(status_of(error), body_of(error))


def sorry(status: int, text: str) -> Reply:
    """A reply that only says why there is no answer."""
    return Reply(status, as_json({"error": text, "faults": []}))
