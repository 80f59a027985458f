"""Outcomes for a consumer and for the producers: prices, volumes, money and shares, for every draw.

Quantities under contract move at base prices, and no duty is levied on them; the free part at the prices of the answer.
Money is in thousand US dollars of the base year: value of a flow = base unit value x relative price x quantity.
Consumers lose the area left of the free demand. Producers lose that left of all their supply, less what contracts give
them over the price p, with C the tonnes under contract and v their base unit value:

    V0 (int_0^p min(a q^eps, kappa) dq - 1 / (1 + eps)) - (p - 1) v C

In a market of one unit value the changes of surplus, the rents and the revenue of duties add up to minus the
deadweight loss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.concentration import row_herfindahl, row_shares
from sogdia.equilibrium import outcomes as formulas
from sogdia.equilibrium.use_cost import choices
from sogdia.market.clear import Cleared
from sogdia.market.traded import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ConsumerOutcome:
    """One consumer; every array is (draws,) unless it says otherwise. Ratios are relative to base.

    price: price paid on the free part, home sales included; inf where nothing is free to buy. use_cost: P of the model,
    which decides on use. import_price: unit value of imports; it also moves with the mix of sources. consumption [t]:
    tonnes used, N of the model plus contracts and stocks.
    imports [t]: tonnes. shortage: 1 - consumption / base. import_bill_kusd: what imports cost. surplus_change_kusd:
    negative is a loss, -inf
    when a consumer is cut off and demand is inelastic. sources_t, shares: (draws, producers), tonnes imported from each
    and their shares, NaN where nothing is imported. hhi: of the shares.
    """

    country: str
    price: Floats
    use_cost: Floats
    import_price: Floats
    consumption_t: Floats
    base_consumption_t: float
    shortage: Floats
    imports_t: Floats
    base_imports_t: float
    import_bill_kusd: Floats
    base_import_bill_kusd: float
    surplus_change_kusd: Floats
    sources_t: Floats
    base_sources_t: Floats
    shares: Floats
    hhi: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ProducerOutcome:
    """All producers; arrays are (draws, producers). price: of what is not under contract.

    rent_kusd: scarcity rent of those who hold the export licences. duty_kusd: revenue of the country's export duty,
    rate x export price (licence included) x free tonnes.
    """

    countries: tuple[str, ...]
    price: Floats
    output_t: Floats
    base_output_t: Floats
    surplus_change_kusd: Floats
    rent_kusd: Floats
    duty_kusd: Floats


def flows_to(cleared: Cleared, consumer: int) -> Floats:
    """Free flows to one consumer, (draws, lanes) [t]: N s exp(-sigma d) / sum of s exp(-sigma d)."""
    answer = cleared.answer
    base = cleared.base.flows[: answer.delivered.shape[1], consumer]
    total = base.sum()
    if total <= 0:
        return np.zeros_like(answer.delivered)
    bought = answer.purchases[:, consumer, np.newaxis]
    return np.asarray(bought * choices(base / total, answer.delivered, cleared.draws.sigma))


def consumer_outcome(cleared: Cleared, country: str) -> ConsumerOutcome:
    """What the scenario does to one consumer."""
    market, answer, lanes = cleared.market, cleared.answer, cleared.lanes
    j = market.consumer(country)
    lane_base = np.where(lanes.members[:, j], market.flows[lanes.producer, j], 0.0)
    price_0 = np.nan_to_num(market.unit_value[lanes.producer, j])
    under_contract = cleared.contracts.kept * lane_base
    free = flows_to(cleared, j)
    delivered = np.where(np.isfinite(answer.delivered), answer.delivered, 0.0)
    lane_t = free + under_contract
    lane_kusd = (free * delivered + under_contract) * price_0
    abroad = ~lanes.home
    imports, bill = lane_t[:, abroad].sum(axis=1), lane_kusd[:, abroad].sum(axis=1)
    base_imports = float(lane_base[abroad].sum())
    base_bill = float((lane_base * price_0)[abroad].sum())
    base_use = float(lane_base.sum())
    free_value = np.array(((lane_base - under_contract) * price_0).sum())
    surplus = cleared.demand[j] * formulas.consumer_surplus_change_kusd(
        free_value, answer.use_cost[:, j], cleared.eta[:, j]
    )
    sources = _by_producer(cleared, np.where(abroad, lane_t, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        import_price = np.where(imports > 0, bill / imports, np.nan) / (
            base_bill / base_imports if base_imports else np.nan
        )
    return ConsumerOutcome(
        country=country,
        price=answer.price_paid[:, j],
        use_cost=answer.use_cost[:, j],
        import_price=import_price,
        consumption_t=answer.use[:, j],
        base_consumption_t=base_use,
        shortage=1.0 - answer.use[:, j] / base_use,
        imports_t=imports,
        base_imports_t=base_imports,
        import_bill_kusd=bill,
        base_import_bill_kusd=base_bill,
        surplus_change_kusd=surplus,
        sources_t=sources,
        base_sources_t=np.where(market.home()[:, j], 0.0, market.flows[:, j]),
        shares=row_shares(sources),
        hhi=row_herfindahl(sources),
    )


def producer_outcome(cleared: Cleared) -> ProducerOutcome:
    """What the scenario does to the producers."""
    market, answer, lanes, effects = cleared.market, cleared.answer, cleared.lanes, cleared.effects
    value = np.where(market.flows > 0, market.flows * np.nan_to_num(market.unit_value), 0.0)
    surplus = formulas.producer_surplus_change_kusd(
        value.sum(axis=1), answer.price, effects.supply, cleared.draws.eps[:, np.newaxis], effects.ceiling
    )
    lane_value = np.where(lanes.members, value[lanes.producer], 0.0).sum(axis=1)
    contract_value = np.bincount(lanes.producer, cleared.contracts.kept * lane_value, len(market.producers))
    bound = contract_value > 0
    surplus -= np.where(bound, np.where(bound, answer.price, 1.0) - 1.0, 0.0) * contract_value
    lane_base = np.where(lanes.members, market.flows[lanes.producer], 0.0).sum(axis=1)
    cost = effects.cost * (1.0 + effects.duty)
    rent = formulas.scarcity_rent_kusd(
        lane_value, lane_base, answer.lane_quantity, answer.delivered, cost, answer.price[:, lanes.producer]
    )
    export_price = np.where(answer.lane_quantity > 0, answer.delivered, 0.0) / cost
    duty = effects.duty * export_price * lane_value / lane_base * answer.lane_quantity
    return ProducerOutcome(
        countries=market.producers,
        price=answer.price,
        output_t=answer.output,
        base_output_t=market.flows.sum(axis=1),
        surplus_change_kusd=surplus,
        rent_kusd=_by_producer(cleared, np.where(np.isfinite(effects.cap), rent, 0.0)),
        duty_kusd=_by_producer(cleared, duty),
    )


def _by_producer(cleared: Cleared, by_lane: Floats) -> Floats:
    """Sums over each producer's lanes, which stand together, (draws, lanes) -> (draws, producers)."""
    owner = cleared.lanes.producer
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    sums = np.zeros((len(by_lane), len(cleared.market.producers)))
    sums[:, owner[first]] = np.add.reduceat(by_lane, first, axis=1)
    return sums
