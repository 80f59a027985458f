"""Codes of later revisions of the Harmonised System, and the codes of 1992 that hold the same goods.

The table names what the revisions of 1996 to 2022 changed for minerals and their metals, as recalled: no published
correlation could be read. A code is converted only where one old and one new code hold the same goods: a part cannot be
made whole again, nor a whole split. No row says so yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from sogdia.tabular.rows import packaged_rows

ONE_TO_ONE = "one to one"


@dataclass(frozen=True, slots=True)
class Later:
    """A code of a later revision. hs1992: the codes of 1992 it overlaps; relation: how."""

    code: str
    revision: int
    hs1992: tuple[str, ...]
    relation: str
    note: str

    @property
    def same(self) -> str | None:
        """The code of 1992 that holds the same goods, None where there is none."""
        return self.hs1992[0] if self.relation == ONE_TO_ONE else None


@cache
def later_codes() -> dict[str, Later]:
    """The codes of the table."""
    names = ("code", "revision", "hs1992", "relation", "note", "evidence")
    rows = packaged_rows(resources.files(__package__) / "hs_revisions.csv", names)
    return {
        row.cells["code"]: Later(
            row.cells["code"],
            int(row.cells["revision"]),
            tuple(row.cells["hs1992"].split(";")),
            row.cells["relation"],
            row.cells["note"],
        )
        for row in rows
    }


def later_code(code: str) -> str:
    """What to tell about a code that is of no mineral.

    >>> later_code("811241")
    '811241 is a code of HS 2022 (unwrought rhenium, waste and scrap, powders), part of 811291 in HS 1992: not counted.'
    >>> later_code("999999")
    '999999 is no HS 1992 code of any mineral: kept, but counted nowhere.'
    """
    later = later_codes().get(code)
    if later is None:
        return f"{code} is no HS 1992 code of any mineral: kept, but counted nowhere."
    old = " and ".join(later.hs1992)
    relation = {"part of one": f"part of {old}", "several in one": f"together with other goods {old}"}
    told = relation.get(later.relation, f"the same as {old}")
    return f"{code} is a code of HS {later.revision} ({later.note}), {told} in HS 1992: not counted."
