"""Outcomes for a consumer and for the producers: prices, volumes, money and shares, for every draw.

Money is in thousand US dollars of the base year: value of a flow = base unit value x relative price x quantity.
Quantities under contract are paid at base prices (see `contracts`). A consumer loses the area left of its demand,

    - v (int_1^P N dP),   N = b Q0 P^-eta - R,   P at most the backstop price and where N ends

with v the base unit value of what it uses; what reaches it outside the market, R, saves it the dearer purchase.
Producers lose the area left of net supply: what they sell less what they leave idle (see `shut_in`), and what contracts
save their buyers. Unit values differ between flows, so that these sums are no measure of the world's welfare: that is
`world_welfare_kusd`, at one price for all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.concentration import row_herfindahl, row_shares
from sogdia.equilibrium import outcomes as formulas
from sogdia.equilibrium.use_cost import choices
from sogdia.market.clear import Cleared
from sogdia.market.contracts import paid, under_contract
from sogdia.market.shut_in import kept_from_loss
from sogdia.market.traded import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ConsumerOutcome:
    """One consumer; every array is (draws,) unless it says otherwise. Ratios are relative to base.

    price_paid: mean price of the tonnes bought, home sales and contracts among them; inf where nothing is bought.
    use_cost: P of the model, which decides on use: the price at the margin and the cost of other sources than in base.
    import_price: unit value of imports. use_t: tonnes used, bought_t of them on the market. reduced_use: 1 - use /
    base; below 0 where use rises. imports_t: tonnes. import_bill_kusd: what imports cost. surplus_change_kusd: negative
    is a loss, the price counted up to the backstop. sources_t, shares: (draws, producers), tonnes imported from each
    and their shares, NaN where nothing is imported. hhi: of the shares. base_value_kusd: of what it uses in the base
    year; eta: elasticity of its demand.
    """

    country: str
    price_paid: Floats
    use_cost: Floats
    import_price: Floats
    use_t: Floats
    base_use_t: float
    bought_t: Floats
    reduced_use: Floats
    imports_t: Floats
    base_imports_t: float
    import_bill_kusd: Floats
    base_import_bill_kusd: float
    surplus_change_kusd: Floats
    sources_t: Floats
    base_sources_t: Floats
    shares: Floats
    hhi: Floats
    base_value_kusd: float
    eta: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ProducerOutcome:
    """All producers; arrays are (draws, producers).

    rent_kusd: scarcity rent of those who hold the export licences. duty_kusd: revenue of the country's export duty,
    rate x export price (licence included) x tonnes.
    """

    countries: tuple[str, ...]
    price: Floats
    output_t: Floats
    base_output_t: Floats
    surplus_change_kusd: Floats
    rent_kusd: Floats
    duty_kusd: Floats


@dataclass(frozen=True, slots=True, eq=False)
class LaneFlows:
    """What one consumer gets by lane: base_t (lanes,); flow_t, and what it costs in tonnes at base prices, cost_t,
    and would cost without contracts, market_t (draws, lanes).
    """

    base_t: Floats
    flow_t: Floats
    cost_t: Floats
    market_t: Floats


def flows_to(cleared: Cleared, consumer: int) -> Floats:
    """Flows to one consumer, (draws, lanes) [t]: N s exp(-sigma d) / sum of s exp(-sigma d)."""
    answer = cleared.answer
    base = cleared.base.flows[: answer.delivered.shape[1], consumer]
    total = base.sum()
    if total <= 0:
        return np.zeros_like(answer.delivered)
    bought = answer.purchases[:, consumer, np.newaxis]
    return np.asarray(bought * choices(base / total, answer.delivered, cleared.draws.sigma))


def lane_flows(cleared: Cleared, consumer: int) -> LaneFlows:
    """The same with what the flows cost."""
    base = cleared.base.flows[: cleared.answer.delivered.shape[1], consumer]
    flow = flows_to(cleared, consumer)
    market = paid(flow, np.zeros(1), cleared.answer.delivered)
    share = cleared.scenario.contracted_share
    cost = paid(flow, under_contract(share, base, flow), cleared.answer.delivered) if share > 0 else market
    return LaneFlows(base, flow, cost, market)


def consumer_outcome(cleared: Cleared, country: str) -> ConsumerOutcome:
    """What the scenario does to one consumer."""
    market, answer, lanes = cleared.market, cleared.answer, cleared.lanes
    j = market.consumer(country)
    own = lane_flows(cleared, j)
    price_0 = np.nan_to_num(market.unit_value[lanes.producer, j])
    abroad = ~lanes.home
    imports, bill = own.flow_t[:, abroad].sum(axis=1), (own.cost_t * price_0)[:, abroad].sum(axis=1)
    base_imports = float(own.base_t[abroad].sum())
    base_bill = float((own.base_t * price_0)[abroad].sum())
    base_use, bought = float(own.base_t.sum()), answer.purchases[:, j]
    base_value = float((own.base_t * price_0).sum())
    lost = base_value * surplus_changes(cleared, slice(j, j + 1), capped=True)[:, 0]
    sources = _by_producer(cleared, np.where(abroad, own.flow_t, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        import_price = np.where(imports > 0, bill / imports, np.nan) / (
            base_bill / base_imports if base_imports else np.nan
        )
        price_paid = np.where(bought > 0, own.cost_t.sum(axis=1) / bought, answer.price_paid[:, j])
    return ConsumerOutcome(
        country=country,
        price_paid=price_paid,
        use_cost=answer.use_cost[:, j],
        import_price=import_price,
        use_t=answer.use[:, j],
        base_use_t=base_use,
        bought_t=bought,
        reduced_use=1.0 - answer.use[:, j] / base_use,
        imports_t=imports,
        base_imports_t=base_imports,
        import_bill_kusd=bill,
        base_import_bill_kusd=base_bill,
        surplus_change_kusd=lost + ((own.market_t - own.cost_t) * price_0).sum(axis=1),
        sources_t=sources,
        base_sources_t=np.where(market.home()[:, j], 0.0, market.flows[:, j]),
        shares=row_shares(sources),
        hhi=row_herfindahl(sources),
        base_value_kusd=base_value,
        eta=cleared.draws.eta,
    )


def surplus_changes(cleared: Cleared, consumers: slice, *, capped: bool) -> Floats:
    """`-int_1^P N dP / Q0` of consumers at market prices, (draws, consumers) [-].

    capped: P counts up to the backstop price of the market's rules, else without bound.
    """
    used = np.where((base := cleared.market.flows[:, consumers].sum(axis=0)) > 0, base, 1.0)
    eta, demand = cleared.draws.eta[:, np.newaxis], cleared.effects.demand[consumers]
    outside = cleared.outside[consumers] / used
    some = outside > 0
    price = cleared.answer.use_cost[:, consumers]
    if some.any():
        with np.errstate(over="ignore"):
            ends = np.where(some, (demand / np.where(some, outside, 1.0)) ** (1.0 / eta), np.inf)
        price = np.fmin(price, ends)
    if capped:
        price = np.fmin(price, cleared.market.rules.backstop_price)
    area = demand * formulas.consumer_surplus_change_kusd(np.ones(1), price, eta)
    return np.asarray(area + np.where(some, outside * (np.where(some, price, 1.0) - 1.0), 0.0))


def producer_outcome(cleared: Cleared) -> ProducerOutcome:
    """What the scenario does to the producers."""
    market, answer, lanes = cleared.market, cleared.answer, cleared.lanes
    value = np.where(market.flows > 0, market.flows * np.nan_to_num(market.unit_value), 0.0)
    rent, duty = _rent_and_duty(cleared, np.where(lanes.members, value[lanes.producer], 0.0).sum(axis=1))
    return ProducerOutcome(
        countries=market.producers,
        price=answer.price,
        output_t=answer.output,
        base_output_t=market.flows.sum(axis=1),
        surplus_change_kusd=value.sum(axis=1) * _producer_surplus(cleared) - _saved_by_contracts_kusd(cleared),
        rent_kusd=rent,
        duty_kusd=duty,
    )


def world_welfare_kusd(cleared: Cleared) -> Floats:
    """Change of the surplus of all buyers and sellers, of rents and revenue of duties, at one base price for all.

    Price: the market's mean. It is minus what a restriction wastes, never above 0; (draws,), -inf where demand that
    answers little is cut off.
    """
    market, lanes = cleared.market, cleared.lanes
    priced = market.unit_value > 0
    mean_price = float((market.flows[priced] * market.unit_value[priced]).sum() / market.flows[priced].sum())
    rent, duty = _rent_and_duty(cleared, np.where(lanes.members, market.flows[lanes.producer], 0.0).sum(axis=1))
    buyers = (market.flows.sum(axis=0) * surplus_changes(cleared, slice(None), capped=False)).sum(axis=1)
    sellers = (market.flows.sum(axis=1) * _producer_surplus(cleared)).sum(axis=1)
    return np.asarray(mean_price * (buyers + sellers + rent.sum(axis=1) + duty.sum(axis=1)))


def _producer_surplus(cleared: Cleared) -> Floats:
    """Change of the area left of net supply over base sales, (draws, producers) [-]."""
    answer, effects = cleared.answer, cleared.effects
    one = np.ones(len(effects.supply))
    whole = one.copy()
    whole[cleared.idle.producers] += cleared.idle.slack
    gross = formulas.producer_surplus_change_kusd(
        whole, answer.price, effects.supply, cleared.draws.eps[:, np.newaxis], effects.ceiling
    )
    return np.asarray(gross + kept_from_loss(cleared.idle, answer.price, len(one)))


def _rent_and_duty(cleared: Cleared, lane_value: Floats) -> tuple[Floats, Floats]:
    """Scarcity rents and duties by producer, (draws, producers), in the unit of the lanes' base value."""
    market, answer, lanes, effects = cleared.market, cleared.answer, cleared.lanes, cleared.effects
    lane_base = np.where(lanes.members, market.flows[lanes.producer], 0.0).sum(axis=1)
    cost = effects.cost * (1.0 + effects.duty)
    rent = formulas.scarcity_rent_kusd(
        lane_value, lane_base, answer.lane_quantity, answer.delivered, cost, answer.price[:, lanes.producer]
    )
    limited = np.isfinite(effects.cap)
    limited[[lane for shared in effects.shared for lane in shared.lanes]] = True
    export_price = np.where(answer.lane_quantity > 0, answer.delivered, 0.0) / cost
    duty = effects.duty * export_price * lane_value / lane_base * answer.lane_quantity
    return _by_producer(cleared, np.where(limited, rent, 0.0)), _by_producer(cleared, duty)


def _saved_by_contracts_kusd(cleared: Cleared) -> Floats:
    """What contracts save the buyers of each producer, (draws, producers)."""
    saved = np.zeros((len(cleared.answer.status), len(cleared.market.producers)))
    if cleared.scenario.contracted_share > 0:
        for j in range(len(cleared.market.consumers)):
            own = lane_flows(cleared, j)
            price_0 = np.nan_to_num(cleared.market.unit_value[cleared.lanes.producer, j])
            saved += _by_producer(cleared, (own.market_t - own.cost_t) * price_0)
    return saved


def _by_producer(cleared: Cleared, by_lane: Floats) -> Floats:
    """Sums over each producer's lanes, which stand together, (draws, lanes) -> (draws, producers)."""
    owner = cleared.lanes.producer
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    sums = np.zeros((len(by_lane), len(cleared.market.producers)))
    sums[:, owner[first]] = np.add.reduceat(by_lane, first, axis=1)
    return sums
