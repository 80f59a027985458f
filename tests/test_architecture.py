"""The rules of the house: imports, sizes, names, titles, sources and the files that ship."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
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
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
MAX_LINES = 450
MAX_FUNCTION_LINES = 60
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


def test_no_function_is_longer_than_a_screen():
    """Its docstring does not count."""
    long = [
        f"{relative(path)}: {node.name} has {length(node)} lines"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > MAX_FUNCTION_LINES
    ]
    assert long == []


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from `def` to its end, without its docstring."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function) is not None
    docstring = first.end_lineno - first.lineno + 1 if has_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring


def test_the_length_of_a_function_leaves_its_docstring_out():
    tree = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n')
    assert length(tree.body[0]) == 2


def test_every_module_that_defines_something_says_what_it_does():
    assert [relative(path) for path, tree in TREES.items() if tree.body and ast.get_docstring(tree) is None] == []


@pytest.mark.parametrize("room", sorted({path.relative_to(PACKAGE).parts[0] for path in MODULES}))
def test_the_title_of_a_module_is_a_statement(room):
    """The question that it answers may follow."""
    titles = {path: (ast.get_docstring(tree) or "").splitlines()[:1] for path, tree in TREES.items()}
    questions = [
        f"{relative(path)}: {title[0]}"
        for path, title in titles.items()
        if path.relative_to(PACKAGE).parts[0] == room and title and is_question(title[0])
    ]
    assert questions == []


def is_question(title: str) -> bool:
    """Whether the first sentence asks something."""
    return re.split(r"(?<=[.?!])\s", title)[0].endswith("?")


def test_a_question_is_told_from_a_statement():
    assert is_question("Which codes name a country?")
    assert is_question("Which codes? Some.")
    assert not is_question("Codes of countries. Which of them are unclear?")


def test_a_class_name_stands_once():
    named = Counter(node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert sorted(name for name, count in named.items() if count > 1) == []


def test_no_source_id_stands_in_python_above_the_data():
    """Answers carry the ids of what they used; a literal would say so whatever was used."""
    ids = set(provenance.sources())
    literal = [
        f"{relative(path)}:{node.lineno}: {node.value}"
        for path, tree in TREES.items()
        if path.relative_to(PACKAGE).parts[0] != "data"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ids & set(node.value.split(";"))
    ]
    assert literal == []


def test_every_room_has_a_line_in_the_page_on_the_architecture():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = {path.relative_to(PACKAGE).parts for path in MODULES}
    rooms = {f"{first}/" if rest else first for first, *rest in parts} - {"__init__.py", "__main__.py"}
    assert sorted(room for room in rooms if f"`{room}`" not in page) == []


def test_only_the_command_line_prints():
    calls = [
        f"{relative(path)}:{node.lineno}"
        for path, tree in TREES.items()
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in MAY_PRINT
        for node in ast.walk(tree)
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
    assert lost == {"OWN_HAZARDS", "OWN_NETWORK", "OWN_PURCHASES"}
