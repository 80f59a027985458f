"""What a publisher offers, and where: one row of `releases.csv` for each release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from sogdia.errors import unknown, wrong_argument
from sogdia.tabular.rows import packaged_rows

COLUMNS = (
    "kind", "revision", "vintage", "address", "bytes", "sha256", "first_year", "last_year", "page", "source_id",
    "evidence", "note",
)  # fmt: skip
VINTAGE = re.compile(r"[Vv]?(20\d{4}[a-z]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class OfferedRelease:
    """A file that a publisher offers. size [bytes], sha256: None where the publisher names none; page: where a person
    finds it; last_year: None for a release that is not in the table.
    """

    kind: str
    revision: str
    vintage: str
    address: str
    page: str
    size: int | None = None
    sha256: str | None = None
    first_year: int | None = None
    last_year: int | None = None

    @property
    def file(self) -> str:
        """The name of the file."""
        return PurePosixPath(urlsplit(self.address).path).name


@cache
def releases() -> tuple[OfferedRelease, ...]:
    """The releases of the table, the newest of each kind first."""
    rows = packaged_rows(resources.files(__package__) / "releases.csv", COLUMNS)
    return tuple(
        OfferedRelease(
            cells["kind"],
            cells["revision"],
            cells["vintage"],
            cells["address"].format(revision=cells["revision"], vintage=cells["vintage"]),
            cells["page"],
            int(cells["bytes"]) if cells["bytes"] else None,
            cells["sha256"] or None,
            int(cells["first_year"]),
            int(cells["last_year"]),
        )
        for row in rows
        for cells in [row.cells]
    )


def release(kind: str, vintage: str | None = None) -> OfferedRelease:
    """The newest release of a kind, or the one asked for; UnknownNameError for a kind that nobody offers.

    A vintage that is not in the table gets its address by the pattern of the newest one.

    >>> release("baci").file, release("baci", "V202401b").address.rpartition("/")[2]
    ('BACI_HS92_V202601.zip', 'BACI_HS92_V202401b.zip')
    """
    offered = [each for each in releases() if each.kind == kind]
    if not offered:
        raise unknown("kind of data to get", kind, sorted({each.kind for each in releases()}))
    newest = offered[0]
    if vintage is None:
        return newest
    named = VINTAGE.fullmatch(vintage.strip())
    if named is None:
        raise wrong_argument("release", "a release is a year and month, such as 202601", "See its page.", vintage)
    listed = next((each for each in offered if each.vintage == named[1]), None)
    address = newest.address.replace(newest.vintage, named[1])
    return listed or OfferedRelease(kind, newest.revision, named[1], address, newest.page)
