"""Losses that others published, beside what the loss of users is in our terms. Ours are never fitted to theirs.

Other studies answer other questions: an open or a closed model of a whole economy, with output lost because parts are
missing. A loss of users is what they would have to be paid to be as well off at the higher price. Where the two differ
by orders of magnitude the reason stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sogdia.stakes.income import users_loss
from sogdia.stakes.table_file import records
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range

COLUMNS = (
    "study", "importer", "mineral", "scenario", "year", "unit", "low", "central", "high",
    *range_columns("base_value_musd"), "price_ratio", *range_columns("elasticity"), "ours_source_id", "ours_evidence",
    "reason", *SOURCED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedLoss:
    """A published loss, as a positive number in its unit (million USD, or percent of GDP); ends that are not given are
    None. base_value_musd, price_ratio, elasticity: what users paid, the study's own price and the elasticity of demand,
    where our loss can be computed from them without a market; ours_*: what those rest on.
    """

    study: str
    importer: str
    mineral: str
    scenario: str
    year: int
    unit: str
    low: float | None
    central: float | None
    high: float | None
    base_value_musd: Range | None
    price_ratio: float | None
    elasticity: Range | None
    ours_source_ids: tuple[str, ...]
    ours_evidence: str
    reason: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str

    @property
    def ours_musd(self) -> Range | None:
        """W at the study's own price: least and most over the ranges of base value and elasticity."""
        value, price, elasticity = self.base_value_musd, self.price_ratio, self.elasticity
        if value is None or price is None or elasticity is None:
            return None
        return Range(
            users_loss(value.low, price, elasticity.high), users_loss(value.central, price, elasticity.central),
            users_loss(value.high, price, elasticity.low),
        )  # fmt: skip

    @property
    def times_ours(self) -> float | None:
        """How many times the published loss is ours; None where one of the two is not known."""
        ours = self.ours_musd
        return None if ours is None or self.central is None else self.central / ours.central


@cache
def published_losses() -> tuple[PublishedLoss, ...]:
    """Every study of the table."""
    return records("published.csv", COLUMNS, _loss)


def studies_of(importer: str, mineral: str | None = None) -> tuple[PublishedLoss, ...]:
    """The studies on an importer, and on one mineral where it is given."""
    return tuple(p for p in published_losses() if p.importer == importer and mineral in (None, p.mineral))


def _loss(cells: Cells) -> PublishedLoss:
    return PublishedLoss(
        cells.text("study"), cells.text("importer"), cells.text("mineral"), cells.text("scenario"),
        int(cells.number("year")),
        cells.choice("unit", ("million USD", "percent of GDP")), cells.optional_number("low"),
        cells.optional_number("central"), cells.optional_number("high"), cells.optional_range("base_value_musd"),
        cells.optional_number("price_ratio"), cells.optional_range("elasticity"), cells.names("ours_source_id"),
        cells.row.cells["ours_evidence"], cells.text("reason"), **provenance_of(cells),
    )  # fmt: skip
