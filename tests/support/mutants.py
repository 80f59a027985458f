"""Copies of a valid table that are changed as files in the field are: in their cells, their lines and their bytes.

Each change says whether the table still means what it meant. Several may be made one after another.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

Rows = list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """A table whose first row is its header. figures: positions of the columns of figures; separator, ends, quoted: how
    it is written; steps: changes of its text or bytes, to be made when it is written; same: whether it means the same
    as before; what: the names of the changes.
    """

    rows: Rows
    figures: tuple[int, ...]
    separator: str = ","
    ends: str = "\n"
    quoted: bool = False
    steps: tuple[Callable[[bytes], bytes], ...] = ()
    same: bool = True
    what: tuple[str, ...] = field(default=())

    def text(self) -> str:
        """The table as text."""
        out = io.StringIO(newline="")
        if self.quoted:
            writer = csv.writer(out, delimiter=self.separator, lineterminator=self.ends, quoting=csv.QUOTE_ALL)
        else:
            writer = csv.writer(out, delimiter=self.separator, lineterminator=self.ends)
        writer.writerows(self.rows)
        return out.getvalue()

    def raw(self) -> bytes:
        """The table as bytes."""
        made = self.text().encode()
        for step in self.steps:
            made = step(made)
        return made

    def json(self, wrap: Callable[[list[dict[str, object]]], object]) -> bytes:
        """The table as JSON, with plain figures as numbers."""
        listed = [
            {
                title: _value(cell, at in self.figures)
                for at, (title, cell) in enumerate(zip(self.rows[0], row, strict=False))
            }
            for row in self.rows[1:]
        ]
        made = json.dumps(wrap(listed), ensure_ascii=False).encode()
        for step in self.steps:
            made = step(made)
        return made


Change = Callable[[Sheet, random.Random], Sheet]


def _value(cell: str, figure: bool) -> object:
    try:
        return float(cell) if figure and cell.replace(".", "", 1).isdigit() else cell or None
    except ValueError:
        return cell


def _cells(
    sheet: Sheet, change: Callable[[str], str], at: Sequence[tuple[int, int]], *, same: bool, what: str
) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for row, column in at:
        rows[row][column] = change(rows[row][column])
    return replace(sheet, rows=rows, same=sheet.same and same, what=(*sheet.what, what))


def _figure(sheet: Sheet, chance: random.Random) -> list[tuple[int, int]]:
    return [(chance.randrange(1, len(sheet.rows)), chance.choice(sheet.figures))]


def _column(sheet: Sheet, chance: random.Random) -> list[tuple[int, int]]:
    column = chance.choice(sheet.figures)
    return [(row, column) for row in range(1, len(sheet.rows))]


def _is_plain(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()


def _grouped(mark: str, decimal: str) -> Callable[[str], str]:
    def change(cell: str) -> str:
        whole, _, part = cell.partition(".")
        if not _is_plain(cell):
            return cell
        return f"{int(whole):,}".replace(",", mark) + (decimal + part if part else "")

    return change


def separators(sheet: Sheet, chance: random.Random) -> Sheet:
    return replace(sheet, separator=chance.choice(";\t"), what=(*sheet.what, "separator"))


def quotes(sheet: Sheet, chance: random.Random) -> Sheet:
    return replace(sheet, quoted=True, what=(*sheet.what, "quotes"))


def line_ends(sheet: Sheet, chance: random.Random) -> Sheet:
    return replace(sheet, ends=chance.choice(["\r\n", "\r"]), what=(*sheet.what, "line ends"))


def letters(sheet: Sheet, chance: random.Random) -> Sheet:
    change = chance.choice([str.upper, str.lower, str.swapcase])
    return _cells(sheet, change, [(0, at) for at in range(len(sheet.rows[0]))], same=True, what="case of the header")


def order_of_columns(sheet: Sheet, chance: random.Random) -> Sheet:
    order = list(range(len(sheet.rows[0])))
    chance.shuffle(order)
    rows = [[row[at] for at in order] for row in sheet.rows]
    return replace(
        sheet, rows=rows, figures=tuple(order.index(at) for at in sheet.figures), what=(*sheet.what, "order of columns")
    )


def order_of_rows(sheet: Sheet, chance: random.Random) -> Sheet:
    body = sheet.rows[1:]
    chance.shuffle(body)
    return replace(sheet, rows=[sheet.rows[0], *body], what=(*sheet.what, "order of rows"))


def empty_columns(sheet: Sheet, chance: random.Random) -> Sheet:
    count = chance.randint(1, 2)
    return replace(sheet, rows=[[*row, *[""] * count] for row in sheet.rows], what=(*sheet.what, "empty columns"))


def further_column(sheet: Sheet, chance: random.Random) -> Sheet:
    rows = [[*row, "my note" if at == 0 else "seen"] for at, row in enumerate(sheet.rows)]
    return replace(sheet, rows=rows, what=(*sheet.what, "a further column"))


def blanks(sheet: Sheet, chance: random.Random) -> Sheet:
    at = [
        (row, column)
        for row in range(1, len(sheet.rows))
        for column in range(len(sheet.rows[0]))
        if chance.random() < 0.3
    ]
    return _cells(sheet, lambda cell: f" {cell}  " if cell else cell, at, same=True, what="blanks")


def blank_lines(sheet: Sheet, chance: random.Random) -> Sheet:
    rows = list(sheet.rows)
    for _ in range(chance.randint(1, 3)):
        rows.insert(chance.randrange(1, len(rows) + 1), [])
    return replace(sheet, rows=rows, what=(*sheet.what, "blank lines")) if sheet.separator else sheet


def exponents(sheet: Sheet, chance: random.Random) -> Sheet:
    def change(cell: str) -> str:
        return f"{float(cell):.15e}" if _is_plain(cell) else cell

    return _cells(sheet, change, _figure(sheet, chance), same=True, what="exponent")


def plus_sign(sheet: Sheet, chance: random.Random) -> Sheet:
    return _cells(sheet, lambda c: f"+{c}" if _is_plain(c) else c, _figure(sheet, chance), same=True, what="plus")


def thousands(sheet: Sheet, chance: random.Random) -> Sheet:
    mark, decimal = chance.choice([(",", "."), (" ", "."), ("'", "."), (".", ","), ("\u00a0", ",")])
    return _cells(sheet, _grouped(mark, decimal), _column(sheet, chance), same=True, what=f"thousands {mark!r}")


def decimal_commas(sheet: Sheet, chance: random.Random) -> Sheet:
    return _cells(sheet, lambda c: c.replace(".", ","), _column(sheet, chance), same=True, what="decimal commas")


def one_thousands(sheet: Sheet, chance: random.Random) -> Sheet:
    change = _grouped(chance.choice([",", ".", " "]), ".")
    return _cells(sheet, change, _figure(sheet, chance), same=False, what="one figure with thousands")


def negative(sheet: Sheet, chance: random.Random) -> Sheet:
    return _cells(sheet, lambda c: f"-{c}", _figure(sheet, chance), same=False, what="negative")


def no_numbers(sheet: Sheet, chance: random.Random) -> Sheet:
    word = chance.choice(
        ["NaN", "nan", "inf", "-", "n/a", "NULL", "#N/A", "..", "...", "?", "x", "1e999", "TRUE", "=1+1", "12 t"]
    )
    return _cells(sheet, lambda _: word, _figure(sheet, chance), same=False, what=f"{word!r} for a figure")


def empty_figure(sheet: Sheet, chance: random.Random) -> Sheet:
    return _cells(sheet, lambda _: "", _figure(sheet, chance), same=False, what="an empty figure")


def zero(sheet: Sheet, chance: random.Random) -> Sheet:
    return _cells(sheet, lambda _: "0", _figure(sheet, chance), same=False, what="zero")


def times_thousand(sheet: Sheet, chance: random.Random) -> Sheet:
    def change(cell: str) -> str:
        return repr(float(cell) * 1000) if _is_plain(cell) else cell

    return _cells(sheet, change, _column(sheet, chance), same=False, what="a thousand times")


def double_row(sheet: Sheet, chance: random.Random) -> Sheet:
    rows = [*sheet.rows, list(chance.choice(sheet.rows[1:]))]
    return replace(sheet, rows=rows, same=False, what=(*sheet.what, "a row twice"))


def lost_row(sheet: Sheet, chance: random.Random) -> Sheet:
    at = chance.randrange(1, len(sheet.rows))
    return replace(sheet, rows=sheet.rows[:at] + sheet.rows[at + 1 :], same=False, what=(*sheet.what, "a lost row"))


def exchanged_titles(sheet: Sheet, chance: random.Random) -> Sheet:
    a, b = chance.sample(range(len(sheet.rows[0])), 2)
    rows = [list(row) for row in sheet.rows]
    rows[0][a], rows[0][b] = rows[0][b], rows[0][a]
    return replace(sheet, rows=rows, same=False, what=(*sheet.what, f"titles {a} and {b} exchanged"))


def header_again(sheet: Sheet, chance: random.Random) -> Sheet:
    at = chance.randrange(1, len(sheet.rows))
    rows = [*sheet.rows[:at], list(sheet.rows[0]), *sheet.rows[at:]]
    return replace(sheet, rows=rows, same=False, what=(*sheet.what, "the header again"))


def lost_cell(sheet: Sheet, chance: random.Random) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    row = chance.choice(rows[1:])
    del row[chance.randrange(len(row))]
    return replace(sheet, rows=rows, same=False, what=(*sheet.what, "a lost cell"))


def any_cell(sheet: Sheet, chance: random.Random) -> Sheet:
    cell = chance.choice(["", "0", "ZZZ", "2023", "999999", "éa", "World", "1.0", "00", "M", "kg", "NA"])
    at = [(chance.randrange(1, len(sheet.rows)), chance.randrange(len(sheet.rows[0])))]
    return _cells(sheet, lambda _: cell, at, same=False, what=f"{cell!r} somewhere")


def _step(sheet: Sheet, step: Callable[[bytes], bytes], *, same: bool, what: str) -> Sheet:
    return replace(sheet, steps=(*sheet.steps, step), same=sheet.same and same, what=(*sheet.what, what))


def mark(sheet: Sheet, chance: random.Random) -> Sheet:
    return _step(sheet, lambda raw: b"\xef\xbb\xbf" + raw, same=True, what="byte-order mark")


def utf16(sheet: Sheet, chance: random.Random) -> Sheet:
    return _step(sheet, lambda raw: raw.decode("utf-8", "replace").encode("utf-16"), same=True, what="UTF-16")


def cut(sheet: Sheet, chance: random.Random) -> Sheet:
    share = chance.uniform(0.3, 1.0)
    return _step(sheet, lambda raw: raw[: int(len(raw) * share)], same=False, what="cut")


def cut_last_figures(sheet: Sheet, chance: random.Random) -> Sheet:
    count = chance.randint(2, 5)
    return _step(
        sheet, lambda raw: raw.rstrip(b"\r\n")[: -count + 1] if count > 1 else raw, same=False, what="cut at its end"
    )


def stray_bytes(sheet: Sheet, chance: random.Random) -> Sheet:
    where = chance.random()
    stray = chance.choice([b"\0", b"\x1b", b'"', b"\xff", b"\n", b",", b"1", b"\xc3\xa9"])

    def step(raw: bytes) -> bytes:
        at = int(len(raw) * where)
        return raw[:at] + stray + raw[at:]

    return _step(sheet, step, same=False, what=f"{stray!r} somewhere")


def lost_byte(sheet: Sheet, chance: random.Random) -> Sheet:
    where = chance.random()

    def step(raw: bytes) -> bytes:
        at = int(len(raw) * where)
        return raw[:at] + raw[at + 1 :]

    return _step(sheet, step, same=False, what="a lost byte")


CELLS: tuple[Change, ...] = (
    letters, order_of_columns, order_of_rows, empty_columns, further_column, blanks, exponents, plus_sign, thousands,
    decimal_commas, one_thousands, negative, no_numbers, empty_figure, zero, times_thousand, double_row, lost_row,
    exchanged_titles, header_again, any_cell,
)  # fmt: skip
LINES: tuple[Change, ...] = (separators, quotes, line_ends, lost_cell)
BYTES: tuple[Change, ...] = (mark, utf16, cut, cut_last_figures, stray_bytes, lost_byte)


def mutant(sheet: Sheet, chance: random.Random, changes: Sequence[Change]) -> Sheet:
    """The sheet with one change, sometimes two or three, of which those of lines and bytes come last."""
    chosen = chance.sample(changes, chance.choice([1, 1, 1, 2, 3]))
    blank = chance.random() < 0.05
    for change in sorted(chosen, key=lambda each: (each in BYTES, each in LINES)):
        sheet = change(sheet, chance)
    return blank_lines(sheet, chance) if blank and LINES[0] in changes else sheet
