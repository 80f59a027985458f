"""Is the house in order? Imports, sizes, sources and the files that ship."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest
from importlinter import cli as import_linter

import sogdia
from sogdia.data import catalogue, provenance, schema, snapshot_folder
from sogdia.exposure import measures
from sogdia.exposure.tables import REPAIR, TRADE_HISTORY

ROOT = Path(__file__).parent.parent
PACKAGE = Path(sogdia.__file__).parent
PYTHON = sorted(
    path for folder in ("src", "tests", "tools", "benchmarks", "examples") for path in (ROOT / folder).rglob("*.py")
)
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXTS = sorted({*PYTHON, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "NOTICE", ROOT / "Makefile"})
MAX_LINES = 500
MAX_SNAPSHOT_BYTES = 12_000_000
MACHINE_PATH = re.compile(r"(?<![\w./])/(work|home|root|Users|tmp)/\w|\.\./shared|\b[A-Z]:\\\\?Users")
MAY_PRINT = ("cli",)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_down_only(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert import_linter.lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_every_module_that_defines_something_says_which_question_it_answers():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    silent = [relative(path) for path, tree in trees.items() if tree.body and ast.get_docstring(tree) is None]
    assert silent == []


def test_only_the_command_line_prints():
    calls = [
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in MAY_PRINT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []


def test_no_file_knows_the_machine_it_was_written_on():
    found = [
        f"{relative(path)}:{number}"
        for path in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["x = '/ho" + "me/ann/data'", "see ../sha" + "red/facts", "C:" + "\\Users\\ann"])
def test_the_search_for_machine_paths_finds_them(text):
    assert MACHINE_PATH.search(text)


def test_the_snapshot_is_what_its_catalogue_says():
    assert catalogue.damaged(snapshot_folder()) == ()


def test_every_table_in_the_snapshot_is_in_the_catalogue():
    listed = {entry.file for entry in catalogue.read(snapshot_folder())}
    tables = {path.name for path in snapshot_folder().iterdir() if path.suffix in {".csv", ".parquet"}}
    assert tables == listed


def test_the_snapshot_is_small():
    assert sum(path.stat().st_size for path in snapshot_folder().iterdir()) <= MAX_SNAPSHOT_BYTES


@pytest.mark.parametrize("table", sorted({entry.table for entry in catalogue.read(snapshot_folder())}))
def test_every_table_has_its_schema_and_its_rows(store, table):
    frame = schema.conform(store.scan(table).collect(), table)
    assert frame.height == sum(file.entry.rows for file in store.in_force(table)) > 0


def test_every_source_named_in_the_data_resolves():
    named = {i for entry in catalogue.read(snapshot_folder()) for i in entry.source_ids}
    for path in snapshot_folder().glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            named |= {i for row in csv.DictReader(stream) for i in (row.get("source_id") or "").split(";") if i}
    assert named <= set(provenance.sources())


def test_every_measure_rests_on_tables_of_the_store():
    named = {table for measure in measures().values() for table in measure.tables}
    assert named - {REPAIR, TRADE_HISTORY} <= set(schema.tables())
    assert all(measure.tables for measure in measures().values())


def test_every_source_says_who_published_what_under_which_licence():
    nameless = [s.source_id for s in provenance.sources().values() if not (s.publisher and s.title and s.licence)]
    assert nameless == []


def test_every_source_is_dated_or_can_be_looked_up():
    lost = {s.source_id for s in provenance.sources().values() if not (s.year or s.url)}
    assert lost == {"OWN_NETWORK", "OWN_PURCHASES"}
