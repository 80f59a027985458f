"""Numbers written with decimal points, decimal commas and separators of thousands.

"1,234" is 1234 in London and 1.234 in Almaty. It is read only where another cell of the same column settles the
style; otherwise it is a fault. "1 234", "1'234", "1,234.5" and "1.234,5" can be read in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MISSING = frozenset({"NA", "N/A", "n/a", "n.a.", "#N/A", ".."})
NUMBER = re.compile(r"[+-]?((\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|nan|inf|infinity)", re.IGNORECASE | re.ASCII)
GAP = r"[ \u00a0\u2009\u202f’']"
BLANKS_IN_THOUSANDS = re.compile(rf"[+-]?\d{{1,3}}({GAP}\d{{3}})+([.,]\d+)?", re.ASCII)
COMMAS_IN_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
POINTS_IN_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+),\d+", re.ASCII)
POINT, COMMA = ".", ","


def style_of(cells: Iterable[str]) -> str | None:
    """The decimal mark of a column where its cells settle it, None where they do not or contradict each other.

    >>> style_of(["1,234", "0.5"]), style_of(["1,234", "0,5"]), style_of(["1,234"]), style_of(["0,5", "0.5"])
    ('.', ',', None, None)
    """
    marks = {mark for cell in set(cells) if (COMMA in cell or POINT in cell) and (mark := _settled(cell))}
    return marks.pop() if len(marks) == 1 else None


def points_unsettled_in(cells: Iterable[str]) -> bool:
    """Whether there are figures such as "62.300", and none that says whether their point separates thousands.

    >>> points_unsettled_in(["62.300", "17.000"]), points_unsettled_in(["62.300", "0.5"]), points_unsettled_in(["62"])
    (True, False, False)
    """
    figures = {_without_gaps(cell) for cell in cells if cell and cell not in MISSING}
    pointed = {cell for cell in figures if POINT in cell}
    return bool(pointed) and all(POINTS_IN_THOUSANDS.fullmatch(cell) for cell in pointed) and style_of(figures) is None


def _settled(cell: str) -> str | None:
    """The decimal mark that one cell proves, if any."""
    cell = _without_gaps(cell)
    if COMMA in cell:
        if COMMAS_IN_THOUSANDS.fullmatch(cell):
            return POINT if cell.count(COMMA) > 1 or POINT in cell else None
        return COMMA if DECIMAL_COMMA.fullmatch(cell) else None
    if cell.count(POINT) > 1:
        return COMMA if POINTS_IN_THOUSANDS.fullmatch(cell) else None
    if POINT in cell and NUMBER.fullmatch(cell) and not POINTS_IN_THOUSANDS.fullmatch(cell):
        return POINT
    return None


def plain(cell: str, style: str | None) -> str | None:
    """The cell with a decimal point and nothing else, None where it is no number or has two readings.

    >>> plain("1,234", "."), plain("1,234", ","), plain("1,234", None), plain("1.234,5", ","), plain("12 t", None)
    ('1234', '1.234', None, '1234.5', None)
    """
    cell = _without_gaps(cell)
    if style == COMMA and POINTS_IN_THOUSANDS.fullmatch(cell):
        return cell.replace(POINT, "")
    if COMMA not in cell:
        return cell if NUMBER.fullmatch(cell) else None
    if style == POINT and COMMAS_IN_THOUSANDS.fullmatch(cell):
        return cell.replace(COMMA, "")
    if style == COMMA and DECIMAL_COMMA.fullmatch(cell):
        return cell.replace(POINT, "").replace(COMMA, POINT)
    return None


def _without_gaps(cell: str) -> str:
    """The cell without blanks or apostrophes between its thousands."""
    return re.sub(GAP, "", cell) if BLANKS_IN_THOUSANDS.fullmatch(cell) else cell
