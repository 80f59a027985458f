"""The user's own regions, from a TOML file or a mapping: one line per region, with its countries."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from sogdia import arguments
from sogdia.codes import Region, own_regions
from sogdia.errors import Fault, InputError
from sogdia.tabular.documents import read_toml

REMEDY = 'Write one line per region, e.g. BENELUX = ["BEL", "NLD", "LUX"].'


def regions_of(given: Mapping[str, Sequence[str]] | Path | str | None) -> dict[str, Region]:
    """The regions by key; InputError with all that is wrong with their names and members.

    given: name of the region -> ISO codes or English names, or the path of a TOML file that has them.
    """
    if isinstance(given, str | os.PathLike):
        return own_regions(_from_file(Path(given)), str(given))
    return own_regions(arguments.regions("regions", given))


def _from_file(path: Path) -> dict[str, list[str]]:
    content = read_toml(path, REMEDY)
    faults = [
        Fault(str(path), "a region is a list of country codes", REMEDY, column=name, value=str(members))
        for name, members in content.items()
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members)
    ]
    if faults:
        raise InputError(faults)
    return content
