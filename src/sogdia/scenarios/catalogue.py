"""The catalogue: every scenario that has a name, and what the store cannot answer of it.

Documented events stand with their documented size; every supplier of at least LEAST_SHARE of the importer's imports of
a mineral may be lost for a year; every state of the corridors may hold. Any of them may be joined by a plus sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.network import embedded_states
from sogdia.scenarios.answered import Unanswered, answered_markets
from sogdia.scenarios.documented import documented_cases
from sogdia.scenarios.setup import imports_t

LEAST_SHARE = 0.01
COLUMNS = {
    "case": pl.String, "kind": pl.String, "mineral": pl.String, "country": pl.String, "share": pl.Float64,
    "what": pl.String, "answer": pl.Boolean, "why_not": pl.String, "source_id": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Catalogue(Answer):
    """rows: case (its name), kind (event, supplier or state), mineral, country, share (of a year's exports lost; of a
    supplier, of the importer's imports; null for a state), what, answer (whether the store has one), why_not and
    source_id.
    """

    importer: str
    year: int
    rows: pl.DataFrame
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose scenarios."""
        return f"{self.importer}: scenarios by name, base {self.year}"

    def table(self) -> pl.DataFrame:
        """Tidy long table: variable share; columns of its own: case, kind, what, answer, why_not."""
        long = self.rows.rename({"share": "value", "country": "partner"}).with_columns(
            variable=pl.lit("share"), unit=pl.lit("fraction"), stat=pl.lit("value")
        )
        return tidy(long, importer=self.importer, year=str(self.year))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the rows rest on."""
        return each_once(*(ids.split(SEPARATOR) for ids in self.rows["source_id"].drop_nulls()))

    def to_dict(self) -> dict[str, Any]:
        """Importer, year, rows, notes, sources."""
        return {
            "importer": self.importer, "year": self.year, "rows": plain_rows(self.rows), "notes": list(self.notes),
            "sources": citations(self.sources()),
        }  # fmt: skip


def catalogue(store: Store, importer: Region, minerals: Sequence[Mineral], year: int) -> Catalogue:
    """Every named scenario of an importer and some minerals."""
    keys = {mineral.key for mineral in minerals}
    events = [row for row in _events(store) if row[2] is None or row[2] in keys]
    suppliers, unanswered = _suppliers(store, importer, minerals, year)
    frame = pl.DataFrame([*events, *suppliers, *_states()], schema=COLUMNS, orient="row")
    notes = [
        f"No loss of a supplier is told for {len(unanswered)} minerals: "
        f"{', '.join(one.mineral for one in unanswered)}. `sogdia shock` says for each why."
    ]
    return Catalogue(importer.key, year, frame, tuple(notes if unanswered else ()))


def _events(store: Store) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for case in documented_cases(store):
        event = case.event
        what = f"{event.kind.replace('_', ' ')} of {event.subject}, {event.start}"
        rows.append(
            (
                case.name, "event", event.mineral, event.country, case.size, what, case.why_not is None, case.why_not,
                SEPARATOR.join(case.source_ids) or None,
            )
        )  # fmt: skip
    return rows


def _suppliers(
    store: Store, importer: Region, minerals: Sequence[Mineral], year: int
) -> tuple[list[tuple[object, ...]], tuple[Unanswered, ...]]:
    try:
        traded, unanswered = answered_markets(store, importer, minerals, year)
    except NoAnswerError as why:
        return [], tuple(Unanswered(mineral.key, str(why)) for mineral in minerals)
    rows: list[tuple[object, ...]] = []
    for mineral, market in traded:
        bought = imports_t(market, importer)
        share = bought / bought.sum()
        for i in np.argsort(-share, kind="stable").tolist():
            if share[i] >= LEAST_SHARE:
                country = market.producers[i]
                rows.append(
                    (
                        f"loss:{country}:{mineral.key}", "supplier", mineral.key, country, float(share[i]),
                        f"a year without {country}", True, None, SEPARATOR.join(market.source_ids),
                    )
                )  # fmt: skip
    return rows, unanswered


def _states() -> list[tuple[object, ...]]:
    return [
        (state.id, "state", None, None, None, state.name, True, None, SEPARATOR.join(state.source_ids))
        for state in embedded_states()
    ]
