"""What kind of data is this file or folder? Told from its content, not from its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from sogdia.data.readers import purchases, wgi, wmd
from sogdia.data.readers.baci import YEARLY
from sogdia.data.readers.baci_lines import COLUMNS
from sogdia.data.readers.reading import Reading
from sogdia.data.readers.wgi_layouts import series_of
from sogdia.errors import Fault, InputError, unknown
from sogdia.tabular import archive
from sogdia.tabular.grid import Grid, header_at
from sogdia.tabular.text import read_csv
from sogdia.tabular.workbook import is_workbook, read_workbook

BACI = "baci"
READERS: dict[str, Callable[[Path], Reading]] = {"wmd": wmd.read, "wgi": wgi.read, "purchases": purchases.read}
KINDS = (BACI, *READERS)
HEAD_BYTES = 2**16


def kind_of(path: Path, named: str | None = None) -> str:
    """One of `KINDS`; `named` is the user's own word for it."""
    if named is not None and named not in KINDS:
        raise unknown("kind of data", named, KINDS)
    if not path.exists():
        raise InputError([Fault(str(path), "the file or folder exists", "Check the path.", value="nothing there")])
    if path.is_dir() and named not in (None, BACI):
        raise InputError([Fault(path.name, f"data of kind {named} are one file", "Name the file.", value="a folder")])
    if named is not None:
        return named
    if path.is_dir() or YEARLY.fullmatch(path.name):
        return BACI
    if not path.stat().st_size:
        raise InputError([Fault(path.name, "the file holds a header and data", "Give a file with content.", value="")])
    if is_workbook(path):
        return _of_grids(path, read_workbook(path))
    with path.open("rb") as stream:
        head = stream.read(len(archive.OLE_MAGIC))
    if zipfile.is_zipfile(path) or head.startswith(archive.ZIP_MAGIC):
        archive.members(path)
        return BACI
    if head == archive.OLE_MAGIC or path.suffix.lower() in {".xlsx", ".xls"}:
        return _of_grids(path, read_workbook(path))
    return _of_grids(path, (read_csv(path),))


def _of_grids(path: Path, grids: tuple[Grid, ...]) -> str:
    """The kind of a workbook's sheets or of a CSV file."""
    if any(header_at(grid, purchases.REQUIRED) is not None for grid in grids):
        return "purchases"
    if any(header_at(grid, wmd.HEADER) is not None for grid in grids):
        return "wmd"
    if any(series_of(grid) is not None for grid in grids):
        return "wgi"
    if any(header_at(grid, COLUMNS) is not None for grid in grids):
        return BACI
    first = next((line for grid in grids for line in grid.lines), None)
    fault = Fault(
        path.name,
        "the content is a CEPII BACI release, a World Mining Data workbook, governance indicators or purchases",
        f"Look at the header line, or name the kind ({', '.join(KINDS)}) to be told what is missing.",
        first.number if first else None,
        value=", ".join(first.cells)[:80] if first else "no text",
    )
    raise InputError([fault])
