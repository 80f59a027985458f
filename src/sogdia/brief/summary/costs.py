"""What the loss of a main supplier would cost: the second line, and the costliest losses with their bands.

Losses of minerals and of products of processing stand in one list and are never added: the same tonne can stand in
both. Of each market the costliest supplier is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import band, count, million, number, share
from sogdia.brief.summary.parts import SummaryColumn, SummaryTable

SHOWN = 5
LOSSES = "losses"


@dataclass(frozen=True, slots=True)
class PricedLoss:
    """The loss of one supplier in one market. central, low, high: MUSD a year that users lose, a gain below 0; price:
    relative to before; share: of imports by weight; stage: at which the mineral is bought, None for a product.
    """

    market: str
    supplier: str
    share: float
    price: float
    central: float
    low: float
    high: float
    stage: str | None
    source_ids: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether the band lies wholly above nothing."""
        return self.low > 0


def priced_losses(evidence: SummaryEvidence) -> tuple[PricedLoss, ...]:
    """The costliest loss of each market that can be priced, the costliest first."""
    found: dict[str, PricedLoss] = {}
    minerals, products = evidence.losses, evidence.losses.products
    stages = dict(evidence.exposure.records.select("mineral", "stage").iter_rows())
    for key, frame, ids in (
        ("mineral", minerals.rows, minerals.source_ids), ("product", products.rows, products.source_ids),
    ):  # fmt: skip
        for row in frame.iter_rows(named=True):
            change = row["surplus_change_kusd"]
            if row["beyond"] or change is None or change >= 0:
                continue
            low, high = row["surplus_change_kusd_low"], row["surplus_change_kusd_high"]
            if low is None or high is None:
                continue
            loss = PricedLoss(
                row[key], row["supplier"], row["share"], row["price_paid"], -(million(change) or 0.0),
                -(million(high) or 0.0), -(million(low) or 0.0),
                stages.get(row["mineral"]) if key == "mineral" else None, ids[row[key]],
            )  # fmt: skip
            other = found.get(loss.market)
            if other is None or loss.central > other.central:
                found[loss.market] = loss
    return tuple(sorted(found.values(), key=lambda loss: (-loss.central, loss.market)))


def cost_line(evidence: SummaryEvidence, say: Wording) -> Written:
    """The second of the three lines: the costliest loss with its band, cut at nothing: no gain is promised."""
    losses = priced_losses(evidence)
    if not losses:
        return say("summary.cost.none")
    first = losses[0]
    ids = first.source_ids
    central, end, high = say.catalogue.numerals.money_and_band(first.central, abs(first.low), first.high)
    return capital(
        say(
            "summary.cost.line" if first.certain else "summary.cost.line_from_a_gain",
            market=say.bought(first.market, first.stage), country=say.country(first.supplier),
            central=Cited(central, ids, LOSSES), low=Cited(end, ids, LOSSES), high=Cited(high, ids, LOSSES),
        )
    )  # fmt: skip


def loss_table(evidence: SummaryEvidence, say: Wording) -> SummaryTable | None:
    """The costliest losses, six columns; None where none can be priced."""
    losses = priced_losses(evidence)[:SHOWN]
    if not losses:
        return None
    rows = tuple(
        (
            capital((say.bought(loss.market, loss.stage),)),
            (say.country_cell(loss.supplier),),
            (share(say, loss.share, loss.source_ids, LOSSES),),
            (number(say, loss.price, loss.source_ids, LOSSES),),
            (number(say, loss.central, loss.source_ids, LOSSES),),
            (band(say, loss.low, loss.high, loss.source_ids, LOSSES),),
        )
        for loss in losses
    )
    names = ("market", "without", "share", "price", "loss", "band")
    units = {name: say.plain("summary.unit.musd") for name in ("loss", "band")}
    columns = tuple(
        SummaryColumn(say.plain(f"summary.losses.{name}"), units.get(name, ""), name not in ("market", "without"))
        for name in names
    )
    ids = tuple(dict.fromkeys(i for loss in losses for i in loss.source_ids))
    sure = count(say, sum(loss.certain for loss in losses), ids, LOSSES)
    shown = count(say, len(losses), ids, LOSSES)
    key = "summary.losses.caption" if sure.number else "summary.losses.caption_none"
    caption = say(key, n=sure, shown=shown) if sure.number else say(key, shown=shown)
    return SummaryTable("losses", caption, columns, rows)
