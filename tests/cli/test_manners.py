"""The manners of a command line: help, version, examples, completion, formats for other programs."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys

import pytest
import typer

import sogdia
from sogdia.answer import KEYS
from sogdia.cli.app import EXIT_USER_ERROR, app
from sogdia.cli.examples import EXAMPLES
from sogdia.data import Store, sources
from support.cli import commands, run

EVERY = dict(commands(typer.main.get_command(app)))
WITH_CSV = [path for path, command in EVERY.items() if "as_csv" in {p.name for p in command.params}]


def in_shell(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """`python -m sogdia ...` as a process of its own."""
    environment = {**os.environ, **variables}
    call = [sys.executable, "-m", "sogdia", *arguments]
    return subprocess.run(call, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_h_is_help(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    short, long = run(capsys, *path, "-h"), run(capsys, *path, "--help")
    assert short == long
    assert short[0] == 0
    assert "Usage: sogdia" in short[1]


@pytest.mark.parametrize(
    ("verb", "example"), [(verb, example) for verb, listed in EXAMPLES.items() for example in listed]
)
def test_every_example_of_the_help_is_understood(verb: str, example: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The words are parsed by the command that they name; nothing is computed."""
    assert example in run(capsys, *verb.split(), "--help")[1]
    program, *words = shlex.split(example)
    assert program == "sogdia"
    depth = max(n for n in range(3) if tuple(words[:n]) in EVERY)
    assert words[:depth] == verb.split() or not verb or verb == "data"
    EVERY[tuple(words[:depth])].make_context(words[0], words[depth:])


def test_the_package_runs_as_a_module_under_its_own_name() -> None:
    shown = in_shell("--version")
    assert (shown.returncode, shown.stdout.strip()) == (0, f"sogdia {sogdia.__version__}")
    assert "Usage: sogdia" in in_shell("-h").stdout


def test_completion_lists_the_verbs() -> None:
    shown = in_shell(_SOGDIA_COMPLETE="complete_bash", COMP_WORDS="sogdia ", COMP_CWORD="1")
    assert set(shown.stdout.split()) == {words[0] for words in EVERY if len(words) == 1}


def test_completion_lists_the_options_of_a_verb() -> None:
    shown = in_shell(_SOGDIA_COMPLETE="complete_bash", COMP_WORDS="sogdia data list --c", COMP_CWORD="3")
    assert shown.stdout.split() == ["--csv"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_a_named_shell_calls_sogdia(shell: str) -> None:
    shown = in_shell(_SOGDIA_COMPLETE=f"source_{shell}")
    assert shown.returncode == 0
    assert f"complete_{shell}" in shown.stdout


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_where_no_shell_is_recognised_the_remedy_names_one(
    option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import shellingham

    def no_shell() -> None:
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", no_shell)
    status, _, said = run(capsys, option)
    assert status == EXIT_USER_ERROR
    assert "_SOGDIA_COMPLETE=source_bash" in said


@pytest.mark.parametrize(
    "path", [path for path, command in EVERY.items() if any(p.name == "as_csv" for p in command.params)]
)
@pytest.mark.parametrize("order", [("--json", "--csv"), ("--csv", "--json")])
def test_json_and_csv_exclude_each_other(
    path: tuple[str, ...], order: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    needed = {"shock": ("tin",), "route": ("KAZ:Khromtau", "-m", "chromium")}.get(path[0], ())
    status, shown, said = run(capsys, *path, *needed, *order)
    assert (status, shown) == (EXIT_USER_ERROR, "")
    assert "--json and --csv" in said


def test_every_verb_with_json_has_csv() -> None:
    """But those that answer with what they did or wrote: the report, the server and the commands on the store."""
    names = {path: {p.name for p in command.params} for path, command in EVERY.items()}
    without = {path for path, have in names.items() if "as_json" in have and "as_csv" not in have}
    on_the_store = {("data", name) for name in ("verify", "add", "get", "remove")}
    assert without == {("brief",), ("serve",), *on_the_store}


@pytest.mark.parametrize(
    ("arguments", "key"), [(("list",), "tables"), (("list", "--minerals"), "minerals"), (("quality",), "quality")]
)
def test_csv_of_the_store_holds_what_json_holds(
    arguments: tuple[str, ...], key: str, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    as_json = json.loads(run(capsys, "data", *arguments, "--json")[1])[key]
    as_csv = list(csv.DictReader(io.StringIO(run(capsys, "data", *arguments, "--csv")[1])))
    assert as_csv == [{name: cell(value) for name, value in row.items()} for row in as_json]


def cell(value: object) -> str:
    """A value of JSON as CSV has it."""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


ASKED = {
    "expose": ("expose", "JPN", "-m", "tin", "-y", "2022"),
    "shock": ("shock", "rare_earths", "-y", "2009", "--cut", "CHN=0.4", "--draws", "2"),
    "chain": ("shock", "cobalt", "-y", "2022", "--cut", "CHN=0.4", "--chain", "--draws", "2"),
    "route": ("route", "KAZ:Khromtau", "-m", "chromium", "--k", "2"),
}


@pytest.mark.parametrize("verb", ASKED)
def test_csv_is_the_tidy_table_of_the_answer(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, shown, _ = run(capsys, *ASKED[verb], "--csv")
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert status == 0
    assert list(rows[0])[: len(KEYS)] == list(KEYS)
    assert {row["importer"] for row in rows} == {"JPN"}
    assert all(float(row["value"]) == float(row["value"]) for row in rows if row["value"])
    assert {source for row in rows for source in row["source_id"].split(";") if source} <= set(sources())


@pytest.mark.parametrize("verb", ASKED)
def test_json_has_the_notes_and_the_citation_of_every_source(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(run(capsys, *ASKED[verb], "--json")[1])
    assert isinstance(answer["notes"], list)
    assert answer["sources"]
    assert all(sources()[source_id].title in cited for source_id, cited in answer["sources"].items())
