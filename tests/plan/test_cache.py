"""Solved markets come back from the cache as they were, or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from sogdia import Study
from sogdia.plan import cache, records
from sogdia.plan.choice import LossTable, combinations
from sogdia.plan.kept_flips import keep_flips, known_flips
from sogdia.plan.markets.effects import MarketEffect
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.problem import Slot, fingerprint

KEY = "0" * 64


def table() -> LossTable:
    return LossTable("tin", np.array([0]), combinations(1), np.array([[1.0, np.nan]]), np.zeros(3, dtype=np.int32))


def test_a_record_comes_back_with_its_arrays_and_what_it_shares() -> None:
    one = table()
    effect, slot = MarketEffect("mine", "KAZ", 1.0 / 3.0, 2.0, np.inf), Slot(SlotKind.WAY, "transit")
    record = (one, {"a": one, "b": None}, effect, slot, frozenset({"KAZ", "UZB"}), True, 3, "text")
    back = records.from_bytes(records.to_bytes(record))
    assert fingerprint(back) == fingerprint(record)
    assert back[0] is back[1]["a"]
    assert back[0].of_year.dtype == np.int32
    assert back[3].kind is SlotKind.WAY


def test_what_flips_asked_of_the_markets_comes_back_or_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOGDIA_CACHE", str(tmp_path))
    known = {"mine /  / mine": (1.0 / 3.0, 2.0, 0.5, float("inf"))}
    keep_flips(KEY, known)
    assert known_flips(KEY, 4) == known
    assert known_flips(KEY, 5) == {}
    assert known_flips("1" * 64, 4) == {}
    keep_flips(None, known)
    assert known_flips(None, 4) == {}


@dataclass(frozen=True)
class Foreign:
    name: str


def test_what_is_no_record_of_sogdia_is_neither_written_nor_made() -> None:
    with pytest.raises(TypeError, match="Foreign"):
        records.to_bytes(Foreign("x"))
    for name in ("os:system", "sogdia.files:write_text", "builtins:eval"):
        with pytest.raises((ValueError, TypeError)):
            records.from_bytes(_with_text(b'{"r":"%s","f":[]}' % name.encode()))
    for array in (
        '"a":"O","n":[1],"o":0',
        '"a":"<f8","n":[9],"o":0',
        '"a":"<f8","n":[1],"o":-8',
        '"a":"<f8","n":[-1],"o":0',
    ):
        with pytest.raises((ValueError, TypeError)):
            records.from_bytes(_with_text(b"{%s}" % array.encode()))
    with pytest.raises(TypeError, match="objects"):
        records.to_bytes(np.array([object()]))


def _with_text(text: bytes) -> bytes:
    return b"%d\n%s" % (len(text), text) + bytes(32)


def test_a_damaged_or_renamed_file_counts_as_none(tmp_path: Path) -> None:
    assert cache.recalled(KEY, tmp_path) is None
    assert cache.keep(KEY, table(), tmp_path)
    assert cache.recalled(KEY, tmp_path) is not None
    path = tmp_path / f"{KEY}.tables"
    other = "1" * 64
    (tmp_path / f"{other}.tables").write_bytes(path.read_bytes())
    assert cache.recalled(other, tmp_path) is None
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole[:200] + b"\x00" + whole[201:], b"", b"\n\n\n", whole[:70]):
        path.write_bytes(damaged)
        assert cache.recalled(KEY, tmp_path) is None


def test_only_the_newest_files_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for number in range(5):
        key = f"{number:064d}"
        cache.keep(key, table(), tmp_path)
        os.utime(tmp_path / f"{key}.tables", (number, number))
    left = sorted(path.name[:64].lstrip("0") or "0" for path in tmp_path.iterdir())
    assert left == ["2", "3", "4"]


def test_a_folder_that_takes_no_files_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not cache.keep(KEY, table(), tmp_path / "file")
    assert cache.recalled(KEY, tmp_path / "file") is None


def test_the_key_knows_the_data_the_code_and_what_is_asked() -> None:
    store = Study("JPN").store
    assert cache.key_of(store, 1) == cache.key_of(store, 1)
    assert cache.key_of(store, 1) != cache.key_of(store, 2)
    assert len(cache.code_hash()) == 64
