"""New rows are laid over what a store holds: they take the place of their own keys and years, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sogdia.data import catalogue
from sogdia.data.embedded import snapshot
from sogdia.data.entries import Entry
from sogdia.data.integrity import TableFile
from sogdia.data.parts import covered, parts_of
from sogdia.data.replaced import Replaced, counted
from sogdia.data.schema import BY_KEY, IDENTITY
from sogdia.data.store import Store, overlaid, snapshot_folder
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError, SogdiaError

APPEND = "Leave out --append to replace what is there, or delete the row."


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows to write. kept: entries of the store whose rows are among them; parts: as in `Entry`."""

    frame: pl.LazyFrame
    parts: tuple[str, ...] = ()
    kept: tuple[Entry, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreGround:
    """A user's store as it is before something is added. entries: those in force."""

    folder: Path
    entries: tuple[Entry, ...]
    append: bool = False

    @property
    def store(self) -> Store:
        """What is in force, with the embedded data; these alone where the user's own cannot be read."""
        own = Store((snapshot_folder(), self.folder))
        try:
            return own if own.files and self.entries else snapshot()
        except SogdiaError:
            return snapshot()


def lay_year(ground: StoreGround, new: pl.LazyFrame, year: int, parts: tuple[str, ...] | None) -> Laid:
    """A year of trade over that of the store. parts: what it takes the place of, None for the codes that it has."""
    if ground.append:
        flows = new.select(IDENTITY["trade"]).collect()
        _must_be_new(ground.store.trade(flows["hs6"].unique().to_list(), [year]).collect(), flows, "trade")
        parts = parts_of(flows, "flow")
    elif parts is None:
        parts = parts_of(new.select("hs6").unique().collect(), "code")
    replaced = counted(ground.store, "trade", (pl.col("year") == year) & covered(parts))
    old = next((entry for entry in ground.entries if entry.table == "trade" and year in entry.years), None)
    warnings: tuple[str, ...] = ()
    kept: tuple[Entry, ...] = ()
    if old is not None and (fault := catalogue.fault_of(ground.folder, old)):
        warnings, old = (f"what the store held of trade in {year} before is not kept ({fault}).",), None
    if old is not None:
        rest = TableFile(ground.folder, old).frame().filter(~covered(parts)).collect()
        if rest.height:
            new, kept = pl.concat([rest.lazy(), new]).sort("hs6", "exporter", "importer"), (old,)
            parts = tuple(sorted({*old.parts, *parts})) if old.parts else ()
    whole = not parts or set(_embedded_codes(year)) <= set(parts)
    return Laid(new, () if whole else parts, kept, replaced, warnings)


def lay_table(ground: StoreGround, frame: pl.DataFrame, table: str) -> Laid:
    """Any other table over that of the store: by its key where it has one, as a whole where not."""
    keys = BY_KEY.get(table)
    fresh = frame.lazy()
    warnings: list[str] = []
    kept: list[Entry] = []
    replaced: tuple[Replaced, ...] = ()
    gone = pl.lit(value=True)
    if keys:
        made = frame.select(keys).unique()
        gone = pl.struct(keys).is_in(made.to_struct().implode())
    if ground.append:
        there = ground.store.rows(table).filter(gone)
        _must_be_new(there, frame, table)
        fresh = pl.concat([fresh, there.lazy()])
    else:
        replaced = counted(ground.store, table, gone)
    for entry in ground.entries:
        if entry.table != table:
            continue
        fault = catalogue.fault_of(ground.folder, entry)
        if fault and (keys or ground.append):  # adding again is the way to mend a store: damage must not stop it
            warnings.append(f"what the store held of {table!r} before is not kept ({fault}).")
        elif keys:
            fresh = overlaid(keys, fresh, TableFile(ground.folder, entry).frame())
            kept.append(entry)
        elif ground.append:
            kept.append(entry)
    return Laid(fresh, (), tuple(kept), replaced, tuple(warnings))


def _must_be_new(there: pl.DataFrame, rows: pl.DataFrame, table: str) -> None:
    """InputError where rows to append stand in the store already."""
    identity = IDENTITY[table]
    twice = rows.join(there, on=list(identity), how="semi", nulls_equal=True)
    rule = "a row that is appended is not in the store yet"
    faults = [
        Fault(f"table {table}", rule, APPEND, column=", ".join(identity), value=", ".join(map(_shown, row)))
        for row in twice.select(identity).head(MAX_FAULTS_SHOWN).iter_rows()
    ]
    if faults:
        raise InputError(faults, twice.height)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _embedded_codes(year: int) -> Sequence[str]:
    """The codes that have trade in a year of the embedded data."""
    return snapshot().trade(years=[year]).select("hs6").unique().collect()["hs6"].to_list()
