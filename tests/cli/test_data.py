"""`sogdia data`: what is there, as a table and as JSON, and questions without an answer."""

from __future__ import annotations

import json

import pytest

from sogdia.cli.app import EXIT_USER_ERROR
from sogdia.data import Store
from support.cli import run


def test_the_list_as_json_has_every_file_in_force(capsys: pytest.CaptureFixture[str], store: Store) -> None:
    status, shown, _ = run(capsys, "data", "list", "--json")
    assert status == 0
    assert {(t["table"], t["sha256"]) for t in json.loads(shown)["tables"]} == {
        (f.entry.table, f.entry.sha256) for f in store.files
    }


def test_every_mineral_is_listed_with_its_codes(capsys: pytest.CaptureFixture[str], store: Store) -> None:
    minerals = json.loads(run(capsys, "data", "list", "--minerals", "--json")[1])["minerals"]
    assert {m["key"]: tuple(m["hs6"]) for m in minerals} == {m.key: m.hs6() for m in store.minerals.values()}
    plain = run(capsys, "data", "list", "--minerals")[1]
    assert all(key in plain for key in store.minerals)


def test_a_whole_store_is_told_as_json(capsys: pytest.CaptureFixture[str], store: Store) -> None:
    assert json.loads(run(capsys, "data", "verify", "--json")[1]) == {"files": len(store.files), "damaged": []}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--year", "1950"), "the store holds 1995 to 2024"),
        (("--mineral", "germanium", "--year", "2020"), "no trade of germanium in 2020"),
    ],
)
def test_quality_without_data_is_an_error(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, told = run(capsys, "data", "quality", *arguments)
    assert status == EXIT_USER_ERROR
    assert said in told
