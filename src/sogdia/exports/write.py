"""An export as a folder: its files, the sources behind them, and metadata that say what each file is (RO-Crate)."""

from __future__ import annotations

import json
from pathlib import Path

from sogdia.errors import refusals
from sogdia.exports.contents import ExportContents
from sogdia.exports.crate import CRATE_FILE, crate, is_ours
from sogdia.exports.registry import format_of
from sogdia.files import beside, must_be_own_folder, put_in_place, scratch_folder, sync_tree, write_bytes, write_text


def export(contents: ExportContents, key: str, out: Path) -> Path:
    """Write the export of one format to the folder `out` and return it.

    An export that stands there is replaced as a whole; anything else is left alone (DataError). UnknownNameError for a
    format there is not.
    """
    wanted = format_of(key)
    with refusals(out):
        place = Path(out).resolve()
        must_be_own_folder(place, Path(out), is_ours, f"export of Sogdia (no {CRATE_FILE} of one)")
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
