"""The description of the API, made from the registry of questions."""

from __future__ import annotations

from typing import Any

import sogdia
from sogdia.questions.parameters import QuestionParameter
from sogdia.questions.registry import Question, questions
from sogdia.questions.schema import schema_of

ERROR = {"description": "What went wrong", "content": {"application/json": {"schema": {
    "type": "object", "required": ["error", "faults"],
    "properties": {"error": {"type": "string"}, "faults": {"type": "array", "items": {"type": "object"}}},
}}}}  # fmt: skip
PAGES: tuple[tuple[str, str, str], ...] = (
    ("/", "The page", "text/html"),
    ("/{file}", "A file of the page", "text/plain"),
    ("/enter", "Swap the launch token for a cookie, and go to the page", "text/html"),
    ("/api/openapi.json", "This description", "application/json"),
    ("/api/meta", "Importers, minerals, years, places, closures, upgrades, events, cases", "application/json"),
    ("/api/map", "Outlines of the countries and the links of the network, as GeoJSON", "application/geo+json"),
)
"""Routes that are no question: path, what they give, and its type."""


def description() -> dict[str, Any]:
    """OpenAPI 3.1."""
    paths: dict[str, Any] = {path: {"get": _page(path, summary, kind)} for path, summary, kind in PAGES}
    for question in questions():
        paths[f"/api/{question.name}"] = {"get": _operation(question, "application/json")}
        for form, kind in (("csv", "text/csv"), ("json", "application/json")):
            paths[f"/api/download/{question.name}.{form}"] = {"get": _operation(question, kind, f"_{form}")}
    paths["/api/purchases"] = {"post": _purchases()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sogdia", "version": sogdia.__version__,
            "description": "Questions of `sogdia.Study`; answers are its `Answer.to_dict()`, as `--json` prints them.",
        },
        "paths": paths,
        "components": {"securitySchemes": {"cookie": {"type": "apiKey", "in": "cookie", "name": "sogdia"}}},
        "security": [{"cookie": []}],
    }  # fmt: skip


def _page(path: str, summary: str, kind: str) -> dict[str, Any]:
    inside = [{"name": "file", "in": "path", "required": True, "schema": {"type": "string"}}] if "{" in path else []
    token = [{"name": "token", "in": "query", "required": True, "schema": {"type": "string"}}]
    return {
        "operationId": summary.split(",", maxsplit=1)[0].lower().replace(" ", "_"),
        "summary": summary,
        "parameters": token if path == "/enter" else inside,
        "responses": {("303" if path == "/enter" else "200"): _content(summary, kind), "4XX": ERROR},
    }


def _operation(question: Question, kind: str, suffix: str = "") -> dict[str, Any]:
    return {
        "operationId": f"{question.name}{suffix}",
        "summary": question.summary,
        "description": question.description,
        "parameters": [_parameter(parameter) for parameter in question.parameters()],
        "responses": {"200": _content(question.summary, kind), "4XX": ERROR},
    }


def _parameter(parameter: QuestionParameter) -> dict[str, Any]:
    told = {"description": parameter.help} if parameter.help else {}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "schema": schema_of(parameter),
        **told,
    }


def _content(summary: str, kind: str) -> dict[str, Any]:
    return {"description": summary, "content": {kind: {}}}


def _purchases() -> dict[str, Any]:
    return {
        "operationId": "purchases",
        "summary": "Check a file of purchases (CSV or a workbook, 20 MB at most); nothing is kept",
        "requestBody": {"required": True, "content": {"application/octet-stream": {}}},
        "responses": {"200": _content("Rows, warnings, exposure and long table of each company", "application/json"),
                      "4XX": ERROR},
    }  # fmt: skip
