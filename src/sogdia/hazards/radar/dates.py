"""When a scene was taken, by its metadata or by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

TAGS = ("ACQUISITION_DATETIME", "ACQUISITION_DATE", "SENSING_TIME", "START_TIME", "STARTTIME", "DATE", "TIME")
FILE_TAG = "TIFFTAG_DATETIME"
IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[-_]?(\d{2})[-_]?(\d{2})(?:[T_ -]?(\d{2})[-:]?(\d{2})[-:]?(\d{2}))?(?!\d)"
)
IN_TAG = re.compile(r"((?:19|20)\d{2})[-:/]?(\d{2})[-:/]?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2}))?")


def date_of(name: str, tags: Mapping[str, str]) -> tuple[datetime | None, str | None]:
    """Date of a scene, and by what it was told: a tag, its name, or the time stamp of the file, which may be later.

    >>> date_of("lake_20240919T121405_vv.tif", {})[0].isoformat()
    '2024-09-19T12:14:05'
    >>> date_of("lake.tif", {})
    (None, None)
    """
    folded = {key.upper(): text for key, text in tags.items()}
    for tag in TAGS:
        date = _date(IN_TAG.search(folded.get(tag, "")))
        if date is not None:
            return date, f"the tag {tag}"
    for match in IN_NAME.finditer(name):
        date = _date(match)
        if date is not None:
            return date, "its name"
    date = _date(IN_TAG.search(folded.get(FILE_TAG, "")))
    return date, None if date is None else "the time stamp in the file, which may be that of its processing"


def _date(match: re.Match[str] | None) -> datetime | None:
    """The date of a match; None where there is none of that kind, as on 20241399."""
    if match is None:
        return None
    try:
        return datetime(*(int(part) for part in match.groups(default="0")))  # type: ignore[arg-type]
    except ValueError:
        return None
