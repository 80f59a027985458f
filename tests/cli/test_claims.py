"""`sogdia claims` in a terminal and for programs."""

from __future__ import annotations

import json

import pytest

from support.cli import run


def test_all_claims_are_a_table_of_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    status, shown, _ = run(capsys, "claims", "--full")
    lines = [line for line in shown.splitlines() if line.startswith("C")]
    assert status == 0
    assert max(map(len, lines)) <= 80
    assert sum(line[1:3].isdigit() for line in lines) == 22


def test_json_is_a_list_of_the_claims(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = run(capsys, "claims", "--json")
    records = json.loads(shown)
    assert len(records) == 22
    assert all({"verdict", "ours", "stated", "source_ids"} <= set(record) for record in records)


def test_csv_has_the_columns_of_every_answer(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = run(capsys, "claims", "C06", "--csv")
    assert shown.startswith("importer,mineral,stage,country,partner,year,variable,unit,stat,value,source_id,claim_id")


def test_one_claim_shows_statement_definitions_method_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    short = run(capsys, "claims", "c11")[1].splitlines()
    assert max(map(len, short)) <= 80
    assert "Verdict: holds under definition" in " ".join(short)
    _, shown, _ = run(capsys, "claims", "c11", "--full")
    for part in ("C11", "up to 78.0 %", "Verdict: holds under definition", "at equilibrium", "differs", "agrees",
                 "Method:", "Sources:", "GLACIERMIP3"):  # fmt: skip
        assert part in shown


def test_an_unknown_claim_ends_with_the_nearest_ids(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, errors = run(capsys, "claims", "C99")
    assert status == 2
    assert "'C99'" in errors
    assert "C09" in errors
