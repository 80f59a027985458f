"""The official client starts `sogdia mcp`, finds five tools, and gets figures that each have a source."""

from __future__ import annotations

import json
import os
import sys

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from sogdia.data.provenance import sources
from sogdia.study import Study
from support.cli import run

KEPT = ("PYTHONPATH", "SOGDIA_STORE", "OPENBLAS_NUM_THREADS")
CALLS = (
    ("expose", {"importer": "KOR", "mineral": ["cobalt"], "year": 2022}),
    ("shock", {"mineral": "cobalt", "cut": ["COD=0.4"], "draws": 20}),
    ("route", {"from": "KAZ:Khromtau", "mineral": "chromium", "close": ["RUS"], "k": 2}),
    ("claims", {"claim": ["C06"]}),
)
WRONG = (
    ("expose", {"importer": "Japn"}, "Japan"),
    ("shock", {"mineral": "cobalt"}, "nothing happens"),
    ("shock", {"mineral": "cobalt", "scenario": "/etc/passwd"}, "parameter"),
    ("route", {}, "from"),
    ("expose", {"mineral": [["cobalt"]]}, "text, a number"),
    ("expose", {"mineral": ["cobalt"], "variables": ["nothing"]}, "unknown variable"),
    ("write", {}, "expose, shock, route, plan, claims"),
)


@pytest.fixture(scope="module")
def session(no_store_of_the_user: object) -> dict[str, object]:
    """All that one client asks of one server."""

    async def ask() -> dict[str, object]:
        program = StdioServerParameters(
            command=sys.executable,
            args=["-m", "sogdia", "mcp"],
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
        async with Client(program) as client:
            return {
                "tools": (await client.list_tools()).tools,
                "answers": [await client.call_tool(name, arguments) for name, arguments in CALLS],
                "refusals": [await client.call_tool(name, arguments) for name, arguments, _ in WRONG],
            }

    return anyio.run(ask)


def test_there_are_five_tools_that_only_read(session: dict[str, object]):
    assert [tool.name for tool in session["tools"]] == ["expose", "shock", "route", "plan", "claims"]
    for tool in session["tools"]:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert not {"store", "scenario", "projects", "network", "workers"} & set(tool.input_schema["properties"])


@pytest.mark.parametrize("number", range(len(CALLS)), ids=[name for name, _ in CALLS])
def test_every_figure_has_the_id_of_a_source_that_is_cited(session: dict[str, object], number: int):
    answer = session["answers"][number]
    assert not answer.is_error
    content = answer.structured_content
    assert content == json.loads(answer.content[0].text)
    assert content["figures"]
    cited = set(content["sources"])
    for figure in content["figures"]:
        named = set(figure["source_id"].split(";"))
        assert named <= cited & set(sources())
        assert {"variable", "unit", "stat"} <= set(figure)


def test_figures_are_those_of_the_study(session: dict[str, object]):
    table = Study("JPN").shock("cobalt", cut="COD=0.4", draws=20).table()
    content = session["answers"][1].structured_content
    assert [figure.get("value") for figure in content["figures"]] == table["value"].head(100).to_list()
    assert content["left_out"] == table.height - 100
    assert content["variables"] == table["variable"].unique(maintain_order=True).to_list()


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_is_wrong_is_told_in_words(session: dict[str, object], number: int):
    answer = session["refusals"][number]
    assert answer.is_error
    assert WRONG[number][2] in json.loads(answer.content[0].text)["error"]


def test_without_the_library_the_extra_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sogdia.cli.mcp.find_spec", lambda _: None)
    status, out, errors = run(capsys, "mcp")
    assert (status, out) == (2, "")
    assert "pip install 'sogdia[mcp]'" in errors
