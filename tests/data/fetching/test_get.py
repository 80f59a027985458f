"""`sogdia data get` brings a release to the disk, and says how to get it by hand where it cannot."""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path

import pytest

import sogdia
from sogdia.cli.app import EXIT_USER_ERROR
from sogdia.data.fetching import transfer as module
from sogdia.data.fetching.releases import release, releases
from sogdia.errors import SogdiaError
from support.cli import run
from support.file_server import Shelf, serving
from support.reader_files import release_files, zipped

NETWORK = {"urllib.request", "http.client", "socket", "http", "requests", "httpx", "ssl", "ftplib", "aiohttp"}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.transfer, "__kwdefaults__", {**module.transfer.__kwdefaults__, "sleep": lambda _: None})


def archive(path: Path) -> bytes:
    path.mkdir()
    return zipped(path, release_files()).read_bytes()


def test_a_release_is_got_and_can_be_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = archive(tmp_path / "made")
    with serving(Shelf(content, cuts=[200])) as shelf:
        status, shown, told = run(
            capsys, "data", "get", "baci", "--to", tmp_path / "new", "--address", shelf.address, "--json"
        )
    got = json.loads(shown)
    assert (status, got["bytes"], got["sha256"]) == (0, len(content), hashlib.sha256(content).hexdigest())
    assert "going on after 200 bytes" in told
    assert "100%" in told
    assert run(capsys, "data", "add", got["file"], "--store", tmp_path / "store")[0] == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["BACI_HS92_V202601.zip"]


def test_a_release_that_is_there_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "BACI_HS92_V202601.zip").write_text("mine")
    status, _, told = run(capsys, "data", "get", "baci", "--to", tmp_path)
    assert (status, (tmp_path / "BACI_HS92_V202601.zip").read_text()) == (EXIT_USER_ERROR, "mine")
    assert "there already" in told


@pytest.mark.parametrize("statuses", [[404], [503] * 9, []], ids=["not there", "busy", "no network"])
def test_where_the_network_does_not_give_it_the_manual_way_is_told(
    statuses: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Shelf(b"", statuses=list(statuses))) as shelf:
        if statuses:
            status, _, told = run(capsys, "data", "get", "baci", "--to", tmp_path, "--address", shelf.address)
    if not statuses:
        status, _, told = run(capsys, "data", "get", "baci", "--to", tmp_path, "--address", shelf.address)
    found = release("baci")
    assert status == EXIT_USER_ERROR
    assert all(word in told for word in (found.page, shelf.address, found.file, "sogdia data add", "HS92", "202601"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"<html>Please sign in</html>", b"PK\x03\x04 and no more"], ids=["page", "cut"])
def test_what_is_no_archive_is_not_kept(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Shelf(content)) as shelf:
        status, _, told = run(capsys, "data", "get", "baci", "--to", tmp_path, "--address", shelf.address)
    assert status == EXIT_USER_ERROR
    assert "by hand" in told
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("wmd",),
        ("baci", "--release", "latest"),
        ("baci", "--sha256", "12"),
        ("baci", "--address", "http://example.org/BACI.zip"),
        ("baci", "--address", "https://example.org/"),
    ],
)
def test_what_cannot_be_got_is_refused_before_the_network_is_asked(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "data", "get", *arguments, "--to", tmp_path)[0] == EXIT_USER_ERROR
    assert not list(tmp_path.iterdir())


def test_every_release_of_the_table_has_a_safe_address_and_the_name_of_a_release() -> None:
    for each in releases():
        module.must_be_safe_address(each.address)
        assert each.file == f"BACI_{each.revision}_V{each.vintage}.zip"
        assert (each.first_year, each.revision) == (1995, "HS92")
    with pytest.raises(SogdiaError, match="baci"):
        release("comtrade")


def test_nothing_else_uses_a_network() -> None:
    """But the server, which listens, and its guard, which lets no process of it reach out."""
    package = Path(sogdia.__file__).parent
    users, getters = set(), set()
    for file in package.rglob("*.py"):
        name = file.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            users |= {name for module in modules if module in NETWORK}
            getters |= {name for module in modules if module.startswith("sogdia.data.fetching")}
    assert users == {"data/fetching/transfer.py", "web/serving.py", "questions/outbound.py"}
    assert getters == {"cli/data.py", "data/fetching/get.py"}
