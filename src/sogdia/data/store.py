"""A store holds the data to work with: the embedded snapshot, with the user's own tables laid over it.

Nothing is read until it is asked for; trade is scanned lazily and filtered inside the Parquet file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial, reduce
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from sogdia import arguments
from sogdia.data import catalogue
from sogdia.data.entries import Entry
from sogdia.data.integrity import TableFile, damage
from sogdia.data.leftovers import table_files
from sogdia.data.mineral_names import MineralNames
from sogdia.data.minerals import Mineral, read_minerals
from sogdia.data.parts import covered
from sogdia.data.provenance import Source, source
from sogdia.data.schema import BY_KEY, BY_YEAR, columns, polars_schema
from sogdia.errors import DataError, UnknownNameError, file_refused

FEW_YEARS, FRAMES = 5, 6
"""Years up to which trade in the store's own codes is kept in memory, and how many such sets of years."""
Result = TypeVar("Result")


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
    """A file of the store and the years for which it is the one to read (None: all it holds).

    hidden: (year, parts of it that a file above takes the place of).
    """

    file: TableFile
    years: tuple[int, ...] | None
    hidden: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def folder(self) -> Path:
        """The store that the file belongs to."""
        return self.file.folder

    @property
    def entry(self) -> Entry:
        """What the catalogue says of the file."""
        return self.file.entry

    def holds_any(self, years: Set[int]) -> bool:
        """Whether it is the one to read for one of the years; a table without years is so for all of them."""
        read = self.entry.years if self.years is None else self.years
        return not read or not years.isdisjoint(read)

    def scan(self) -> pl.LazyFrame:
        """Its rows, with the columns of the schema; DataError when the file is missing or damaged."""
        frame = self.file.frame()
        if self.years is not None and set(self.years) != set(self.entry.years):
            frame = frame.filter(pl.col("year").is_in(self.years))
        for year, parts in self.hidden:
            frame = frame.filter((pl.col("year") != year) | ~covered(parts))
        return frame


