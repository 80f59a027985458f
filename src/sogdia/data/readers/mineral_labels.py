"""The mineral that a label in a user's table means: its key, or any word that the store understands for all of it."""

from __future__ import annotations

from sogdia.data.store import Store
from sogdia.errors import UnknownNameError, remedy_of
from sogdia.tabular.checks import Checked, Problem, convert
from sogdia.tabular.grid import CellColumn


def minerals_of(column: CellColumn, store: Store) -> Checked[str]:
    """Key of the mineral for every cell; empty is unknown."""

    def read(cell: str) -> str | Problem | None:
        if not cell:
            return None
        try:
            return store.mineral_names.one(cell)
        except UnknownNameError as why:
            said, near = remedy_of(why)
            rule, _, remedy = said.partition(". ")
            if near is not None:
                return Problem("no mineral has this name", "See the list in `sogdia data list --minerals`.", near)
            return Problem(rule.removesuffix("."), remedy or "See the list in `sogdia data list --minerals`.")

    return convert(column, read)
