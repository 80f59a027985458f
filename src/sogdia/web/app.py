"""The routes of the server: the page, what one can choose from, one route for each question, and its downloads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sogdia.errors import Fault, InputError, SogdiaError
from sogdia.questions.desk import Desk, Form, as_json
from sogdia.questions.limits import VALUES
from sogdia.questions.registry import Question, questions, read_asked
from sogdia.web.faults import body_of, status_of
from sogdia.web.guard import ENTRANCE, Gate, Guarded
from sogdia.web.intake import Intake
from sogdia.web.land import map_features
from sogdia.web.meta import choices
from sogdia.web.office import Office
from sogdia.web.openapi import description
from sogdia.web.reply import OK, Reply, sorry
from sogdia.web.static_files import INDEX, StaticFile, static_files
from sogdia.web.upload import Uploads
from sogdia.web.worker import Worker

JSON = "application/json"
FORMS: dict[str, tuple[Form, str]] = {"csv": ("csv", "text/csv; charset=utf-8"), "json": ("indented", JSON)}
"""Downloads by the ending of their name: what is written, and its type."""
LEFT_SECONDS = 0.25
"""Between two looks whether the client is still there."""
GONE = 499
"""Status of a reply that nobody takes any more; it is never sent."""


@dataclass(frozen=True, slots=True)
class House:
    """What the routes share. files: of the page, by name."""

    desk: Desk
    office: Office
    uploads: Uploads
    files: dict[str, StaticFile]
    gate: Gate


def make_app(gate: Gate, desk: Desk) -> Guarded:
    """The server as an ASGI app behind its gate."""
    worker, intake = Worker(desk.folder), Intake(desk.store.folders)
    house = House(desk, Office(desk, worker), Uploads(intake), static_files(), gate)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        started = asyncio.create_task(intake.start())
        try:
            yield
        finally:
            started.cancel()
            worker.close()
            intake.close()

    handlers = {HTTPException: _refused, SogdiaError: _faulty, Exception: _defect}
    app = Starlette(routes=list(_routes(house)), exception_handlers=handlers, lifespan=life)
    return Guarded(app, gate)


def _routes(house: House) -> list[Route]:
    """Every route; those of questions from their registry."""

    def made_once(make: Callable[[], object]) -> Callable[[Request], Response]:
        kept: list[bytes] = []

        def told(request: Request) -> Response:
            _no_query(request)
            if not kept:
                kept.append(as_json(make()))
            return Response(kept[0], media_type=JSON)

        return told

    fixed: tuple[tuple[str, Callable[[Request], Response | Awaitable[Response]]], ...] = (
        ("/", partial(_file, house, INDEX)),
        (ENTRANCE, partial(_enter, house)),
        ("/api/openapi.json", made_once(description)),
        ("/api/meta", made_once(lambda: choices(house.desk.store))),
        ("/api/map", made_once(map_features)),
    )
    asked = [(f"/api/{question.name}", partial(_answer, house, question)) for question in questions()]
    return [
        *(Route(path, told, methods=["GET"]) for path, told in fixed),
        *(Route(path, told, methods=["GET"]) for path, told in asked),
        Route("/api/purchases", partial(_purchases, house), methods=["POST"]),
        *(
            Route(f"/api/download/{question.name}.{ending}", partial(_download, house, question, ending))
            for question in questions()
            for ending in FORMS
        ),
        Route("/{file:path}", partial(_named_file, house), methods=["GET"]),
    ]


def _no_query(request: Request) -> None:
    if request.url.query:
        raise InputError([Fault("query", "this address takes no parameters", "Leave them out.")])


def _enter(house: House, request: Request) -> Response:
    """The gate has seen the token."""
    del request
    secure = house.gate.scheme == "https"
    return Response(status_code=303, headers={"location": "/", "set-cookie": house.gate.own.cookie(secure=secure)})


def _named_file(house: House, request: Request) -> Response:
    return _file(house, request.path_params["file"], request)


def _file(house: House, name: str, request: Request) -> Response:
    _no_query(request)
    if name not in house.files:
        raise HTTPException(404)
    found = house.files[name]
    headers = {"etag": found.tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.kind, headers=headers)


async def _answer(house: House, question: Question, request: Request) -> Response:
    said = await _while_there(request, house, question, "json")
    return Response(said.body, said.status, media_type=JSON)


async def _download(house: House, question: Question, ending: str, request: Request) -> Response:
    form, kind = FORMS[ending]
    said = await _while_there(request, house, question, form)
    if said.status != OK:
        return Response(said.body, said.status, media_type=JSON)
    headers = {"content-disposition": f'attachment; filename="sogdia-{question.name}.{ending}"'}
    return Response(said.body, media_type=kind, headers=headers)


async def _purchases(house: House, request: Request) -> Response:
    _no_query(request)
    said = await house.uploads.take(request)
    return Response(said.body, said.status, media_type=JSON)


async def _while_there(request: Request, house: House, question: Question, form: Form) -> Reply:
    """The reply, given up as soon as the client has left."""
    asked = read_asked(question, _pairs(request))
    task = asyncio.create_task(house.office.answer(asked, form))
    try:
        while not task.done():
            await asyncio.wait((task,), timeout=LEFT_SECONDS)
            if not task.done() and await request.is_disconnected():
                return sorry(GONE, "")
        return task.result()
    finally:
        task.cancel()


def _pairs(request: Request) -> list[tuple[str, str]]:
    """Names and values of the address; InputError where it is no query."""
    try:
        text = request.scope["query_string"].decode("ascii")
        return parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=VALUES
        )
    except (ValueError, UnicodeDecodeError):
        rule = f"a query is name=value&name=value in UTF-8, {VALUES} values at most"
        raise InputError([Fault("query", rule, "Write blanks and signs as %20 and the like.")]) from None


def _refused(_: Request, error: Exception) -> Response:
    """No such address, or no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    text = {404: "There is nothing at this address.", 405: "This address is not asked this way."}
    return Response(sorry(status, text.get(status, "This cannot be asked.")).body, status, media_type=JSON)


def _faulty(_: Request, error: Exception) -> Response:
    return Response(body_of(error), status_of(error), media_type=JSON)


def _defect(_: Request, error: Exception) -> Response:
    logging.getLogger(__name__).error("a defect", exc_info=error)
    return Response(body_of(error), 500, media_type=JSON)
