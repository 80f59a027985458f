"""A shock to a product of processing: the same events, kernel, bands and tables as for a mineral.

In a compact market a restriction on all buyers needs the producer's exports: what is not exported is its own use and
stays. Where a source gives them, all other buyers lose what the importer loses. Where none does, the restriction stops
the sales to the importer alone and all others keep theirs, which is the least it could do; the most, with all other
sales of the producer taken for exports, is told beside it. A fall of output hits all its buyers, itself among them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import polars as pl

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.products import Product
from sogdia.errors import NoAnswerError, SolveError
from sogdia.market import Draws, Scenario, TradedMarket, clear, consumer_outcome, draw, producer_outcome
from sogdia.market.draws import require_draws
from sogdia.market.events import ExportDuty, ExportLimit
from sogdia.market.events.effects import Event
from sogdia.market.outcomes import world_welfare_kusd
from sogdia.shock.market_shock import DRAWS, Shock, read
from sogdia.shock.own_error import own_error_of
from sogdia.shock.product_market import ProductMarket, product_coverage, product_elasticities, product_market
from sogdia.shock.question import ShockQuestion
from sogdia.uncertain import BEYOND

MONEY = "kUSD"


def product_shock(store: Store, importer: Region, question: ShockQuestion, product: Product) -> Shock:
    """The answer to a question about a product; NoAnswerError where it has no market for the importer."""
    draws = DRAWS if question.draws is None else question.draws
    require_draws(draws)
    if question.stage not in (None, product.stage):
        raise NoAnswerError(f"{product.name} is traded at one stage, {product.stage}: leave the stage out.")
    found = product_market(store, importer, product, question.years, through_hubs=question.through_hubs)
    market, scenario = found.market, question.scenario
    _require_known_quotas(market, scenario)
    elasticities = product_elasticities(store, product, scenario.horizon_years)
    drawn = draw(elasticities, draws)
    cleared = clear(market, scenario, drawn)
    answer = read(
        cleared, elasticities, importer, partial(consumer_outcome, cleared), producer_outcome(cleared),
        own_error_of(store, product.codes, draws), world_welfare_kusd(cleared),
        (*question.notes, *found.notes), question.source_ids,
    )  # fmt: skip
    notes = (*answer.notes, *_restriction_notes(market, scenario, drawn))
    return replace(
        answer, mineral=product.mineral or product.subject, product=product, notes=notes,
        rows=_priced(answer.rows, found), figures=found.figures,
        coverage=product_coverage(store, importer, product, max(question.years)),
    )  # fmt: skip


def _priced(rows: pl.DataFrame, found: ProductMarket) -> pl.DataFrame:
    """The rows, those in money without figures where no price is known."""
    if found.priced:
        return rows
    money = pl.col("unit") == MONEY
    figures = ("base", "low", "central", "high")
    return rows.with_columns(pl.when(money).then(None).otherwise(pl.col(name)).alias(name) for name in figures)


def _restriction_notes(market: TradedMarket, scenario: Scenario, drawn: Draws) -> tuple[str, ...]:
    """What a restriction means where the exports of its country are not known, and the most it could do."""
    bare = [c for c in dict.fromkeys(map(_restricting, scenario.events)) if c and c not in market.pooled_exports]
    if market.buyer is None or not bare:
        return ()
    exports = {*market.pooled_exports, *bare}
    central = Draws(drawn.sigma[:1], drawn.eta[:1], drawn.eps[:1])
    try:
        most = consumer_outcome(
            clear(replace(market, pooled_exports=frozenset(exports)), scenario, central), market.buyer
        ).price_paid[0]
    except SolveError:
        most = float("inf")
    price = f"{most:.2f} times base" if most <= BEYOND else f"more than {BEYOND:g} times base"
    return (
        f"What {', '.join(bare)} exports in all is not known: the restriction stops its sales to {market.buyer} alone, "
        f"and all other buyers keep theirs. Had everything else it sells gone abroad too, and stopped, {market.buyer} "
        f"would pay {price}: the truth lies between.",
    )


def _require_known_quotas(market: TradedMarket, scenario: Scenario) -> None:
    """NoAnswerError for a quota in tonnes on all exports of a producer whose exports are not known."""
    for event in scenario.events:
        plain = event.plain
        if not isinstance(plain, ExportLimit) or plain.quota_t is None or plain.destinations or market.buyer is None:
            continue
        if plain.country not in market.pooled_exports:
            quota = f"{plain.country}:{market.buyer}={plain.quota_t:g}"
            raise NoAnswerError(
                f"{plain.describe()}: what {plain.country} exports of {market.mineral} in all is not known. Give the "
                f"tonnes that may go to {market.buyer}, e.g. a quota of {quota}."
            )


def _restricting(event: Event) -> str | None:
    """The country that an event restricts towards all buyers."""
    plain = event.plain
    return plain.country if isinstance(plain, ExportLimit | ExportDuty) and not plain.destinations else None
