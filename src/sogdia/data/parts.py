"""A part of a year of trade is what a file takes the place of: a code, a code of one country, or one flow.

In writing a part is `280530`, `280530 * JPN` (imports of Japan), `280530 KAZ *` (exports of Kazakhstan) or
`280530 KAZ JPN`. A file without parts takes the place of its years as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

import polars as pl

ANY = "*"
PART = re.compile(r"\d{6}( ([A-Z]{3}|\*) ([A-Z]{3}|\*))?", re.ASCII)
# What a file of each scope takes the place of.
SCOPES = {"code": (), "importer": ("importer",), "exporter": ("exporter",), "flow": ("exporter", "importer")}


def is_part(text: object) -> bool:
    """Whether a text names a part.

    >>> is_part("280530"), is_part("280530 * JPN"), is_part("copper")
    (True, True, False)
    """
    return isinstance(text, str) and PART.fullmatch(text) is not None


def parts_of(flows: pl.DataFrame, scope: str) -> tuple[str, ...]:
    """The parts that the flows of one year are, in order. scope: a key of `SCOPES`."""
    if scope == "code":
        return tuple(flows["hs6"].unique().sort())
    named = SCOPES[scope]
    sides = [pl.col(side) if side in named else pl.lit(ANY) for side in ("exporter", "importer")]
    return tuple(flows.select(pl.concat_str("hs6", *sides, separator=" ").unique().sort()).to_series())


def covered(parts: Iterable[str]) -> pl.Expr:
    """Whether the rows of a table of trade belong to one of the parts."""
    codes: dict[tuple[str, str], list[str]] = {}
    flows: list[str] = []
    for part in parts:
        hs6, exporter, importer = (*part.split(" "), ANY, ANY)[:3]
        if ANY in (exporter, importer):
            codes.setdefault((exporter, importer), []).append(hs6)
        else:
            flows.append(part)
    tests = [_side("exporter", i) & _side("importer", j) & pl.col("hs6").is_in(c) for (i, j), c in codes.items()]
    if flows:
        tests.append(pl.concat_str("hs6", "exporter", "importer", separator=" ").is_in(flows))
    return reduce(or_, tests, pl.lit(value=False))


def code_of(part: str) -> str:
    """The product code of a part."""
    return part.split(" ", maxsplit=1)[0]


def _side(column: str, country: str) -> pl.Expr:
    return pl.lit(value=True) if country == ANY else pl.col(column) == country
