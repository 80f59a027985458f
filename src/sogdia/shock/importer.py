"""An importer of several countries taken as one buyer.

Its imports are those from outside; what its members sell each other is internal trade and stands apart. Tonnes and
money of the members are added up. Its price is their mean by base consumption Q0,

    P = sum_j Q0[j] P[j] / sum_j Q0[j]

and its import price the unit value of imports from outside, relative to base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.codes import Region
from sogdia.concentration import row_herfindahl, row_shares
from sogdia.market import Cleared, ConsumerOutcome
from sogdia.market.outcomes import flows_to
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
    consumption = np.sum([m.consumption_t for m in members], axis=0)
    used = sum(m.base_consumption_t for m in members)
    with np.errstate(divide="ignore", invalid="ignore"):
        import_price = np.where(imports > 0, bill / imports, np.nan) / (
            base_bill / base_imports if base_imports else np.nan
        )
    total = ConsumerOutcome(
        country=importer.key,
        price=_by_use([m.price for m in members], members),
        use_cost=_by_use([m.use_cost for m in members], members),
        import_price=import_price,
        consumption_t=consumption,
        base_consumption_t=used,
        shortage=1.0 - consumption / used,
        imports_t=imports,
        base_imports_t=base_imports,
        import_bill_kusd=bill,
        base_import_bill_kusd=base_bill,
        surplus_change_kusd=np.sum([m.surplus_change_kusd for m in members], axis=0),
        sources_t=sources,
        base_sources_t=base_sources,
        shares=row_shares(sources),
        hhi=row_herfindahl(sources),
    )
    return ImporterOutcome(total, every.sum(axis=1) - imports, float(base_every.sum()) - base_imports)


def _by_use(values: Sequence[Floats], members: Sequence[ConsumerOutcome]) -> Floats:
    """Mean of the members' prices, each weighing what it uses; inf where none uses anything."""
    used = np.array([m.consumption_t for m in members])
    weighed = np.where(used > 0, np.where(used > 0, np.array(values), 0.0) * used, 0.0).sum(axis=0)
    total = used.sum(axis=0)
    return np.asarray(np.where(total > 0, weighed / np.where(total > 0, total, 1.0), np.inf))


def _paid_kusd(cleared: Cleared, country: str, suppliers: NDArray[np.bool_]) -> tuple[Floats, float]:
    """What a consumer pays for imports from these suppliers: (draws,) and in the base year."""
    market, lanes, j = cleared.market, cleared.lanes, cleared.market.consumer(country)
    own = ~lanes.home & suppliers[lanes.producer]
    base = np.where(lanes.members[:, j], market.flows[lanes.producer, j], 0.0)[own]
    unit_value = np.nan_to_num(market.unit_value[lanes.producer, j])[own]
    delivered = cleared.answer.delivered[:, own]
    delivered = np.where(np.isfinite(delivered), delivered, 0.0)
    contracted = cleared.contracts.kept[own] * base
    now = (flows_to(cleared, j)[:, own] * delivered + contracted) @ unit_value
    return now, float(base @ unit_value)
