"""Does every table fit the terminal it is printed in, with its numbers whole?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer
from rich.cells import cell_len

from sogdia.cli import sheet
from sogdia.cli.app import app
from sogdia.cli.fitting import CUT, fitted
from sogdia.cli.sheet import LINES, PLAIN_WIDTH
from support.cli import commands

WIDTHS = (80, 100, 140)
EVERY = dict(commands(typer.main.get_command(app)))
COUNTED = re.compile(r"with --(full|wide)\.$|^More with ")
SECONDS = re.compile(r"\S+ s;")
"""What a run took, which differs from one run to the next."""
TUNGSTEN = ("expose", "JPN", "-m", "tungsten")
STYLE = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = (
    ("expose", "JPN"),
    TUNGSTEN,
    ("expose", "--exporter", "KAZ", "-m", "copper"),
    ("shock", "gallium", "--embargo", "CHN", "--draws", "2"),
    ("shock", "rare_earths", "--embargo", "CHN", "-i", "EU27", "--draws", "2"),
    ("match", "JPN", "KAZ", "--no-losses", "-m", "chromium"),
    ("scenarios", "-m", "cobalt"),
    ("ensemble", "--years", "20", "-m", "cobalt"),
    ("atlas", "--years", "20", "-m", "cobalt"),
    ("stakes", "JPN"),
    ("stakes", "JPN", "tungsten"),
    ("ledger", "KAZ", "ferroalloys"),
    ("route", "KAZ:Khromtau", "JPN:Yokohama", "-m", "chromium"),
    ("hazard", "KAZ:Almaty"),
    ("compare", "JPN", "KOR", "-m", "tin"),
    ("claims",),
    ("claims", "C06"),
    ("data", "quality", "-m", "cobalt"),
)
SLOW = {"plan", "frontier", "compare", "hindcast", "backtest", "resume", "radar"}
"""Verbs that take long or need a file of their own; the tables that they print go through the same sheet."""
COLUMNS = (("Mineral", "left"), ("Value, million USD", "right"), ("Largest supplier", "left"), ("Weight, t", "right"))
CELLS = [["Rare earths, light and heavy", "1,234,567", "Democratic Republic of the Congo", "12,345,678"]]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints in a terminal of some width; piped where none is given."""

    def run(*arguments: str, width: int | None) -> str:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: width is not None, raising=False)
        if width is not None:
            monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as ended:
            app(list(arguments), prog_name="sogdia")
        assert ended.value.code == 0
        return STYLE.sub("", capsys.readouterr().out)

    return run


def figures(text: str) -> set[str]:
    return {word for word in re.split(r"\s+", text) if any(map(str.isdigit, word))}


def test_every_verb_with_tables_is_looked_at() -> None:
    with_full = {path for path, command in EVERY.items() if "full" in {p.name for p in command.params}}
    looked_at = {
        tuple(command[: len(path)]) for command in COMMANDS for path in with_full if command[: len(path)] == path
    }
    assert with_full <= looked_at | {(verb,) for verb in SLOW}
    assert all("wide" in {p.name for p in EVERY[path].params} for path in with_full - {("plan",)})


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_line_fits_and_every_number_is_one_of_the_whole_table(
    printed: Callable[..., str], command: tuple[str, ...]
) -> None:
    whole = figures(printed(*command, "--full", "--wide", width=80))
    for width in WIDTHS if command == TUNGSTEN else WIDTHS[:1]:
        for words in ((), ("--full",)):
            lines = printed(*command, *words, width=width).splitlines()
            assert max(map(cell_len, lines)) <= width
            if not words:
                assert len(lines) <= LINES
            text = " ".join(" ".join(line for line in lines if not COUNTED.search(line)).split())
            missing = {figure for figure in figures(SECONDS.sub("", text)) if not figure.endswith(CUT)} - whole
            assert missing == set(), (width, words)


def test_the_formats_of_export_fit_a_narrow_page(printed: Callable[..., str]) -> None:
    assert max(map(cell_len, printed("export", "list", width=None).splitlines())) <= PLAIN_WIDTH


def test_an_atlas_says_which_minerals_it_does_not_answer_without_being_asked(printed: Callable[..., str]) -> None:
    lines = printed("atlas", "--years", "20", "-m", "antimony,cobalt", width=80).splitlines()
    assert "Not answered, which is not zero: 1 of 2 minerals, antimony." in lines
    assert len(lines) <= LINES


def test_a_narrow_terminal_says_how_many_columns_it_has_no_room_for(printed: Callable[..., str]) -> None:
    narrow, full = (" ".join(printed(*TUNGSTEN, *words, width=80).split()) for words in ((), ("--full",)))
    assert re.search(r"\d+ columns with --wide", narrow)
    assert "No room for: " in full
    assert "--wide shows them" in full
    assert "--wide" not in printed(*TUNGSTEN, "--full", width=400)
    assert re.search(r"Mineral +Risk +", narrow)


def test_texts_are_cut_at_a_word_before_a_column_is_left_out() -> None:
    found = fitted(COLUMNS, CELLS, 60)
    assert found.left_out == ()
    mineral, value, supplier, weight = found.cells[0]
    assert (value, weight) == ("1,234,567", "12,345,678")
    assert mineral.endswith(CUT)
    assert supplier.endswith(CUT)
    assert mineral.rstrip(CUT) in ("Rare earths, light and", "Rare earths, light", "Rare earths")


def test_the_last_columns_are_left_out_where_nothing_else_helps() -> None:
    found = fitted(COLUMNS, CELLS, 40)
    assert [heading for heading, _ in found.columns] == ["Mineral", "Value, million USD"]
    assert found.left_out == ("Largest supplier", "Weight, t")


def test_a_figure_in_a_column_of_texts_is_never_cut() -> None:
    long = "1,234,567.25 - 9,876,543.21"
    assert fitted((("", "left"), ("", "left")), [[long, long]], 20).cells == ((long, long),)


def test_a_piped_table_leaves_no_column_out_where_all_is_asked_for(
    printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "terminal_width", lambda: pytest.fail("asked for the width of a terminal"))
    text = printed(*TUNGSTEN, "--full", width=None)
    assert "No room for" not in text
    assert CUT not in text


def test_a_piped_answer_is_ten_lines_of_eighty_cells(printed: Callable[..., str]) -> None:
    lines = printed("expose", "JPN", width=None).splitlines()
    assert len(lines) == LINES
    assert max(map(cell_len, lines)) <= PLAIN_WIDTH
    assert lines == printed("expose", "JPN", width=80).splitlines()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="only systems with pseudo-terminals")
def test_in_a_real_terminal_of_eighty_columns_no_line_is_longer() -> None:
    import pty

    main, other = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80"}
    command = [sys.executable, "-m", "sogdia", "expose", "JPN"]
    with subprocess.Popen(command, stdout=other, stderr=subprocess.PIPE, env=environment) as running:
        os.close(other)
        shown = b""
        while part := _read(main):
            shown += part
    os.close(main)
    assert running.returncode == 0
    lines = STYLE.sub("", shown.decode()).splitlines()
    assert len(lines) == LINES
    assert max(map(cell_len, lines)) <= 80


def _read(descriptor: int) -> bytes:
    """What comes next; nothing when the other side is closed, which Linux tells as an error."""
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""
