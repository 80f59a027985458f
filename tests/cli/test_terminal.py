"""Does every table fit the terminal it is printed in, with its numbers whole?"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from sogdia.cli import show
from sogdia.cli.app import app
from sogdia.cli.fitting import CUT, fitted

WIDTHS = (80, 100, 140)
TUNGSTEN = ("expose", "JPN", "-m", "tungsten")
STYLE = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = (
    ("expose", "JPN"),
    TUNGSTEN,
    ("expose", "--exporter", "KAZ", "-m", "copper"),
    ("shock", "gallium", "--embargo", "CHN", "--draws", "2"),
    ("shock", "rare_earths", "--embargo", "CHN", "-i", "EU27", "--draws", "2"),
    ("match", "JPN", "KAZ", "--no-losses", "-m", "chromium"),
)
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


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_line_fits_and_every_number_is_one_of_the_whole_table(
    printed: Callable[..., str], command: tuple[str, ...]
) -> None:
    whole = figures(printed(*command, "--wide", width=80))
    for width in WIDTHS if command == TUNGSTEN else WIDTHS[:1]:
        text = printed(*command, width=width)
        assert max(map(cell_len, text.splitlines())) <= width
        missing = {figure for figure in figures(text) if not figure.endswith(CUT)} - whole
        assert not missing, (width, missing)


def test_a_narrow_terminal_names_the_columns_it_has_no_room_for(printed: Callable[..., str]) -> None:
    narrow, wide = (printed(*TUNGSTEN, width=width) for width in (80, 400))
    assert "No room for: " in " ".join(narrow.split())
    assert "--wide shows them" in " ".join(narrow.split())
    assert "No room for" not in wide
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


def test_a_piped_table_leaves_nothing_out(printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "terminal_width", lambda: pytest.fail("asked for the width of a terminal"))
    text = printed(*TUNGSTEN, width=None)
    assert "No room for" not in text
    assert CUT not in text
