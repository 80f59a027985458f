"""One scenario for a chain becomes one for each stage: which events happen at which stage.

An event that names its stage (`AtStage`) happens there. Another one happens at every stage where it has an effect: an
export cut wherever the country exports, a change of demand everywhere. Tonnes mean something else at each stage, so
that a quota names its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sogdia.errors import NoAnswerError, wrong_argument
from sogdia.market.chain.link import Node
from sogdia.market.events import AtStage, Event
from sogdia.market.lanes import lanes_of
from sogdia.market.scenario import Scenario
from sogdia.market.traded import TradedMarket


def stage_scenarios(scenario: Scenario, nodes: Sequence[Node], markets: Sequence[TradedMarket]) -> tuple[Scenario, ...]:
    """The scenario of each stage; NoAnswerError for an event, stock or capacity that concerns none of them."""
    if scenario.contracted_share > 0:
        rule = "contracts are not followed along a chain"
        raise wrong_argument("contracted_share", rule, "Leave it at 0.", scenario.contracted_share)
    events: list[list[Event]] = [[] for _ in nodes]
    for event in scenario.events:
        for number in _stages_of(event, nodes, markets):
            events[number].append(event.plain)
    for country in scenario.stock_days:
        if not any(country in m.consumers for m in markets):
            markets[0].consumer(country)
    for country in scenario.spare:
        if not any(country in m.producers for m in markets):
            markets[0].producer(country)
    return tuple(
        replace(
            scenario,
            events=tuple(some),
            stock_days={c: days for c, days in scenario.stock_days.items() if c in market.consumers},
            spare={c: factor for c, factor in scenario.spare.items() if c in market.producers},
        )
        for some, market in zip(events, markets, strict=True)
    )


def _stages_of(event: Event, nodes: Sequence[Node], markets: Sequence[TradedMarket]) -> list[int]:
    if isinstance(event, AtStage):
        found = [number for number, node in enumerate(nodes) if node.stage == event.stage]
        if not found:
            known = ", ".join(dict.fromkeys(node.stage for node in nodes))
            rule = "the chain has no such stage"
            raise wrong_argument("stage", rule, f"Its stages: {known}.", event.stage)
        return found
    if (required := event.stage_required(nodes[0].stage)) is not None:
        rule, remedy = required
        raise wrong_argument("events", rule, remedy, event.describe())
    found, reasons = [], []
    for number, market in enumerate(markets):
        try:
            event.effects(market, lanes_of(market, event.splits(market)))
        except NoAnswerError as absent:
            reasons.append(absent)
        else:
            found.append(number)
    if not found:
        raise reasons[0]
    return found
