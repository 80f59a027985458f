"""Ten lines by default: the headline, the first rows, and a last line that counts what is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sogdia.cli.sheet import LINES, PLAIN_WIDTH, AnswerSheet, AnswerTable, Remark, short_form
from sogdia.cli.show import number

COLUMNS = (("Mineral", "left"), ("Value, million USD", "right"), ("Largest supplier", "left"), ("t", "right"))
ROWS = [[f"Mineral {at}", number(1234.5 * at + 1), "China", number(98_765.4 * at + 1)] for at in range(1, 31)]


def short(*blocks: AnswerTable | Remark, width: int = PLAIN_WIDTH, wide: bool = False) -> list[str]:
    return short_form(blocks, width, wide=wide)


def grid(rows: Sequence[Sequence[str]] = ROWS, title: str = "Imports of Japan") -> AnswerTable:
    return AnswerTable(title, COLUMNS, tuple(map(tuple, rows)))


def test_a_long_answer_is_ten_lines_and_counts_the_rest() -> None:
    lines = short(grid(), grid(title="Another"), Remark("A note that is too long for the room that is left. " * 3))
    assert len(lines) == LINES
    assert lines[0] == "Imports of Japan"
    assert lines[-1] == "23 more rows, 1 more table and 1 more note with --full."


def test_the_headline_comes_first_and_stays_short() -> None:
    lines = short(grid(), Remark("The headline. " * 30, head=True))
    assert lines[0].startswith("The headline.")
    assert lines[2].endswith("…")
    assert lines[3] == "Imports of Japan"
    assert len(lines) == LINES


def test_notes_fill_the_room_that_is_left() -> None:
    lines = short(grid(ROWS[:3]), *(Remark(f"Note {at}.") for at in range(9)))
    assert lines[5:] == ["Note 0.", "Note 1.", "Note 2.", "Note 3.", "5 more notes with --full."]


def test_columns_without_room_are_counted_and_wide_shows_them() -> None:
    narrow, wide = (short(grid(), width=40, wide=wide) for wide in (False, True))
    assert "--wide" in narrow[-1]
    assert all(cell_len(line) <= 40 for line in narrow)
    assert "--wide" not in wide[-1]
    assert "98,766" in " ".join(wide)


def test_an_answer_of_ten_lines_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with AnswerSheet() as sheet:
        sheet.table("Imports of Japan", COLUMNS, ROWS[:5], ["One note."])
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 8
    assert shown[-1] == "One note."


def test_full_shows_every_row_and_note(capsys: pytest.CaptureFixture[str]) -> None:
    with AnswerSheet(full=True) as sheet:
        sheet.table("Imports of Japan", COLUMNS, ROWS, ["One note."])
        sheet.table("\nAnother", COLUMNS, ROWS)
    shown = capsys.readouterr().out
    assert shown.count("Mineral 30") == 2
    assert "\n\nAnother\n" in shown
    assert "One note." in shown


def test_nothing_is_printed_where_an_error_ends_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> None:
        with AnswerSheet() as sheet:
            sheet.line("half an answer")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        broken()
    assert capsys.readouterr().out == ""


@given(
    rows=st.lists(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3), max_size=20),
    notes=st.lists(st.text("abc ", max_size=200), max_size=5),
    heads=st.lists(st.text("xyz ", min_size=1, max_size=300), max_size=2),
    width=st.integers(40, 160),
)
def test_no_answer_has_more_than_ten_lines_or_a_broken_number(
    rows: list[list[float]], notes: list[str], heads: list[str], width: int
) -> None:
    written = [["name of a mineral", *map(number, row)] for row in rows]
    columns = (("Name", "left"), ("Value", "right"), ("Weight", "right"), ("Price", "right"))
    table = AnswerTable("A title", columns, tuple(map(tuple, written)))
    lines = short(*(Remark(text, head=True) for text in heads), table, *map(Remark, notes), width=width)
    assert len(lines) <= LINES
    assert all(cell_len(line) <= width for line in lines if line[:1] not in ("x", "y", "z", "a", "b", "c"))
    known = {cell for row in written for cell in row[1:]}
    body = [line for line in lines if line.startswith("name of")]
    assert {word for line in body for word in re.findall(r"\S*\d\S*", line)} <= known
