from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from sogdia.files import atomic, sha256, write_text

DIES_WHILE_WRITING = """
import os, pathlib, sys
from sogdia.files import atomic
with atomic(pathlib.Path(sys.argv[1])) as part:
    part.write_text("half")
    os._exit(9)
"""


def test_a_completed_file_stands_under_its_name_and_nothing_beside_it(tmp_path):
    target = tmp_path / "new" / "a.txt"
    with atomic(target) as part:
        part.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole"
    assert [p.name for p in target.parent.iterdir()] == ["a.txt"]


def interrupted(target: Path) -> None:
    with atomic(target) as part:
        part.write_text("half")
        raise RuntimeError("interrupted")


def test_an_error_while_writing_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError, match="interrupted"):
        interrupted(tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_writing_leaves_what_stood_there(tmp_path):
    write_text(tmp_path / "a.txt", "former")
    with pytest.raises(RuntimeError, match="interrupted"):
        interrupted(tmp_path / "a.txt")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.txt", "former")]


def test_a_process_that_dies_leaves_nothing_under_the_final_name(tmp_path):
    target = tmp_path / "a.txt"
    died = subprocess.run([sys.executable, "-c", DIES_WHILE_WRITING, str(target)], check=False)
    assert died.returncode == 9
    assert not target.exists()
    assert write_text(target, "second try").read_text() == "second try"


def test_what_a_dead_process_has_left_goes_with_the_next_writing_and_what_a_living_one_writes_stays(tmp_path):
    target = tmp_path / "a[1].txt"
    subprocess.run([sys.executable, "-c", DIES_WHILE_WRITING, str(target)], check=False)
    (left,) = tmp_path.iterdir()
    with atomic(target) as part:
        part.write_text("mine")
        assert not left.exists()
        write_text(target, "of another")
        assert part.exists()
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a[1].txt", "mine")]


def test_text_is_written_as_utf_8(tmp_path):
    assert write_text(tmp_path / "a.txt", "Ташкент").read_bytes() == "Ташкент".encode()


def test_the_digest_is_sha_256(tmp_path):
    (tmp_path / "a").write_bytes(b"abc" * 1_000_000)
    assert sha256(tmp_path / "a") == hashlib.sha256(b"abc" * 1_000_000).hexdigest()
