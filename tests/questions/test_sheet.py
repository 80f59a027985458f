"""Text that a spreadsheet would run is neutralised in CSV; figures stay as they are."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest

from sogdia.questions.sheet import sheet


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|cmd", "%0a", "\n=1", "  +a"])
def test_a_formula_gets_an_apostrophe(text: str):
    rows = list(csv.reader(io.StringIO(sheet(pl.DataFrame({"a": [text], "b": [-1.5]})).decode(), newline="")))
    assert rows == [["a", "b"], [f"'{text}", "-1.5"]]


@pytest.mark.parametrize("text", ["tin", "a=1", "2022", "KAZ:Almaty", "", "日本"])
def test_other_text_stays(text: str):
    assert sheet(pl.DataFrame({"a": [text]})).decode().splitlines()[1].strip('"') == text
