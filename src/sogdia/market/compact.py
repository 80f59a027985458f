"""A compact market, of a product without bilateral trade, has producers, one importer and a pooled rest of the world.

    X[i, importer] = what the importer buys of producer i
    X[i, i]        = output less exports                 where exports of i are known: its own use
    X[i, REST]     = what is left of output              sold to all other buyers together

Producers that no source names are pooled as REST: world output less that of the others. Where exports of a producer are
not known, its own use lies in the pooled rest, and what it sells there counts as no export: a limit on its exports is
then one on sales to this importer. A producer whose output is known to be less than what the importer buys of it, as a
hub's, makes what it sells; or, where asked, passes on what the others make, in proportion to their output. All flows
are at one price. The kernel is the same as for any other market.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sogdia import arguments
from sogdia.answer import year_label
from sogdia.errors import NoAnswerError
from sogdia.market.traded import TradedMarket
from sogdia.market.visibility import POOLED as REST

LEAST_NAMED = 0.5
"""Part of world output whose producers must be named: below it the largest may be missing."""


@dataclass(frozen=True, slots=True)
class CompactFigures:
    """What is known of a product, in tonnes of one basis; each figure rests on one of `source_ids`.

    years: of the figures. output_t: by producer. world_t: of all together, None for the sum of those named. bought_t:
    by the importer, by origin, REST for others together. exports_t: of producers whose exports are known. price:
    USD/kg, None where it is not known: then money has no meaning.
    """

    product: str
    stage: str
    years: tuple[int, ...]
    market_class: str
    importer: str
    output_t: Mapping[str, float]
    world_t: float | None
    bought_t: Mapping[str, float]
    price: float | None
    exports_t: Mapping[str, float] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, amounts in (("output_t", self.output_t), ("bought_t", self.bought_t), ("exports_t", self.exports_t)):
            for country, amount in amounts.items():
                if not 0.0 <= amount < float("inf"):
                    rule = f"{name} of {country} is a number of tonnes, not negative"
                    raise arguments.wrong_type(name, rule, "Leave out what is not known.", amount)
        if self.price is not None and not 0.0 < self.price < float("inf"):
            raise arguments.wrong_type("price", "a price is above 0", "Give USD/kg of the year.", self.price)


def compact_market(figures: CompactFigures, *, through_hubs: bool = False) -> TradedMarket:
    """The market of the figures; NoAnswerError where nothing is bought, or most of the output has no maker's name."""
    bought = {origin: t for origin, t in figures.bought_t.items() if t > 0 and origin != figures.importer}
    named = {country: t for country, t in figures.output_t.items() if t > 0}
    span = year_label(figures.years)
    if not bought:
        raise NoAnswerError(f"{figures.product}: no purchases of {figures.importer} by origin in {span}.")
    world = sum(named.values()) if figures.world_t is None else max(figures.world_t, sum(named.values()))
    if sum(named.values()) < LEAST_NAMED * world or not named:
        raise NoAnswerError(
            f"{figures.product}: producers of {sum(named.values()) / world if world else 0:.0%} of world output in "
            f"{span} are named, less than {LEAST_NAMED:.0%}: the main one may be missing."
        )
    passed_on = _passed_on(bought, named, figures.importer) if through_hubs else {}
    bought = {origin: bought.get(origin, 0.0) + passed_on.get(origin, 0.0) for origin in sorted({*bought, *passed_on})}
    bought = {origin: t for origin, t in bought.items() if t > 1e-9}
    short = tuple(o for o, t in bought.items() if o != REST and t > named.get(o, 0.0) * (1.0 + 1e-9))
    output = {**named, **{origin: bought[origin] for origin in short}}
    unnamed = world - sum(output.values())
    rest = max(unnamed, bought.get(REST, 0.0))
    short += (REST,) if rest > max(unnamed, 0.0) * (1.0 + 1e-9) else ()
    known = replace(figures, bought_t=bought)
    return _market(known, output | ({REST: rest} if rest > 0 else {}), _notes(known, short, passed_on))


def _passed_on(bought: Mapping[str, float], named: Mapping[str, float], importer: str) -> dict[str, float]:
    """What origins sell above their output [t], below 0, and what others sold them of it, in proportion to output."""
    over = {o: t - named.get(o, 0.0) for o, t in bought.items() if t > named.get(o, 0.0)}
    makers = {c: t - bought.get(c, 0.0) for c, t in named.items() if c not in over and c != importer}
    spare = sum(makers.values())
    if spare <= 0:
        return {}
    moved = min(sum(over.values()), spare)
    part = moved / sum(over.values()) if over else 0.0
    return {o: -t * part for o, t in over.items()} | {c: moved * t / spare for c, t in makers.items() if t > 0}


def _market(figures: CompactFigures, output: Mapping[str, float], notes: tuple[str, ...]) -> TradedMarket:
    importer, bought = figures.importer, figures.bought_t
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
    price = 1.0 if figures.price is None else figures.price
    return TradedMarket(
        figures.product, figures.stage, figures.years, figures.market_class, producers,
        tuple(c for c, some in zip(consumers, used, strict=True) if some), flows[:, used],
        np.where(flows > 0, price, np.nan)[:, used], notes, figures.source_ids,
        pooled_exports=frozenset(homes), buyer=importer,
    )  # fmt: skip


def _notes(figures: CompactFigures, short: tuple[str, ...], passed_on: Mapping[str, float]) -> tuple[str, ...]:
    """What was pooled, raised or passed on."""
    importer = figures.importer
    notes: tuple[str, ...] = (
        f"A compact market: output by country, what {importer} buys by origin, and all other buyers pooled as {REST}.",
    )
    if short:
        notes += (
            f"Less output is known of {', '.join(short)} than {importer} buys there: what it buys is taken for output. "
            "Where they only pass on what others make, --through-hubs gives it to the makers.",
        )
    if passed_on:
        moved = -sum(t for t in passed_on.values() if t < 0)
        notes += (f"Given to the makers in proportion to their output: {moved:,.0f} t that others pass on.",)
    if figures.price is None:
        notes += ("No price of the product is known here: figures in money are left out.",)
    return notes
