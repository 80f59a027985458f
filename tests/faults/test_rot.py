"""Every flipped bit, lost file and wrong catalogue of a store is found; `verify --repair` makes it work again."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import polars as pl
import pytest

from sogdia.data import catalogue, integrity
from sogdia.data.adding import add
from sogdia.data.store import Store
from sogdia.data.store_repair import repair
from sogdia.errors import DataError, FileRefusedError
from support.faults import added, flipped, leftovers, often, purchases, release, state

CATALOGUE = catalogue.FILE_NAME


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with purchases and two years of trade."""
    folder = tmp_path_factory.mktemp("sound")
    add(purchases(folder, "p.csv", 40), folder=folder / "store")
    add(release(folder, "BACI_HS92_V202501", 1200.5), folder=folder / "store")
    return folder / "store"


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(sound, tmp_path / "store")


def all_read(store: Path) -> None:
    """Read every table of a store, as any command does."""
    for file in Store((store,)).files:
        file.scan().collect()


def test_every_flipped_bit_is_found_on_reading_and_by_verify(sound: Path, tmp_path: Path) -> None:
    chance = random.Random(8)
    files = sorted(path.relative_to(sound) for path in sound.rglob("*") if path.is_file())
    assert len(files) == 4
    for number in range(often(40, 200)):
        store = shutil.copytree(sound, tmp_path / f"{number}")
        all_read(store)
        file = files[number % len(files)]
        flipped(store / file, chance)
        with pytest.raises(DataError, match=file.name) as caught:
            all_read(store)
        assert "sogdia data verify" in str(caught.value)
        assert any(fault.startswith(f"{file.as_posix()}: ") for fault in catalogue.damaged(store))
        notes = repair(store).notes
        assert any(file.name in note for note in notes)
        assert {entry.file for entry in catalogue.read(store)} >= {f.as_posix() for f in files} - {str(file), CATALOGUE}
        state(store)
        assert leftovers(store) == ({f"{CATALOGUE}.bad"} if file.name == CATALOGUE else set())


Change = Callable[[Path], None]


def text(content: str | bytes) -> Change:
    """The catalogue is this text."""
    raw = content.encode() if isinstance(content, str) else content
    return lambda store: void((store / CATALOGUE).write_bytes(raw))


def void(_: object) -> None:
    """Nothing, whatever was returned."""


def whole(change: Callable[[dict[str, Any]], object]) -> Change:
    """The catalogue is changed and written as JSON, without the hash that would give the change away."""

    def apply(store: Path) -> None:
        content = json.loads((store / CATALOGUE).read_text())
        del content["sha256"]
        change(content)
        (store / CATALOGUE).write_text(json.dumps(content))

    return apply


def entry(**values: Any) -> Change:
    """The first entry, which is of purchases, has these values."""
    return whole(lambda content: content["files"][0].update(values))


def second(**values: Any) -> Change:
    """There is one more entry: the last one, of trade, with these values changed."""
    return whole(lambda content: content["files"].append({**content["files"][-1], **values}))


def instead(place: Callable[[Path], object]) -> Change:
    """Something else stands in the place of the catalogue."""

    def apply(store: Path) -> None:
        (store / CATALOGUE).unlink()
        place(store)

    return apply


