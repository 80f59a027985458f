"""Set an importer's needs against a partner's offers, mineral by mineral and product by product, both ways."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.exposure import PartnerSupply, expose_importer, partner_supply
from sogdia.matching.answer import Matching
from sogdia.matching.losses import Extra, loss_figures, no_loss
from sogdia.matching.mineral_pairs import mineral_pairs
from sogdia.matching.pair import COULD_SUPPLY, FITS, NEED, OFFER, SUPPLIES, TO_IMPORTER, TO_PARTNER, NeedOffer
from sogdia.matching.product_pairs import heading_pairs, product_pairs
from sogdia.matching.prospects import Prospects, prospects_of
from sogdia.matching.ways import no_way, way_figures
from sogdia.network import embedded_corridors, embedded_shipments
from sogdia.progress import Progress

NOT_ASKED = "not asked for in this direction"
NOT_OFFERED = "the seller has nothing of it on record"
NOT_WANTED = "left out of the question"
DEFINITIONS = (
    "Fit: " + "; ".join(f"{fit} ({meaning})" for fit, meaning in FITS.items()) + ".",
    "Loss: consumer surplus that the buyer would lose in a year without its main supplier, where a market gives it; "
    "it is a scenario, not a forecast, and has no probability in it.",
    "Minerals by six-digit codes, products by the best source on each, headings by four digits: the same tonne can "
    "stand in all three, and they never add up.",
    "A null figure says why; reserves of one measure and one basis only are added.",
)


def matching(
    store: Store, importer: Region, partner: Region, minerals: Sequence[Mineral], year: int, *,
    every_product: bool = True, with_losses: bool = True, progress: Progress = lambda _: None,
) -> Matching:  # fmt: skip
    """The pairs of both directions. every_product: products and headings of any mineral, not only of `minerals`;
    with_losses: clear a market for each mineral that the partner offers, which takes some seconds.
    """
    subjects = None if every_product else [m.key for m in minerals]
    pairs = [
        *_direction(TO_IMPORTER, store, importer, partner, minerals, subjects, year, with_losses, progress),
        *_direction(TO_PARTNER, store, partner, importer, minerals, subjects, year, False, progress),
    ]
    return Matching(importer, partner, year, tuple(pairs), DEFINITIONS)


def _direction(
    direction: str, store: Store, buyer: Region, seller: Region, minerals: Sequence[Mineral],
    subjects: Sequence[str] | None, year: int, with_losses: bool, progress: Progress,
) -> list[NeedOffer]:  # fmt: skip
    """The pairs of one direction: the best fit first, within it what is or could be sold."""
    progress(f"needs of {buyer.name}, offers of {seller.name}")
    exposure = expose_importer(store, buyer, minerals, year, None)
    supply = partner_supply(store, buyer, (seller,), minerals, year)
    prospects = prospects_of(store, seller.members)
    offered = [m for m in minerals if _offers(m, supply, prospects)]
    back = direction == TO_PARTNER
    left_out = NOT_ASKED if back else None if with_losses else NOT_WANTED
    losses, product_losses = _losses(store, buyer, offered, minerals, year, left_out, subjects is None)
    ways = _ways(offered, minerals, seller, buyer, back)
    coverage = {key: cover.grade for key, cover in exposure.coverage.items()}
    pairs = [
        *mineral_pairs(direction, buyer, seller, minerals, exposure, supply, prospects, losses, ways),
        *product_pairs(direction, store, buyer, seller, supply.headings, subjects, year, coverage, product_losses),
        *heading_pairs(direction, store, buyer, seller, supply.headings, subjects),
    ]
    order = list(FITS)
    return sorted(pairs, key=lambda p: (order.index(p.fit), -_at_stake(p), p.kind, p.code))


def _at_stake(pair: NeedOffer) -> float:
    """What the seller sells the buyer; what it could sell, at most its exports; else what the buyer buys [kUSD]."""
    need, exports = pair.value(NEED, "import_value") or 0.0, pair.value(OFFER, "exports_kusd") or 0.0
    if pair.fit == SUPPLIES:
        sold = pair.value(OFFER, "exports_to_importer_kusd")
        return need * (pair.value(OFFER, "share_of_importer_imports") or 0.0) if sold is None else sold
    return min(need, exports) if pair.fit == COULD_SUPPLY else need


def _offers(mineral: Mineral, supply: PartnerSupply, prospects: Prospects) -> bool:
    return mineral.key in set(supply.rows["mineral"]) or any(f.value for f in prospects.figures(mineral.key))


def _ways(offered: Sequence[Mineral], minerals: Sequence[Mineral], seller: Region, buyer: Region, back: bool) -> Extra:
    ways = {m.key: (no_way(NOT_ASKED if back else NOT_OFFERED), None) for m in minerals}
    if back or not offered:
        return ways
    keys = [m.key for m in offered]
    return ways | way_figures(embedded_corridors(), embedded_shipments(), seller.members, buyer.members, keys)


def _losses(
    store: Store,
    buyer: Region,
    offered: Sequence[Mineral],
    minerals: Sequence[Mineral],
    year: int,
    left_out: str | None,
    every_product: bool,
) -> tuple[Extra, Extra]:
    """The losses by mineral and by product."""
    none: Extra = {m.key: (no_loss(left_out or NOT_OFFERED), None) for m in minerals}
    if left_out:
        return none, {}
    losses, products = loss_figures(store, buyer, offered, year, every_product=every_product)
    return {**none, **losses}, products
