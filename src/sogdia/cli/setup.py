"""The study that the options of the command line describe."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sogdia.codes import own_regions
from sogdia.errors import Fault, InputError

if TYPE_CHECKING:
    from sogdia.study import Study


def study(
    importer: str, *, partners: Sequence[str] | None = None, store: Path | None = None, regions: Path | None = None
) -> Study:
    """A study of an importer, its partners, a store and the user's own regions."""
    from sogdia.study import Study

    return Study(importer, partners or None, regions=read_regions(regions) if regions else None, store=store)


def read_regions(path: Path) -> dict[str, list[str]]:
    """The user's own regions from a TOML file."""
    remedy = 'Write one line per region, e.g. BENELUX = ["BEL", "NLD", "LUX"].'
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError([Fault(str(path), "this file does not exist", "Correct the path.")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError([Fault(str(path), f"not readable as TOML ({fault})", remedy)]) from None
    faults = [
        Fault(str(path), "a region is a list of country codes", remedy, column=name, value=str(members))
        for name, members in content.items()
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members)
    ]
    if faults:
        raise InputError(faults)
    own_regions(content, str(path))  # raises the faults of names and members, with the file
    return content
