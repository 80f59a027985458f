"""The tables that measures rest on, by the names under which inputs carry the ids of their sources.

Most are tables of the store. A measure names every table it can rest on; an answer cites those that were read.
"""

from __future__ import annotations

from collections.abc import Mapping

from sogdia.answer import each_once

FLOWS = ("trade", "purchases")
"""Tables that flows come from. An answer rests on the one that was read: on purchases for a company."""
TRADE_HISTORY = "trade_history"
"""Trade of the years that a trend covers."""
REPAIR = "repair"
"""The method that imputes weights, with the years of trade that it reads, where a weight is imputed."""
WEIGHTS = (*FLOWS, REPAIR)
"""What completed weights rest on."""


def ids_behind(tables: tuple[str, ...], source_ids: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Source ids of those of the tables that were read, each once.

    >>> ids_behind(("trade", "purchases"), {"purchases": ("OWN",), "production": ("MINES",)})
    ('OWN',)
    """
    return each_once(*(source_ids.get(table, ()) for table in tables))
