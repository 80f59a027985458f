"""`sogdia backtest` prints the model beside the simple forecasts, as tables, JSON, CSV and a chart."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from support.cli import run
from support.planted_trade import planted_rows, planted_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with four planted falls."""
    path = tmp_path_factory.mktemp("planted") / "store"
    planted_store(path, planted_rows())
    return str(path)


def test_tables_show_every_group_and_notes(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    status, out, err = run(capsys, "backtest", "--store", folder, "--filter", "all", "--full")
    assert status == 0
    for part in (
        "4 natural experiments",
        "all, conditional",
        "all, ex ante",
        "log_price",
        "pro rata",
        "other minerals",
    ):
        assert part in out
    assert "\x1b" not in err


def test_json_and_chart_are_written_at_once(capsys: pytest.CaptureFixture[str], folder: str, tmp_path: Path) -> None:
    chart = tmp_path / "gains.svg"
    status, out, err = run(
        capsys,
        "backtest",
        "--store",
        folder,
        "--mineral",
        "cobalt",
        "--mineral",
        "zinc",
        "--json",
        "--chart",
        str(chart),
    )
    assert status == 0
    whole = json.loads(out)
    assert {row["mineral"] for row in whole["pairs"]} == {"cobalt", "zinc"}
    assert {row["mode"] for row in whole["metrics"]} == {"conditional", "conditional_alone", "ex_ante"}
    assert str(chart) in err
    assert "log price" in chart.read_text("utf-8")


def test_csv_has_a_row_for_each_figure(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    status, out, _ = run(capsys, "backtest", "--store", folder, "--code", "282200", "--csv")
    assert status == 0
    rows = list(csv.DictReader(StringIO(out)))
    assert {"filter", "mode", "variable", "stat", "value", "n_pairs"} <= set(rows[0])


@pytest.mark.parametrize(
    ("options", "named"),
    [(("--filter", "maker"), "makers"), (("--code", "282201"), "282200"), (("--chart", "gains.pdf"), ".svg")],
    ids=["filter", "code", "chart"],
)
def test_what_is_unknown_is_refused_at_once_with_what_there_is(
    capsys: pytest.CaptureFixture[str], folder: str, options: tuple[str, str], named: str
) -> None:
    status, out, err = run(capsys, "backtest", "--store", folder, *options)
    assert status == 2
    assert not out
    assert named in err
    assert "reading trade" not in err
