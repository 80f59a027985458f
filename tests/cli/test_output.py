"""What reaches the terminal: texts as they are, whatever they hold, in any encoding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from xml.etree import ElementTree

import polars as pl
import pytest

from sogdia.cli import show
from sogdia.cli.app import main
from sogdia.render.blocks import Figure
from sogdia.render.charts.bars import Amount, bars
from sogdia.render.plot.scales import plain
from sogdia.render.svg import render, titled

HOSTILE = ("[bold red]loud[/bold red]", "[/foo]", "\x1b[2Jgone", "a\u202egnp.exe", "\x00")


def printed(setting: dict[str, str], *arguments: str) -> bytes:
    run = subprocess.run(
        [sys.executable, "-m", "sogdia", *arguments], env={**os.environ, **setting}, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert b"Traceback" not in run.stderr
    return run.stdout


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_shows_markup_as_text_and_writes_control_characters_out(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    show.table(text, ((text, "left"),), [[text]], [text])
    shown = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\x00"} & set(shown)
    if text.startswith("["):
        assert shown.count(text) == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_a_picture_of_a_hostile_name_is_drawn_with_its_characters_written_out(text: str) -> None:
    parts = {text: "accent"}
    frame = pl.DataFrame({"name": [text], "part": [text], "detail": [text], "v": [1.0]})
    measure = Amount("v", text, plain, str)
    plain_figure = Figure("k", partial(bars, frame, [text], parts, measure), frame, text, text, ())
    drawing = render(titled(plain_figure, text, [text]))
    assert ElementTree.fromstring(drawing).tag.endswith("svg")
    assert not {"\x1b", "\u202e", "\x00"} & set(drawing)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_is_json_and_tables_print_in_every_encoding(encoding: str) -> None:
    setting = {"PYTHONIOENCODING": encoding}
    found = json.loads(printed(setting, "route", "KAZ:Khromtau", "-m", "chromium", "--json").decode(encoding))
    assert found["alternatives"]
    assert printed(setting, "expose", "JPN", "-m", "tin")


def test_python_without_docstrings_answers_too() -> None:
    run = subprocess.run(
        [sys.executable, "-OO", "-m", "sogdia", "expose", "JPN", "-m", "tin", "--json"], capture_output=True, check=True
    )
    assert json.loads(run.stdout)["records"]


def test_used_up_memory_is_told_with_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("sogdia.study.Study.__init__", full)
    monkeypatch.setattr(sys, "argv", ["sogdia", "expose", "JPN"])
    with pytest.raises(SystemExit) as leaving:
        main()
    assert leaving.value.code == 2
    assert "GB" in capsys.readouterr().err
