"""The sources, the evidence and the note that every row of a table of corridors carries.

A packaged row names its sources by their ids in the table of sources. A row of a user's own file may name such ids too;
else its source is the user's own file, and what the user wrote in a column `source` stands in the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sogdia.errors import Fault, Near
from sogdia.tabular.evidence import SOURCED, Evidence
from sogdia.tabular.rows import Cells, Row

USER_OPTIONAL = ("source", *SOURCED)
"""The columns of provenance in a user's file, where each may be left out."""
USER_EVIDENCE = "assumed"
JOIN = "; "


class Sourced(Protocol):
    """Any record that says where it comes from."""

    @property
    def source_ids(self) -> tuple[str, ...]: ...
    @property
    def evidence(self) -> Evidence: ...
    @property
    def note(self) -> str: ...


def with_user_provenance(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of a user's file, where not stated otherwise as assumed and from that file."""
    from sogdia.data.provenance import OWN_NETWORK

    for row in rows:
        own, cells = row.cells.get("source", ""), dict(row.cells)
        if not cells["source_id"]:
            cells["source_id"] = OWN_NETWORK
            own = f"{Path(row.file).name}: {own}" if own else Path(row.file).name
        cells["note"] = JOIN.join(filter(None, (cells["note"], own)))
        cells["evidence"] = cells["evidence"] or USER_EVIDENCE
        yield replace(row, cells=cells)


def source_faults(rows: Iterable[Row]) -> list[Fault]:
    """A fault for every source id that the table of sources does not have."""
    from sogdia.data.provenance import sources

    faults = []
    for row in rows:
        for name in Cells(row).names("source_id"):
            if name not in sources():
                remedy = "Write a text of your own in a column named source."
                rule, hint = "a source id must stand in the table of sources", Near(name, sources())
                faults.append(Fault(row.file, rule, remedy, row.line, "source_id", name, hint))
    return faults
