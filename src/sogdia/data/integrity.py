"""A file of a store is opened without leaving the store, and its content is compared with what was written.

A file is hashed when it is first read and after every change; its size, times and inode say whether it has changed.
Damage that the disk does to a file leaves those as they are, so that `TableFile.fault` hashes it in any case.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO
from weakref import WeakValueDictionary, finalize

import polars as pl

from sogdia.data import hash_cache
from sogdia.data.entries import Entry
from sogdia.data.schema import conform, polars_schema
from sogdia.errors import DataError, file_refused, refusal, refused_for
from sogdia.files import CHUNK_BYTES, is_link, open_regular

CHANGED, MISSING, LINK, UNREADABLE = "changed", "missing", "a link stands in its place", "may not be read"
# A file that was changed just before it was hashed may change again within the same tick of the file system's clock.
SETTLED_NS = 2_000_000_000
# What the process lacks says nothing about the file, which must not be taken for damaged and removed.
SHORTAGE = frozenset({errno.ENOMEM, errno.EMFILE, errno.ENFILE})

_digests: dict[hash_cache.Stamp, str] = {}
_fitting: set[tuple[hash_cache.Stamp, Entry]] = set()
_rows_of: dict[tuple[hash_cache.Stamp, Entry], pl.DataFrame] = {}
_open: WeakValueDictionary[tuple[int, int], OpenFile] = WeakValueDictionary()


def damage(files: Iterable[str]) -> DataError:
    """The error for files that cannot be read or are not what was written, each as "FOLDER: FILE: why"."""
    return DataError(
        "files of the store are damaged or cannot be read:\n  " + "\n  ".join(files) + "\n"
        "Install or add them again; `sogdia data verify` names all, `sogdia data verify --repair` removes them."
    )


class OpenFile:
    """An open file. It stays readable when another process removes its name."""

    def __init__(self, path: Path) -> None:
        self.descriptor = open_regular(path)
        finalize(self, _close, self.descriptor)

    @classmethod
    def at(cls, path: Path) -> OpenFile:
        """The file at a path, opened once for all who read it in this process."""
        opened = cls(path)
        device, inode, *_ = opened.stamp()
        return _open.setdefault((device, inode), opened)

    def stamp(self) -> hash_cache.Stamp:
        """What changes when the file does."""
        state = os.fstat(self.descriptor)
        return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)

    def stream(self) -> BinaryIO:
        """The file for a reader that may close it."""
        return open(self.descriptor, "rb", closefd=False)

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces, without moving the position that the readers of the file share."""
        if not hasattr(os, "pread"):
            stream = self.stream()
            stream.seek(0)
            yield from iter(partial(stream.read, CHUNK_BYTES), b"")
            return
        at = 0
        while chunk := os.pread(self.descriptor, CHUNK_BYTES, at):
            at += len(chunk)
            yield chunk

    def parquet(self) -> pl.LazyFrame:
        """The rows of a Parquet file, which is read when they are collected."""
        return pl.scan_parquet(self.stream(), glob=False, hive_partitioning=False)

    def csv(self) -> pl.DataFrame:
        """The rows of a CSV file, all as text."""
        return pl.read_csv(io.BytesIO(b"".join(self.chunks())), infer_schema=False)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file that a catalogue names. opened: since the catalogue was read, None for one that is opened when read."""

    folder: Path
    entry: Entry
    opened: OpenFile | None = None

    def open(self) -> OpenFile:
        """The file; OSError where it is missing, unreadable, no regular file, or behind a link."""
        if self.opened is not None:
            return self.opened
        path = self.folder / self.entry.file
        if path.parent != self.folder and is_link(path.parent):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path.parent))
        return OpenFile.at(path)

    def verified(self) -> OpenFile:
        """The file, once it is known to be what was written; DataError otherwise."""
        try:
            opened = self.open()
            fault = self._fault(opened, False)
        except OSError as why:
            fault = _unreadable(why)
        if fault:
            raise damage([f"{self.folder}: {self.entry.file}: {fault}"])
        return opened

    def fault(self) -> str | None:
        """What is wrong with the file, hashed in any case; None when it is as it was written."""
        try:
            return self._fault(self.open(), True)
        except OSError as why:
            return _unreadable(why)

    def frame(self) -> pl.LazyFrame:
        """The rows, with the columns of the schema."""
        opened = self.verified()
        if not self.entry.file.endswith(".parquet"):
            return self._rows(opened).lazy()
        frame = opened.parquet()
        wanted, there = polars_schema(self.entry.table), frame.collect_schema()
        other = {name: kind for name, kind in wanted.items() if there[name] != kind}
        return frame.cast(other) if other else frame  # type: ignore[arg-type]

    def _rows(self, opened: OpenFile) -> pl.DataFrame:
        """The rows of a CSV file, read once for as long as the file stays as it is."""
        known = (opened.stamp(), self.entry)
        if known not in _fitting:
            return conform(opened.csv(), self.entry.table)
        if known not in _rows_of:
            _rows_of[known] = conform(opened.csv(), self.entry.table)
        return _rows_of[known]

    def _recalled(self, stamp: hash_cache.Stamp) -> str | None:
        """The hash that an earlier command has kept, in a store that `sogdia data add` has written."""
        return hash_cache.recall(self.folder, self.entry.file, stamp) if self.entry.written else None

    def _fault(self, opened: OpenFile, afresh: bool) -> str | None:
        stamp = opened.stamp()
        settled = time.time_ns() - max(stamp[-2:]) > SETTLED_NS
        digest = None if afresh else _digests.get(stamp) or self._recalled(stamp)
        if digest is None:
            sums = hashlib.sha256()
            for chunk in opened.chunks():
                sums.update(chunk)
            digest = sums.hexdigest()
            if settled and self.entry.written:
                hash_cache.remember(self.folder, self.entry.file, stamp, digest)
        if settled:
            _digests[stamp] = digest
        if digest != self.entry.sha256:
            return CHANGED
        if (stamp, self.entry) in _fitting:
            return None
        fault = misfit(opened, self.entry)
        if fault is None and settled:
            _fitting.add((stamp, self.entry))
        return fault


def _close(descriptor: int) -> None:
    """Close a file that was only read, in whatever state the disk is."""
    with suppress(OSError):
        os.close(descriptor)


def misfit(opened: OpenFile, entry: Entry) -> str | None:
    """How the content of a file contradicts its entry: columns, rows or years; None when it does not."""
    try:
        frame = opened.parquet() if entry.file.endswith(".parquet") else conform(opened.csv(), entry.table).lazy()
        fault = _columns_fault(frame.collect_schema(), polars_schema(entry.table))
        if fault:
            return fault
        counts = [pl.len()]
        if "year" in polars_schema(entry.table) and entry.years:
            year = pl.col("year").cast(pl.Int64, strict=False)
            counts += [year.min().alias("first"), year.max().alias("last")]
        rows, *span = frame.select(counts).collect().row(0)
        if rows != entry.rows:
            return f"has {rows} rows, not the {entry.rows} of the catalogue"
        if span and rows and tuple(span) != (entry.years[0], entry.years[-1]):
            return f"holds the years {span[0]} to {span[1]}, not those of the catalogue"
    except (DataError, pl.exceptions.PolarsError) as why:
        cause = refusal(why)
        if cause is not None and cause.errno in SHORTAGE:
            raise file_refused(cause) from why
        return f"cannot be read ({str(why).splitlines()[0]})"
    return None


def _columns_fault(there: Mapping[str, pl.DataType], wanted: Mapping[str, type[pl.DataType]]) -> str | None:
    """Which columns a table lacks, or which is of another kind: text, or figures of any width."""
    lacking = sorted(wanted.keys() - there.keys())
    if lacking:
        return f"lacks the columns {', '.join(lacking)}"
    for name, kind in wanted.items():
        if there[name] != kind and not (there[name].is_numeric() and kind.is_numeric()):
            return f"column {name} is {there[name]}, not {kind()}"
    return None


def _unreadable(why: OSError) -> str:
    """Why a file could not be opened or read, in a few words; FileRefusedError where the process lacks something."""
    if why.errno in SHORTAGE:
        raise file_refused(why) from why
    if isinstance(why, FileNotFoundError | NotADirectoryError):
        return MISSING
    if why.errno == errno.ELOOP:
        return LINK
    if isinstance(why, PermissionError):
        return f"{UNREADABLE} (permission denied)"
    return f"cannot be read ({refused_for(why)})"
