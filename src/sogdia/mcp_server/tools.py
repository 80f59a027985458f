"""The tools: five questions of the registry, their parameters as JSON Schema, and what a call answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sogdia.errors import Fault, InputError
from sogdia.mcp_server.figures import LIMIT, MOST_FIGURES, told
from sogdia.questions.desk import Desk
from sogdia.questions.parameters import QuestionParameter, read_query
from sogdia.questions.registry import Question, question_named, read_asked
from sogdia.questions.schema import schema_of

NAMES = ("expose", "shock", "route", "plan", "claims")
SHAPE = (
    QuestionParameter("variables", "variables", "texts", help="Only these variables; the result lists all of them."),
    QuestionParameter(
        "most", "most", "whole", default=MOST_FIGURES, help="How many figures at most.", bounds=(1, LIMIT)
    ),
)  # fmt: skip
"""What every tool takes beside the parameters of its question."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One question as a tool."""

    question: Question

    @property
    def name(self) -> str:
        """As the question is called."""
        return self.question.name

    @property
    def description(self) -> str:
        """What it answers."""
        return f"{self.question.summary}. {self.question.description}"

    def schema(self) -> dict[str, Any]:
        """Its arguments."""
        parameters = (*self.question.parameters(), *SHAPE)
        return {
            "type": "object",
            "properties": {
                one.name: schema_of(one) | ({"description": one.help} if one.help else {}) for one in parameters
            },
            "required": [one.name for one in parameters if one.required],
            "additionalProperties": False,
        }

    def answer(self, desk: Desk, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The answer; InputError, UnknownNameError and the like as the question raises them."""
        shape = {parameter.name for parameter in SHAPE}
        asked = [pair for pair in pairs(arguments) if pair[0] not in shape]
        form = read_query([pair for pair in pairs(arguments) if pair[0] in shape], SHAPE)
        found = desk.answer(read_asked(self.question, asked))
        return told(found, form.get("variables", ()), form.get("most", MOST_FIGURES))


def tools() -> tuple[Tool, ...]:
    """Every tool."""
    return tuple(Tool(question) for name in NAMES if (question := question_named(name)) is not None)


def tool_named(name: str) -> Tool | None:
    """The tool of this name."""
    return next((tool for tool in tools() if tool.name == name), None)


def pairs(arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and values as text, as in an address; InputError for a value of another shape.

    >>> list(pairs({"mineral": ["tin", "cobalt"], "year": 2022, "with_gold": True, "stage": None}))
    [('mineral', 'tin'), ('mineral', 'cobalt'), ('year', '2022'), ('with_gold', 'true')]
    """
    for name, value in arguments.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bool):
                yield name, str(one).lower()
            elif isinstance(one, str | int | float):
                yield name, one if isinstance(one, str) else repr(one)
            elif one is not None:
                raise InputError([Fault(name, "a value is text, a number, true or false", "Correct it.")])
