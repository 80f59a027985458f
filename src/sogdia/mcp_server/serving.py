"""The tools over standard input and output, by the official library of the protocol. Needs the extra `mcp`."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

import sogdia
from sogdia.errors import SogdiaError
from sogdia.mcp_server.tools import Tool, tool_named, tools
from sogdia.questions import faults
from sogdia.questions.desk import Desk
from sogdia.questions.outbound import forbid_outbound

INSTRUCTIONS = (
    "Critical-mineral supply security from real data. Every figure has `source_id`, the ids of its sources, which "
    "`sources` cites; cite them. `notes` say what a figure means and does not: tell them. An empty answer is not zero."
)
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(store: Path | None) -> None:
    """Serve until the other side closes."""
    desk = Desk(store)
    forbid_outbound()
    anyio.run(_serve, server(desk))


def server(desk: Desk) -> Server[Any]:
    """The server of a store."""

    async def listed(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:  # fmt: skip
        return types.ListToolsResult(tools=[_described(tool) for tool in tools()])

    async def called(_: ServerRequestContext[Any], asked: types.CallToolRequestParams) -> types.CallToolResult:
        return await anyio.to_thread.run_sync(call, desk, asked.name, dict(asked.arguments or {}))

    return Server(
        "sogdia",
        version=sogdia.__version__,
        title="Sogdia",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def call(desk: Desk, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    """The answer of a tool, or what is wrong with the question, in words that an assistant can act on."""
    tool = tool_named(name)
    try:
        if tool is None:
            known = ", ".join(each.name for each in tools())
            return _result({"error": f"there is no tool {name[:40]!r}. Known: {known}.", "faults": []}, wrong=True)
        return _result(tool.answer(desk, arguments))
    except SogdiaError as error:
        return _result(faults.told(error), wrong=True)
    except Exception as error:
        logging.getLogger(__name__).exception("a defect")
        return _result(faults.told(error), wrong=True)


def _result(content: dict[str, Any], *, wrong: bool = False) -> types.CallToolResult:
    text = json.dumps(content, ensure_ascii=False, default=str, allow_nan=False)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structured_content=json.loads(text), is_error=wrong
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.question.summary,
        description=tool.description,
        input_schema=tool.schema(),
        annotations=READ_ONLY,
    )


async def _serve(made: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await made.run(reading, writing, made.create_initialization_options())
