"""The sources, the evidence and the note that every row of a packaged table carries.

A row names its sources by their ids in the table of sources. The evidence of what is computed from several figures is
that of the weakest of them.
"""

from __future__ import annotations

from typing import Literal, TypedDict, get_args

from sogdia.tabular.rows import Cells

Evidence = Literal["seen", "derived", "assumed"]
"""seen: read in the source named; derived: computed from such figures; assumed: from memory or judgement.

A record's evidence is that of the weakest of its central figures.
"""
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
"""From the strongest to the weakest."""
SOURCED = ("source_id", "evidence", "note")
"""The columns of provenance in a packaged table."""


class Provenance(TypedDict):
    """The fields of a record that say where it comes from."""

    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


def provenance_of(cells: Cells) -> Provenance:
    """What the row says of its sources; a row without any is a fault."""
    cells.text("source_id")
    return Provenance(
        source_ids=cells.names("source_id"), evidence=cells.choice("evidence", EVIDENCE), note=cells.note()
    )


def weakest(*evidence: str) -> Evidence:
    """The weakest of several kinds of evidence.

    >>> weakest("seen", "assumed", "derived")
    'assumed'
    """
    order: dict[str, int] = {name: at for at, name in enumerate(EVIDENCE)}
    return EVIDENCE[max(order[name] for name in evidence)]
