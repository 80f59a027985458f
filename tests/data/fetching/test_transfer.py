"""A file comes whole or not at all, goes on where it was cut, and comes from safe addresses only."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from sogdia.data.fetching import transfer as module
from sogdia.data.fetching.transfer import TransferError, Wanted, must_be_safe_address, transfer
from support.file_server import Shelf, serving

CONTENT = random.Random(1).randbytes(300_000)
HASH = hashlib.sha256(CONTENT).hexdigest()


def got(shelf: Shelf, folder: Path, waits: list[float] | None = None, **wanted: object) -> bytes:
    """The file that comes from a shelf, with no time lost in waiting."""
    noted = [] if waits is None else waits
    target = folder / "file.zip"
    transfer(Wanted(shelf.address, **wanted), target, timeout=5, sleep=noted.append)  # type: ignore[arg-type]
    assert sorted(path.name for path in folder.iterdir()) == ["file.zip"]
    return target.read_bytes()


def refusal(shelf: Shelf, folder: Path, **wanted: object) -> str:
    with pytest.raises(TransferError) as caught:
        got(shelf, folder, **wanted)
    assert not (folder / "file.zip").exists()
    return str(caught.value)


def test_a_file_comes_whole_with_its_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK_BYTES", 100_000)
    seen: list[tuple[int, int | None]] = []
    with serving(Shelf(CONTENT)) as shelf:
        path = transfer(
            Wanted(shelf.address, len(CONTENT), HASH.upper()),
            tmp_path / "file.zip",
            progress=lambda done, size: seen.append((done, size)),
        )
    assert path.read_bytes() == CONTENT
    assert seen == [(done, 300_000) for done in (0, 100_000, 200_000, 300_000)]


def test_a_cut_transfer_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, cuts=[100_000, 50_000])) as shelf:
        assert got(shelf, tmp_path, sha256=HASH) == CONTENT
    assert shelf.asked == [None, "bytes=100000-", "bytes=150000-"]


def test_another_call_goes_on_where_the_last_one_was_cut(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, cuts=[100_000], statuses=[])) as shelf:
        shelf.cuts = [100_000, 0, 0, 0, 0, 0]
        assert "100,000 bytes are kept" in refusal(shelf, tmp_path)
        assert got(shelf, tmp_path, sha256=HASH) == CONTENT
    assert shelf.asked[-1] == "bytes=100000-"


def test_a_part_that_is_whole_already_is_not_asked_for_again(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, cuts=[100_000, 0, 0, 0, 0, 0])) as shelf:
        refusal(shelf, tmp_path)
        asked = len(shelf.asked)
        (tmp_path / "file.zip.part").write_bytes(CONTENT)
        assert got(shelf, tmp_path, sha256=HASH) == CONTENT
    assert len(shelf.asked) == asked


@pytest.mark.parametrize("ranges", [True, False], ids=["changed", "no ranges"])
def test_a_file_that_changed_meanwhile_is_got_from_its_start(ranges: bool, tmp_path: Path) -> None:
    new = CONTENT[::-1]
    with serving(Shelf(CONTENT, cuts=[100_000, 0, 0, 0, 0, 0], ranges=ranges)) as shelf:
        refusal(shelf, tmp_path)
        shelf.content, shelf.tag = new, '"two"'
        assert got(shelf, tmp_path) == new


def test_a_shorter_file_at_the_address_of_a_part_is_got_from_its_start(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, cuts=[100_000, 0, 0, 0, 0, 0], tag="")) as shelf:
        refusal(shelf, tmp_path)
        shelf.content = CONTENT[:70_000]
        assert got(shelf, tmp_path) == CONTENT[:70_000]


def test_a_part_of_another_address_is_not_used(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, cuts=[100_000, 0, 0, 0, 0, 0])) as shelf:
        refusal(shelf, tmp_path)
    with serving(Shelf(CONTENT[::-1])) as other:
        assert got(other, tmp_path) == CONTENT[::-1]
    assert other.asked == [None]


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    waits: list[float] = []
    with serving(Shelf(CONTENT, statuses=[503, 429])) as shelf:
        assert got(shelf, tmp_path, waits) == CONTENT
    assert waits == [7.0, 7.0]


def test_a_server_that_stays_busy_is_given_up(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, statuses=[503] * 9)) as shelf:
        assert "503" in refusal(shelf, tmp_path)
    assert len(shelf.asked) == module.ATTEMPTS


def test_a_file_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT, statuses=[404])) as shelf:
        assert "404" in refusal(shelf, tmp_path)
    assert len(shelf.asked) == 1


@pytest.mark.parametrize(
    ("wanted", "said"),
    [({"size": 299_999}, "299,999 are expected"), ({"sha256": "0" * 64}, HASH)],
    ids=["size", "hash"],
)
def test_another_file_than_the_publishers_is_not_kept(wanted: dict[str, object], said: str, tmp_path: Path) -> None:
    with serving(Shelf(CONTENT)) as shelf:
        assert said in refusal(shelf, tmp_path, **wanted)
    assert not list(tmp_path.iterdir())


def test_a_size_that_was_not_announced_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Shelf(CONTENT)) as shelf:
        monkeypatch.setattr(module, "_start_and_size", lambda _: (0, None))
        assert "300,000 bytes came, and 300,001" in refusal(shelf, tmp_path, size=300_001)


def test_a_disk_that_is_too_small_is_told_before_anything_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: Usage)
    with serving(Shelf(CONTENT)) as shelf:
        assert "300,000 bytes are needed, and 10 are free" in refusal(shelf, tmp_path)


def test_no_way_leads_from_a_safe_address_to_an_unsafe_one(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT)) as other, serving(Shelf(b"", statuses=[302], location=other.address)) as shelf:
        assert "not https" in refusal(shelf, tmp_path)
    assert other.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.zip",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "a.zip",
        "http://127.0.0.1.example.org/a",
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(TransferError, match="https only"):
        must_be_safe_address(address)


def test_no_network_is_told_with_its_reason(tmp_path: Path) -> None:
    with serving(Shelf(CONTENT)) as shelf:
        pass
    assert "no connection" in refusal(shelf, tmp_path)
