"""What data are there to work with? A store: the embedded snapshot, with the user's own tables laid over it.

Nothing is read until it is asked for; trade is scanned lazily and filtered inside the Parquet file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

import polars as pl

from sogdia.data import catalogue
from sogdia.data.minerals import Mineral, read_minerals
from sogdia.data.provenance import Source, source
from sogdia.data.schema import columns, conform
from sogdia.errors import DataError, unknown

BY_YEAR = frozenset({"trade"})


def snapshot_folder() -> Path:
    """The folder of the embedded snapshot."""
    return Path(str(resources.files("sogdia.data").joinpath("snapshot")))


def user_folder() -> Path:
    """The folder of the user's own store: $SOGDIA_STORE, else sogdia/store under the user's data directory."""
    named = os.environ.get("SOGDIA_STORE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "sogdia" / "store"


@dataclass(frozen=True, slots=True)
class InForce:
    """A file of the store and the years for which it is the one to read (None: all it holds)."""

    folder: Path
    entry: catalogue.Entry
    years: tuple[int, ...] | None

    def scan(self) -> pl.LazyFrame:
        """Its rows, with the columns of the schema."""
        path = self.folder / self.entry.file
        if path.suffix != ".parquet":
            text = pl.read_csv(path, infer_schema=False)
            return conform(text, self.entry.table).lazy()
        frame = pl.scan_parquet(path)
        if self.years is None or set(self.years) == set(self.entry.years):
            return frame
        return frame.filter(pl.col("year").is_in(self.years))


@dataclass(frozen=True)
class Store:
    """Tables by name. Later folders win: table by table, and for trade year by year."""

    folders: tuple[Path, ...]

    @cached_property
    def files(self) -> tuple[InForce, ...]:
        """Every file in force."""
        found: list[InForce] = []
        settled: set[tuple[str, int | None]] = set()
        for folder in reversed(self.folders):
            entries = catalogue.read(folder)
            for entry in entries:
                if entry.table in BY_YEAR:
                    years = tuple(y for y in entry.years if (entry.table, y) not in settled)
                    if years:
                        found.append(InForce(folder, entry, years))
                elif (entry.table, None) not in settled:
                    found.append(InForce(folder, entry, None))
            settled |= {(e.table, y) for e in entries for y in (e.years if e.table in BY_YEAR else (None,))}
        return tuple(found)

    def in_force(self, table: str) -> tuple[InForce, ...]:
        """The files of one table; raises for a table that is unknown or absent."""
        columns(table)
        found = tuple(file for file in self.files if file.entry.table == table)
        if not found:
            raise DataError(f"the store has no table {table!r}. Add it with `sogdia data add`.")
        return found

    def scan(self, table: str) -> pl.LazyFrame:
        """A table as a lazy frame with the columns of the schema."""
        return pl.concat(file.scan() for file in self.in_force(table))

    def trade(self, hs6: Iterable[str] | None = None, years: Iterable[int] | None = None) -> pl.LazyFrame:
        """Trade flows, filtered by code and year inside the file."""
        frame = self.scan("trade")
        if hs6 is not None:
            frame = frame.filter(pl.col("hs6").is_in(list(hs6)))
        if years is not None:
            frame = frame.filter(pl.col("year").is_in(list(years)))
        return frame

    @cached_property
    def minerals(self) -> dict[str, Mineral]:
        """Every mineral by its key, with its HS codes."""
        return read_minerals(self.scan("minerals").collect(), self.scan("mineral_codes").collect())

    def mineral(self, text: str) -> Mineral:
        """The mineral named by key or English name; UnknownNameError tells the nearest ones."""
        key = text.strip().casefold().replace(" ", "_").replace("-", "_")
        if key in self.minerals:
            return self.minerals[key]
        by_name = {m.name.casefold(): m for m in self.minerals.values()}
        if text.strip().casefold() in by_name:
            return by_name[text.strip().casefold()]
        raise unknown("mineral", text, self.minerals)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years for which there is trade."""
        return tuple(sorted({year for file in self.in_force("trade") for year in file.years or ()}))

    def sources(self, table: str) -> tuple[Source, ...]:
        """The sources behind a table."""
        ids = dict.fromkeys(i for file in self.in_force(table) for i in file.entry.source_ids)
        return tuple(source(i) for i in ids)

    def damaged(self) -> tuple[str, ...]:
        """Files that are missing or changed, with their folder."""
        return tuple(f"{folder}: {fault}" for folder in self.folders for fault in catalogue.damaged(folder))


def open_store(path: Path | str | None = None) -> Store:
    """The embedded snapshot with the user's store over it.

    path: a store folder to use instead of the user's own; it must exist.
    """
    own = user_folder() if path is None else Path(path)
    if path is not None and not (own / catalogue.FILE_NAME).is_file():
        raise DataError(f"{own} is no store: {catalogue.FILE_NAME} is missing. Make one with `sogdia data add`.")
    has_own = (own / catalogue.FILE_NAME).is_file()
    return Store((snapshot_folder(), own) if has_own else (snapshot_folder(),))