@dataclass(frozen=True)
class Store:
    """Tables by name. Later folders win: table by table, trade by code and year, production by mineral and year.

    All tables are of the state that the store had when the first was asked for, whatever is added meanwhile.
    """

    folders: tuple[Path, ...]

    def __reduce__(self) -> tuple[type[Store], tuple[tuple[Path, ...]]]:
        """A copy, in this process or another, opens the files itself."""
        return Store, (self.folders,)

    @cached_property
    def files(self) -> tuple[InForce, ...]:
        """Every file in force."""
        found: list[InForce] = []
        settled: set[tuple[str, int | None]] = set()
        hidden: dict[int, tuple[str, ...]] = {}
        for folder in reversed(self.folders):
            files = catalogue.pinned(folder)
            for file in files:
                table = file.entry.table
                if table in BY_YEAR:
                    years = tuple(y for y in file.entry.years if (table, y) not in settled)
                    if years:
                        parts = tuple((y, hidden[y]) for y in years if y in hidden)
                        found.append(InForce(file, years, parts))
                elif (table, None) not in settled:
                    found.append(InForce(file, None))
            settled |= {
                (e.table, y)
                for e in (file.entry for file in files)
                if e.table not in BY_KEY and not e.parts
                for y in (e.years if e.table in BY_YEAR else (None,))
            }
            for entry in (file.entry for file in files if file.entry.parts):
                hidden |= {year: (*hidden.get(year, ()), *entry.parts) for year in entry.years}
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
        frames = [file.scan() for file in self.in_force(table)]
        return reduce(partial(overlaid, BY_KEY[table]), frames) if table in BY_KEY else pl.concat(frames)

    def rows(self, table: str) -> pl.DataFrame:
        """The rows of a table, none where the store does not have it."""
        if any(file.entry.table == table for file in self.files):
            return self.scan(table).collect()
        return pl.DataFrame(schema=polars_schema(table))

    def trade(self, hs6: Iterable[str] | None = None, years: Iterable[int] | None = None) -> pl.LazyFrame:
        """Trade flows, filtered by code and year inside the file; of a few years and codes of the store's own tables,
        which are asked for again and again, from memory.
        """
        codes = None if hs6 is None else list(hs6)
        wanted = None if years is None else list(years)
        if codes is not None and wanted is not None and len(wanted) <= FEW_YEARS and self._named.issuperset(codes):
            frame, wanted = self._few_years(tuple(wanted)).lazy(), None
        else:
            frame = self.scan("trade")
        if codes is not None:
            frame = frame.filter(pl.col("hs6").is_in(codes))
        if wanted is not None:
            frame = frame.filter(pl.col("year").is_in(wanted))
        return frame

    @cached_property
    def _kept(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What `work` gives for these tables, worked out when it is first asked for and kept as long as the store."""
        if key not in self._kept:
            self._kept[key] = work()
        found: Result = self._kept[key]
        return found

    @cached_property
    def _named(self) -> frozenset[str]:
        """The codes of minerals, of processed products and of forms of trade."""
        cells = [self.rows(table)["hs1992"].drop_nulls() for table in ("processed_products", "trade_forms")]
        codes = self.rows("mineral_codes")["hs6"].drop_nulls()
        return frozenset(codes).union(*(code.split(";") for cell in cells for code in cell))

    @cached_property
    def _few_years(self) -> Callable[[tuple[int, ...]], pl.DataFrame]:
        def read(years: tuple[int, ...]) -> pl.DataFrame:
            named = pl.col("hs6").is_in(sorted(self._named))
            return self.scan("trade").filter(named, pl.col("year").is_in(years)).collect()

        return lru_cache(FRAMES)(read)

    @cached_property
    def minerals(self) -> dict[str, Mineral]:
        """Every mineral by its key, with its HS codes."""
        return read_minerals(self.scan("minerals").collect(), self.scan("mineral_codes").collect())

    @cached_property
    def mineral_names(self) -> MineralNames:
        """The words that name a mineral of this store."""
        products, forms = (self.rows(table).to_dicts() for table in ("processed_products", "trade_forms"))
        return MineralNames(self.minerals, products, forms)

    def mineral(self, text: str) -> Mineral:
        """The mineral named by key, name, chemical symbol or alias (see `sogdia.data.mineral_names`); UnknownNameError
        says what a word means that is not one mineral, or the nearest names.
        """
        return self.minerals[self.mineral_names.one(arguments.name("mineral", text, "tungsten"))]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years for which there is trade."""
        return tuple(sorted({year for file in self.in_force("trade") for year in file.years or ()}))

    @cached_property
    def complete_year(self) -> int:
        """The last year with trade, production and governance."""
        known = set(self.years)
        for table in ("production", "governance"):
            known &= set(self.scan(table).select("year").unique().collect()["year"].to_list())
        return max(known)

    def traded_year(self, wanted: int) -> int:
        """The year itself; UnknownNameError when there is no trade for it."""
        if wanted not in self.years:
            held = f"the store holds {self.years[0]} to {self.years[-1]}"
            raise UnknownNameError(f"no trade for the year {wanted}: {held}.")
        return wanted

    def source_ids(self, table: str, years: Iterable[int] | None = None) -> tuple[str, ...]:
        """Ids of the sources behind a table, each once; years: behind its rows of these years, of all where None."""
        wanted = None if years is None else set(years)
        files = [f for f in self.in_force(table) if wanted is None or f.holds_any(wanted)]
        return tuple(dict.fromkeys(i for file in files for i in file.entry.source_ids))

    def sources(self, table: str) -> tuple[Source, ...]:
        """The sources behind a table."""
        return tuple(source(i) for i in self.source_ids(table))

    def damaged(self) -> tuple[str, ...]:
        """What is wrong with the files as they lie on the disk, each with its folder."""
        return tuple(f"{folder}: {fault}" for folder in self.folders for fault in catalogue.damaged(folder))

    def must_be_whole(self) -> None:
        """Hash every file in force, in the state that is read here; DataError naming all that are damaged."""
        faults = [f"{f.folder}: {f.entry.file}: {fault}" for f in self.files if (fault := f.file.fault())]
        if faults:
            raise damage(faults)


def overlaid(keys: Sequence[str], over: pl.LazyFrame, under: pl.LazyFrame) -> pl.LazyFrame:
    """All rows of `over`, and those of `under` whose keys it does not have."""
    return pl.concat([over, under.join(over, on=list(keys), how="anti", maintain_order="left")])


def open_store(path: Path | str | None = None) -> Store:
    """The embedded snapshot with the user's store over it.

    path: a store folder to use instead of the user's own; it must exist.
    """
    own = user_folder() if path is None else arguments.path("store", path)
    there = _has_catalogue(own)
    if not there and own.is_dir() and any(table_files(own)):
        raise DataError(f"{own} has tables, but {catalogue.FILE_NAME} is missing. {catalogue.REMEDY}")
    if path is not None and not there:
        raise DataError(f"{own} is no store: {catalogue.FILE_NAME} is missing. Make one with `sogdia data add`.")
    return Store((snapshot_folder(), own) if there else (snapshot_folder(),))


def _has_catalogue(folder: Path) -> bool:
    """Whether anything stands where the catalogue of a store would; DataError where that may not be asked."""
    try:
        (folder / catalogue.FILE_NAME).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as why:
        raise file_refused(why) from why
    except ValueError as why:
        raise DataError(f"{str(folder)!r} is no path: {why}. Name another folder.") from why
    return True
