"""What the room is told of a shock: the figures of one market for one importer, as the market gave them."""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.uncertain import Band


@dataclass(frozen=True, slots=True)
class ShockFigures:
    """One shock to one mineral or product. scenario: in words; year: of the base.

    loss_musd: what users lose, W; transfer_musd: what they pay more for what they still buy, None where the price is
    beyond the model's range; producers_gain_musd: of the importer's own producers, None where the answer does not show
    them; use: relative to base; base_value_musd: what users paid in the base year. product: key of the processed
    product where one was shocked. notes, source_ids: of the shock.
    """

    mineral: str
    scenario: str
    year: str
    loss_musd: Band
    transfer_musd: float | None
    producers_gain_musd: Band | None
    use: Band
    base_value_musd: float | None = None
    product: str | None = None
    producers_note: str = ""
    notes: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomeAtStake:
    """Money of one shock [million USD]. loss = transfer + forgone; national = loss - producers_gain, None where that is
    not known.
    """

    loss_musd: Band
    transfer_musd: float | None
    forgone_musd: float | None
    producers_gain_musd: Band | None
    national_loss_musd: Band | None
