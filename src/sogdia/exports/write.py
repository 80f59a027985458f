"""An export as a folder: its files, the sources behind them, and metadata that say what each file is (RO-Crate)."""

from __future__ import annotations

import json
from pathlib import Path

from sogdia.errors import DataError, refusals
from sogdia.exports.contents import ExportContents
from sogdia.exports.crate import CRATE_FILE, crate, is_ours
from sogdia.exports.registry import format_of
from sogdia.files import beside, must_take_files, put_in_place, scratch_folder, sync_tree, write_bytes, write_text


def export(contents: ExportContents, key: str, out: Path) -> Path:
    """Write the export of one format to the folder `out` and return it.

    An export that stands there is replaced as a whole; anything else is left alone (DataError). UnknownNameError for a
    format there is not.
    """
    wanted = format_of(key)
    with refusals(out):
        place = Path(out).resolve()
        must_be_replaceable(place, Path(out))
        made = wanted.files(contents)
        place.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(beside(place, "part")) as part:
            for name, content in made.items():
                (part / name).parent.mkdir(parents=True, exist_ok=True)
                write_bytes(part / name, content)
            write_text(
                part / CRATE_FILE, json.dumps(crate(contents, wanted, made), indent=1, ensure_ascii=False) + "\n"
            )
            sync_tree(part)
            put_in_place(part, place)
    return Path(out)


def must_be_replaceable(folder: Path, named: Path) -> None:
    """DataError when something stands at `folder` that is neither an empty folder nor an export of ours."""
    must_take_files(folder.parent, folder)
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and (is_ours(folder) or not any(folder.iterdir())):
        return
    raise DataError(
        f"{named} exists and is no export of Sogdia (no {CRATE_FILE} of one), so it is left alone. "
        "Name another folder, or move this one away."
    )
