"""The study that the options of the command line describe."""

from __future__ import annotations

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
    from sogdia.tabular.documents import read_toml

    remedy = 'Write one line per region, e.g. BENELUX = ["BEL", "NLD", "LUX"].'
    content = read_toml(path, remedy)
    faults = [
        Fault(str(path), "a region is a list of country codes", remedy, column=name, value=str(members))
        for name, members in content.items()
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members)
    ]
    if faults:
        raise InputError(faults)
    own_regions(content, str(path))  # raises the faults of names and members, with the file
    return content
