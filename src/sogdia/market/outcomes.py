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
from numpy.typing import NDArray

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
    is a loss, the price counted up to the backstop. sources_t: (draws, producers), tonnes imported from each. hhi: of
    their shares, NaN where nothing is imported. base_value_kusd: of what it uses in the base year; eta: elasticity of
    its demand.
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
    hhi: Floats
    base_value_kusd: float
    eta: Floats

    @property
    def shares(self) -> Floats:
        """Of each producer in what is imported, (draws, producers); NaN where nothing is imported."""
        return row_shares(self.sources_t)


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
    """What one consumer gets on the lanes that serve it: lanes, their numbers (n,); base_t (n,); flow_t, and what it
    costs in tonnes at base prices, cost_t, and would cost without contracts, market_t (draws, n).
    """

    lanes: NDArray[np.int64]
    base_t: Floats
    flow_t: Floats
    cost_t: Floats
    market_t: Floats


def flows_to(cleared: Cleared, consumer: int) -> Floats:
    """Flows to one consumer, (draws, lanes) [t]: N s exp(-sigma d) / sum of s exp(-sigma d); 0 on other lanes."""
    lanes, _ = _served(cleared, consumer)
    flow = _flow(cleared, consumer, cleared.answer.delivered[:, lanes])
    return _spread(flow, lanes, cleared.answer.delivered.shape[1], cleared.answer.purchases[:, consumer])


def lane_flows(cleared: Cleared, consumer: int) -> LaneFlows:
    """The same with what the flows cost."""
    lanes, base = _served(cleared, consumer)
    delivered = cleared.answer.delivered[:, lanes]
    flow = _flow(cleared, consumer, delivered)
    market = paid(flow, np.zeros(1), delivered)
    share = cleared.scenario.contracted_share
    cost = paid(flow, under_contract(share, base, flow), delivered) if share > 0 else market
    return LaneFlows(lanes, base, flow, cost, market)


def _served(cleared: Cleared, consumer: int) -> tuple[NDArray[np.int64], Floats]:
    """The lanes on which the consumer bought in the base year, and how much [t]; most lanes serve few."""
    base = cleared.base.flows[: cleared.answer.delivered.shape[1], consumer]
    lanes = np.flatnonzero(base > 0)
    return lanes, base[lanes]


def _flow(cleared: Cleared, consumer: int, delivered: Floats) -> Floats:
    """Flows on the lanes that serve the consumer at their delivered prices, (draws, n) [t]."""
    _, base = _served(cleared, consumer)
    if not base.size:
        return np.zeros_like(delivered)
    bought = cleared.answer.purchases[:, consumer, np.newaxis]
    return np.asarray(bought * choices(base / base.sum(), delivered, cleared.draws.sigma))


def _spread(values: Floats, columns: NDArray[np.int64], width: int, like: Floats) -> Floats:
    """The columns put in their places among `width`, 0 elsewhere; NaN in the draws where `like` (draws,) is NaN."""
    whole = np.zeros((len(values), width))
    unknown = np.isnan(like)
    if unknown.any():
        whole[unknown] = np.nan
    whole[:, columns] = values
    return whole


def consumer_outcome(cleared: Cleared, country: str) -> ConsumerOutcome:
    """What the scenario does to one consumer."""
    market, answer = cleared.market, cleared.answer
    j = market.consumer(country)
    own = lane_flows(cleared, j)
    owner, abroad = cleared.lanes.producer[own.lanes], ~cleared.lanes.home[own.lanes]
    price_0 = np.nan_to_num(market.unit_value[owner, j])
    imported = own.flow_t[:, abroad]
    imports, bill = imported.sum(axis=1), (own.cost_t[:, abroad] * price_0[abroad]).sum(axis=1)
    base_imports = float(own.base_t[abroad].sum())
    base_bill = float((own.base_t * price_0)[abroad].sum())
    base_use, bought = float(own.base_t.sum()), answer.purchases[:, j]
    base_value = float((own.base_t * price_0).sum())
    lost = base_value * surplus_changes(cleared, slice(j, j + 1), capped=True)[:, 0]
    sellers, sources = _by_owner(owner[abroad], imported)
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
        sources_t=_spread(sources, sellers, len(market.producers), bought),
        base_sources_t=np.where(market.home()[:, j], 0.0, market.flows[:, j]),
        hhi=np.where(imports > 0, row_herfindahl(sources), np.nan),
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
    eps = cleared.draws.eps[:, np.newaxis]
    gross = formulas.producer_surplus_change_kusd(whole, answer.price, effects.supply, eps)
    held = np.flatnonzero(np.isfinite(effects.ceiling))
    if held.size:
        gross[:, held] = formulas.producer_surplus_change_kusd(
            whole[held], answer.price[:, held], effects.supply[held], eps, effects.ceiling[held]
        )
    return np.asarray(gross + kept_from_loss(cleared.idle, answer.price, len(one)))


def _rent_and_duty(cleared: Cleared, lane_value: Floats) -> tuple[Floats, Floats]:
    """Scarcity rents and duties by producer, (draws, producers), in the unit of the lanes' base value."""
    market, answer, lanes, effects = cleared.market, cleared.answer, cleared.lanes, cleared.effects
    lane_base = np.where(lanes.members, market.flows[lanes.producer], 0.0).sum(axis=1)
    cost = effects.cost * (1.0 + effects.duty)
    limited = np.isfinite(effects.cap)
    limited[[lane for shared in effects.shared for lane in shared.lanes]] = True
    some = np.flatnonzero(limited)
    owner = lanes.producer[some]
    rent = formulas.scarcity_rent_kusd(
        lane_value[some],
        lane_base[some],
        answer.lane_quantity[:, some],
        answer.delivered[:, some],
        cost[some],
        answer.price[:, owner],
    )
    taxed = np.flatnonzero(effects.duty)
    quantity = answer.lane_quantity[:, taxed]
    export_price = np.where(quantity > 0, answer.delivered[:, taxed], 0.0) / cost[taxed]
    duty = effects.duty[taxed] * export_price * lane_value[taxed] / lane_base[taxed] * quantity
    return _by_producer(cleared, some, rent), _by_producer(cleared, taxed, duty)


def _saved_by_contracts_kusd(cleared: Cleared) -> Floats:
    """What contracts save the buyers of each producer, (draws, producers)."""
    saved = np.zeros((len(cleared.answer.status), len(cleared.market.producers)))
    if cleared.scenario.contracted_share > 0:
        for j in range(len(cleared.market.consumers)):
            own = lane_flows(cleared, j)
            price_0 = np.nan_to_num(cleared.market.unit_value[cleared.lanes.producer[own.lanes], j])
            saved += _by_producer(cleared, own.lanes, (own.market_t - own.cost_t) * price_0)
    return saved


def _by_producer(cleared: Cleared, lanes: NDArray[np.int64], by_lane: Floats) -> Floats:
    """Sums over each producer's lanes among `lanes`, (draws, lanes) -> (draws, producers); NaN without answer."""
    sellers, sums = _by_owner(cleared.lanes.producer[lanes], by_lane)
    return _spread(sums, sellers, len(cleared.market.producers), cleared.answer.output[:, 0])


def _by_owner(owner: NDArray[np.int64], by_lane: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The producers of lanes, which stand together, and sums over the lanes of each, (draws, producers found)."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    if len(first) == len(owner):
        return owner, by_lane
    return owner[first], np.add.reduceat(by_lane, first, axis=1)
