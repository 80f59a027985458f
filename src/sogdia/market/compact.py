"""A compact market, of a product without bilateral trade, has producers, one importer and a pooled rest of the world.

    X[i, importer] = what the importer buys of producer i
    X[i, i]        = output less exports                 where exports of i are known: its own use
    X[i, REST]     = what is left of output              sold to all other buyers together

Producers that no source names are pooled as REST: world output less that of the others. Where exports of a producer are
not known, its own use lies in the pooled rest, and what it sells there counts as no export: a limit on its exports is
then one on sales to this importer. A producer whose output is known to be less than what the importer buys of it, as a
hub's, makes what it sells. All flows are at one price. The kernel is the same as for any other market.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sogdia import arguments
from sogdia.errors import NoAnswerError
from sogdia.market.traded import TradedMarket
from sogdia.market.visibility import POOLED as REST

LEAST_NAMED = 0.5
"""Part of world output whose producers must be named: below it the largest may be missing."""


@dataclass(frozen=True, slots=True)
class CompactFigures:
    """What is known of a product in a year, in tonnes of one basis; each figure rests on one of `source_ids`.

    output_t: by producer. world_t: of all together, None for the sum of those named. bought_t: by the importer, by
    origin. exports_t: of producers whose exports are known. price: USD/kg.
    """

    product: str
    stage: str
    year: int
    market_class: str
    importer: str
    output_t: Mapping[str, float]
    world_t: float | None
    bought_t: Mapping[str, float]
    price: float
    exports_t: Mapping[str, float] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, amounts in (("output_t", self.output_t), ("bought_t", self.bought_t), ("exports_t", self.exports_t)):
            for country, amount in amounts.items():
                if not 0.0 <= amount < float("inf"):
                    rule = f"{name} of {country} is a number of tonnes, not negative"
                    raise arguments.wrong_type(name, rule, "Leave out what is not known.", amount)
        if not 0.0 < self.price < float("inf"):
            raise arguments.wrong_type("price", "a price is above 0", "Give USD/kg of the year.", self.price)


def compact_market(figures: CompactFigures) -> TradedMarket:
    """The market of the figures; NoAnswerError where nothing is bought, or most of the output has no maker's name."""
    bought = {origin: t for origin, t in figures.bought_t.items() if t > 0 and origin != figures.importer}
    named = {country: t for country, t in figures.output_t.items() if t > 0}
    if not bought:
        raise NoAnswerError(f"{figures.product}: no purchases of {figures.importer} by origin in {figures.year}.")
    world = sum(named.values()) if figures.world_t is None else max(figures.world_t, sum(named.values()))
    if sum(named.values()) < LEAST_NAMED * world or not named:
        raise NoAnswerError(
            f"{figures.product}: producers of {sum(named.values()) / world if world else 0:.0%} of world output in "
            f"{figures.year} are named, less than {LEAST_NAMED:.0%}: the main one may be missing."
        )
    short = tuple(sorted(o for o, t in bought.items() if o != REST and t > named.get(o, 0.0) * (1.0 + 1e-9)))
    output = {**named, **{origin: bought[origin] for origin in short}}
    rest = max(world - sum(output.values()), bought.get(REST, 0.0))
    return _market(figures, bought, output | ({REST: rest} if rest > 0 else {}), _notes(figures, short, output))


def _market(
    figures: CompactFigures, bought: Mapping[str, float], output: Mapping[str, float], notes: tuple[str, ...]
) -> TradedMarket:
    importer = figures.importer
    homes = {c: min(output[c], t) for c, t in figures.exports_t.items() if c in output and c not in {importer, REST}}
    producers = (*sorted(c for c in output if c != REST), *((REST,) if REST in output else ()))
    consumers = (*sorted({importer, *homes}), REST)
    flows = np.zeros((len(producers), len(consumers)))
    for i, country in enumerate(producers):
        sold = output[country] if country == importer else bought.get(country, 0.0)
        exported = max(homes.get(country, output[country]), sold)
        flows[i, consumers.index(importer)] = sold
        if country in homes:
            flows[i, consumers.index(country)] = max(output[country] - exported, 0.0)
        flows[i, -1] = max(exported - sold, 0.0)
    used = flows.sum(axis=0) > 0
    return TradedMarket(
        figures.product, figures.stage, (figures.year,), figures.market_class, producers,
        tuple(c for c, some in zip(consumers, used, strict=True) if some), flows[:, used],
        np.where(flows > 0, figures.price, np.nan)[:, used], notes, figures.source_ids,
        pooled_exports=frozenset(homes),
    )  # fmt: skip


def _notes(figures: CompactFigures, short: tuple[str, ...], output: Mapping[str, float]) -> tuple[str, ...]:
    """What was pooled or raised."""
    unknown = sorted(c for c in output if c not in figures.exports_t and c != figures.importer)
    whole = f"A compact market: {figures.importer} and the pooled rest of the world, without bilateral trade of others."
    if unknown:
        whole += f" A limit on exports of {', '.join(unknown)} is one on sales to {figures.importer}."
    notes: tuple[str, ...] = (whole,)
    if short:
        notes += (f"{', '.join(short)}: less output is known than {figures.importer} buys; what it buys is taken.",)
    return notes
