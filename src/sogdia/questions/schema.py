"""The parameters of a question as JSON Schema: for the description of the API, and for tools of an assistant."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sogdia.questions.parameters import Kind, QuestionParameter

TYPES: Mapping[Kind, dict[str, Any]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "numbers": {"type": "array", "items": {"type": "number"}},
    "flag": {"type": "boolean"},
}


def schema_of(parameter: QuestionParameter) -> dict[str, Any]:
    """Type, default and bounds of one parameter.

    >>> schema_of(QuestionParameter("year", "year", "whole"))
    {'type': 'integer'}
    """
    schema = deepcopy(TYPES[parameter.kind])
    if parameter.default is not None:
        schema["default"] = parameter.default
    if parameter.bounds is not None:
        figure = schema["items"] if parameter.repeated else schema
        figure.update(minimum=parameter.bounds[0], maximum=parameter.bounds[1])
    return schema