DEEP = "[" * 100_000 + "]" * 100_000
WRONG: dict[str, Change] = {
    "empty": text(""),
    "cut short": lambda store: void((store / CATALOGUE).write_bytes((store / CATALOGUE).read_bytes()[:300])),
    "no UTF-8": text(b"\xff\xfe{}"),
    "zeros": text(b"\0" * 4096),
    "a list": text("[]"),
    "null": text("null"),
    "a number": text("1"),
    "an empty object": text("{}"),
    "deep": text(DEEP),
    "deep files": text('{"format": 1, "files": ' + "[" * 900 + "]" * 900 + "}"),
    "a number of 5,000 digits": text('{"format": 1, "files": [' + "9" * 5000 + "]}"),
    "a key twice": text('{"format": 1, "format": 1, "files": []}'),
    "not a number": text('{"format": 1, "files": [NaN]}'),
    "no format": whole(lambda content: content.pop("format")),
    "another format": whole(lambda content: content.update(format=99)),
    "a format that is true": whole(lambda content: content.update(format=True)),
    "no files": whole(lambda content: content.pop("files")),
    "files as an object": whole(lambda content: content.update(files={})),
    "an unknown key": whole(lambda content: content.update(more=1)),
    "an entry that is null": whole(lambda content: content["files"].append(None)),
    "an entry without a key": whole(lambda content: content["files"][0].pop("rows")),
    "an entry with an unknown key": entry(more=1),
    "an unknown table": entry(table="purchase"),
    "a table that is a number": entry(table=3),
    "another table": entry(table="governance"),
    "a file above": entry(file="../victim.parquet"),
    "a file above its folder": entry(file="purchases/../../victim.parquet"),
    "an absolute file": lambda store: entry(file=str(store.parent / "victim.parquet"))(store),
    "a file of Windows": entry(file="purchases\\2022-0123456789ab.parquet"),
    "the catalogue as a file": entry(file=CATALOGUE),
    "a hidden file": entry(file=".lock"),
    "a file deeper": entry(file="purchases/x/2022-0123456789ab.parquet"),
    "a file with a glob": entry(file="purchases/2022-*.parquet"),
    "a file that is null": entry(file=None),
    "another hash": entry(sha256="0" * 64),
    "a hash that is cut short": entry(sha256="0123"),
    "a hash that is a list": entry(sha256=[]),
    "rows as text": entry(rows="1"),
    "other rows": entry(rows=2),
    "rows below zero": entry(rows=-1),
    "years as text": entry(years="2022"),
    "years of text": entry(years=["2022"]),
    "other years": entry(years=[2021]),
    "years twice": entry(years=[2022, 2022]),
    "no years": entry(years=[]),
    "sources as text": entry(source_ids="OWN_PURCHASES"),
    "sources of numbers": entry(source_ids=[1]),
    "transformations as an object": entry(transformations={}),
    "a lone surrogate": entry(transformations=["\udc80"]),
    "an entry twice": second(),
    "an entry twice by another name": second(file="trade.parquet"),
    "a changed word": lambda store: text((store / CATALOGUE).read_text().replace("p.csv", "q.csv"))(store),
    "a folder": instead(lambda store: (store / CATALOGUE).mkdir()),
    "a link": instead(lambda store: (store / CATALOGUE).symlink_to(store.parent / "victim.parquet")),
    "a pipe": instead(lambda store: os.mkfifo(store / CATALOGUE)),
    "nothing": instead(lambda _: None),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_catalogue_is_refused_and_touches_nothing_outside(kind: str, store: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.parquet"
    victim.write_text("mine")
    before = state(store)
    WRONG[kind](store)
    outside = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and store not in path.parents}
    with pytest.raises(DataError):
        all_read(store)
    assert added(purchases(tmp_path, "again.csv", 44), store) == ""
    repair(store)
    now = state(store)
    assert [one for one in now if one[0] == "trade"] == [one for one in before if one[0] == "trade"]
    assert [one[0] for one in now].count("purchases") == 1
    assert leftovers(store) <= {f"{CATALOGUE}.bad", f"{CATALOGUE}.bad.2"}
    assert {path: path.read_bytes() for path in outside} == outside


def test_a_link_in_the_place_of_a_folder_is_neither_read_nor_written_through(store: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.move(store / "trade", elsewhere)
    (store / "trade").symlink_to(elsewhere, target_is_directory=True)
    before = {path: path.read_bytes() for path in elsewhere.iterdir()}
    with pytest.raises(DataError, match="link"):
        all_read(store)
    told = added(release(tmp_path, "BACI_HS92_V202501", 7.0), store)
    assert "link" in told
    assert "as it was" in told
    assert any("link" in note for note in repair(store).notes)
    assert added(tmp_path / "BACI_HS92_V202501", store) == ""
    assert [one[0] for one in state(store)] == ["purchases", "trade", "trade"]
    assert {path: path.read_bytes() for path in elsewhere.iterdir()} == before


def test_a_lost_file_is_found_and_the_rest_is_kept(store: Path) -> None:
    lost = next(entry for entry in catalogue.read(store) if entry.years == (2021,))
    (store / lost.file).unlink()
    with pytest.raises(DataError, match="missing"):
        all_read(store)
    assert [lost.file in note and "2 rows of trade of 2021" in note for note in repair(store).notes] == [True]
    assert [one[:2] for one in state(store)] == [("purchases", (2022,)), ("trade", (2022,))]


@pytest.mark.parametrize("kind", ["of the system", "of polars"])
def test_a_lack_of_memory_is_not_taken_for_damage_that_a_repair_removes(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    add(purchases(tmp_path, "p.csv", 40), folder=store)
    before = state(store)

    def lacking(*_: object) -> NoReturn:
        number = errno.ENOMEM
        if kind == "of polars":
            raise pl.exceptions.ComputeError(f"cannot allocate memory (os error {number})")
        raise OSError(number, os.strerror(number))

    integrity._fitting.clear()
    with monkeypatch.context() as patch:
        patch.setattr(integrity.OpenFile, "parquet" if kind == "of polars" else "chunks", lacking)
        with pytest.raises(FileRefusedError):
            repair(store)
    assert state(store) == before
