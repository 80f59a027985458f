"""An importer of several countries taken as one buyer.

Its imports are those from outside; what its members sell each other is internal trade and stands apart. Tonnes and
money of the members are added up. Its prices are their mean by the tonnes N that each buys in the answer,

    M = sum_j N[j] M[j] / sum_j N[j]

so that a member that hardly buys anything does not decide it, and its import price the unit value of imports from
outside, relative to base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.codes import Region
from sogdia.concentration import row_herfindahl
from sogdia.market import Cleared, ConsumerOutcome
from sogdia.market.outcomes import lane_flows
from sogdia.market.traded import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ImporterOutcome:
    """total: the importer as one buyer. internal_t: (draws,) what members buy from each other, base_internal_t before;
    0 for a country.
    """

    total: ConsumerOutcome
    internal_t: Floats
    base_internal_t: float


def importer_outcome(cleared: Cleared, importer: Region, members: Sequence[ConsumerOutcome]) -> ImporterOutcome:
    """The importer as one buyer. members: the outcomes of its members that buy in this market."""
    if len(importer.members) == 1:
        return ImporterOutcome(members[0], np.zeros(len(cleared.answer.status)), 0.0)
    outside = np.array([producer not in importer.members for producer in cleared.market.producers])
    paid = [_paid_kusd(cleared, m.country, outside) for m in members]
    bill, base_bill = np.sum([now for now, _ in paid], axis=0), sum(before for _, before in paid)
    every = np.sum([m.sources_t for m in members], axis=0)
    base_every = np.sum([m.base_sources_t for m in members], axis=0)
    sources, base_sources = np.where(outside, every, 0.0), np.where(outside, base_every, 0.0)
    imports, base_imports = sources.sum(axis=1), float(base_sources.sum())
    use, base_use = np.sum([m.use_t for m in members], axis=0), sum(m.base_use_t for m in members)
    with np.errstate(divide="ignore", invalid="ignore"):
        import_price = np.where(imports > 0, bill / imports, np.nan) / (
            base_bill / base_imports if base_imports else np.nan
        )
    total = ConsumerOutcome(
        country=importer.key,
        price_paid=_mean([m.price_paid for m in members], members),
        use_cost=_mean([m.use_cost for m in members], members),
        import_price=import_price,
        use_t=use,
        base_use_t=base_use,
        bought_t=np.sum([m.bought_t for m in members], axis=0),
        reduced_use=1.0 - use / base_use,
        imports_t=imports,
        base_imports_t=base_imports,
        import_bill_kusd=bill,
        base_import_bill_kusd=base_bill,
        surplus_change_kusd=np.sum([m.surplus_change_kusd for m in members], axis=0),
        sources_t=sources,
        base_sources_t=base_sources,
        hhi=row_herfindahl(sources),
        base_value_kusd=sum(m.base_value_kusd for m in members),
        eta=members[0].eta,
    )
    return ImporterOutcome(total, every.sum(axis=1) - imports, float(base_every.sum()) - base_imports)


def _mean(prices: Sequence[Floats], members: Sequence[ConsumerOutcome]) -> Floats:
    """Mean by tonnes bought, (draws,); inf where nobody buys, NaN in a draw without volumes."""
    bought = np.stack([m.bought_t for m in members])
    price = np.where(bought > 0, np.stack(prices), 0.0)
    whole = bought.sum(axis=0)
    mean = (price * np.where(bought > 0, bought, 0.0)).sum(axis=0) / np.where(whole > 0, whole, 1.0)
    cut_off = np.where(np.isnan(whole), np.stack(prices).min(axis=0), np.inf)
    return np.asarray(np.where(whole > 0, mean, cut_off))


def _paid_kusd(cleared: Cleared, country: str, suppliers: NDArray[np.bool_]) -> tuple[Floats, float]:
    """What a consumer pays for imports from these suppliers: (draws,) and in the base year."""
    market, lanes, j = cleared.market, cleared.lanes, cleared.market.consumer(country)
    own = lane_flows(cleared, j)
    owner = lanes.producer[own.lanes]
    chosen = ~lanes.home[own.lanes] & suppliers[owner]
    unit_value = np.nan_to_num(market.unit_value[owner, j])[chosen]
    return own.cost_t[:, chosen] @ unit_value, float(own.base_t[chosen] @ unit_value)
