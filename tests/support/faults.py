"""What the fault tests share: small inputs, the states that a store may be in, and steps that fail on purpose."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import random
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sogdia.data import catalogue
from sogdia.data.adding import add
from sogdia.data.store import Store
from sogdia.errors import SogdiaError

SOAK = bool(os.environ.get("SOGDIA_SOAK"))
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
HEADER = "company,year,mineral,hs6,origin,quantity_t,value_kusd\n"

State = tuple[tuple[str, tuple[int, ...], str], ...]


def often(short: int, long: int) -> int:
    """How many times to try: few as a rule, many in a soak."""
    return long if SOAK else short


def purchases(folder: Path, name: str, tonnes: int, year: int = 2022) -> Path:
    """A file of purchases; another number of tonnes makes another file."""
    path = folder / name
    path.write_text(f"{HEADER}Acme,{year},antimony,,TJK,{tonnes},{tonnes * 12}\n")
    return path


def release(folder: Path, name: str, value: float, years: tuple[int, ...] = (2021, 2022)) -> Path:
    """A trade release of some years."""
    path = folder / name
    path.mkdir()
    for year in years:
        text = f"t,i,j,k,v,q\n{year},156,392,280530,{value},30.25\n{year},398,392,720241,88.1,           NA\n"
        (path / f"BACI_HS92_Y{year}_V202501.csv").write_text(text)
    return path


def mining(folder: Path, name: str, mineral: str, figure: int = 1000) -> Path:
    """A workbook of World Mining Data with one mineral."""
    path = folder / name
    rows: list[list[object]] = [
        [mineral],
        ["Country", "unit", "2021", "2022", "data source"],
        ["Tajikistan", "metr. t", 13000, 17000, "r"],
        ["China", "metr. t", 60000, figure, "r"],
        ["Total", "metr. t", 73000, 17000 + figure],
    ]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(mineral)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def state(store: Path) -> State:
    """What the store holds, after every file of it was hashed and read; () where there is none."""
    if not (store / catalogue.FILE_NAME).exists():
        return ()
    assert catalogue.damaged(store) == ()
    for file in Store((store,)).files:
        assert file.scan().collect().height == file.entry.rows
    return tuple((entry.table, entry.years, entry.sha256) for entry in catalogue.read(store))


def leftovers(store: Path) -> set[str]:
    """Files and folders that the catalogue does not account for."""
    files = {entry.file for entry in catalogue.read(store)}
    folders = {Path(file).parent.as_posix() for file in files}
    there = {path.relative_to(store).as_posix() for path in store.rglob("*")}
    return there - files - folders - {catalogue.FILE_NAME}


def added(path: Path, store: Path) -> str:
    """Add a file; "" when that went well, else what the error says. Any other exception is a failure of the test."""
    try:
        add(path, folder=store, wait=60)
    except SogdiaError as why:
        return str(why)
    return ""


class Steps:
    """Counts the calls that change or open something in a store, and does something else at one of them."""

    CALLS = ("open", "mkdir", "rename", "replace", "unlink", "rmdir", "fsync", "link")

    def __init__(self, store: Path, at: int, act: Callable[[str], None]) -> None:
        self.store, self.at, self.act, self.count = str(store), at, act, 0

    def _concerns(self, place: object, where: dict[str, Any]) -> bool:
        if isinstance(place, int) or where.get("dir_fd") is not None:
            return True
        return isinstance(place, str | os.PathLike) and os.fspath(place).startswith(self.store)

    def _wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(place: Any, *more: Any, **where: Any) -> Any:
            if self._concerns(place, where):
                self.count += 1
                if self.count == self.at:
                    self.act(str(place))
            return call(place, *more, **where)

        return step

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Inside, the calls are counted."""
        with pytest.MonkeyPatch.context() as patch:
            for name in self.CALLS:
                patch.setattr(os, name, self._wrapped(getattr(os, name)))
            patch.setattr(io, "open", self._wrapped(io.open))
            yield


def refuse(number: int) -> Callable[[str], None]:
    """An act: the call fails with this error."""

    def act(place: str) -> None:
        raise OSError(number, os.strerror(number), place)

    return act


def die(_: str) -> None:
    """An act: the process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at(path: Path, store: Path, at: int) -> None:
    """For a process of its own: add a file, and die at one step."""
    with Steps(store, at, die).watched():
        add(path, folder=store, wait=60)


def with_limit(path: Path, store: Path, limit: int, said: Path) -> None:
    """For a process of its own: add a file where no file may grow beyond a limit, and write down what was said."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    told = added(path, store)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    said.write_text(told)


def in_turn(paths: list[Path], store: Path, times: int) -> None:
    """For a process of its own: add files in turn."""
    for number in range(times):
        add(paths[number % len(paths)], folder=store, wait=60)


_context: list[ForkServerContext] = []


def process(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A process that has imported Sogdia already and runs a function of this file."""
    if not _context:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["sogdia.data.adding", "sogdia.brief.folder", "support.faults"])
        _context.append(context)
    made = _context[0].Process(target=target, args=arguments)
    made.start()
    return made


def ended(one: BaseProcess) -> int:
    """The exit status of a process, waited for."""
    one.join(120)
    assert one.exitcode is not None
    return one.exitcode


def flipped(path: Path, chance: random.Random) -> None:
    """Flip one bit of a file; half the times with the time of its last change as before, as the disk would."""
    raw = bytearray(path.read_bytes())
    at = chance.randrange(len(raw) * 8)
    raw[at // 8] ^= 1 << at % 8
    before = path.stat()
    with path.open("r+b") as stream:
        stream.write(raw)
    if chance.random() < 0.5:
        with suppress(OSError):
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
