"""A shock is what events do to an importer, its rivals and the producers, told as tables with bands.

Bands are 90 % over draws of the elasticities between their low and high ends, each with an error of the model itself
(see `own_error`), but for those of producers and the world, which hold the elasticities alone; the central column is
the answer at the central elasticities, not the mean of the draws. What is beyond the model's range is null and marked
(see `sogdia.uncertain`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy, year_label
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.coverage_grade import Coverage
from sogdia.data.elasticities import Elasticities, elasticities_for
from sogdia.data.products import Product
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.market import (
    Cleared,
    ConsumerOutcome,
    ProducerOutcome,
    Scenario,
    calibrate,
    clear,
    consumer_outcome,
    draw,
    producer_outcome,
)
from sogdia.market.draws import require_draws
from sogdia.market.outcomes import world_welfare_kusd
from sogdia.market.traded import Floats
from sogdia.market.visibility import Visibility
from sogdia.shock import rows as tables
from sogdia.shock.importer import ImporterOutcome, importer_outcome
from sogdia.shock.own_error import OwnError, own_error, with_error
from sogdia.shock.question import ShockQuestion
from sogdia.shock.visible_trade import plain_coverage, require_seen_or_product
from sogdia.uncertain import BEYOND

DRAWS = 200
STATS = ("base", "low", "central", "high")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Shock(Answer):
    """rows: country, role (importer, member, consumer, producer or world), partner (source of supply), variable, unit,
    base, low, central, high, beyond. Ratios are relative to base; money in thousand US dollars of the base year. A
    region stands before its members; its source named like itself is what they sell each other. beyond: no central
    figure is given because the price is beyond the model's range. seen: how much of the market the trade data see.
    coverage: how much of the importer's trade in the mineral they see. product: of processing, where the shock is one
    to its market; figures: what a compact market is made of (see `product_figures.FIGURES`).
    """

    importer: str
    mineral: str
    stage: str | None
    years: tuple[int, ...]
    scenario: Scenario
    elasticities: Elasticities
    rows: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: tuple[str, ...]
    seen: Visibility | None = None
    coverage: Coverage | None = None
    product: Product | None = None
    figures: pl.DataFrame | None = None

    @property
    def title(self) -> str:
        """Importer, product, events, base years and horizon."""
        return f"{self.importer}, {self.subject}: {self.heading}"

    @property
    def subject(self) -> str:
        """The product, or the mineral and its stage."""
        if self.product is not None:
            return self.product.name
        return self.mineral if self.stage is None else f"{self.mineral} ({self.stage})"

    @property
    def heading(self) -> str:
        """Events, base years and horizon."""
        horizon = f"horizon {self.scenario.horizon_years:g} year(s)"
        return f"{self.scenario.describe()}; base {year_label(self.years)}, {horizon}"

    def table(self) -> pl.DataFrame:
        """Tidy long table: the key columns of every answer, then scenario and role. stat: base, low, central, high."""
        long = self.rows.unpivot(
            index=["country", "role", "partner", "variable", "unit"],
            on=STATS,
            variable_name="stat",
            value_name="value",
        ).select(pl.lit(self.scenario.name).alias("scenario"), pl.all())
        return tidy(
            long, importer=self.importer, mineral=self.mineral, stage=self.stage, year=year_label(self.years),
            source_id=SEPARATOR.join(self.source_ids),
        )  # fmt: skip

    def sources(self) -> tuple[str, ...]:
        """Ids of what the market was made from, of the elasticities, and of the corridors where they were asked."""
        return self.source_ids

    def to_dict(self) -> dict[str, Any]:
        """Scenario in plain words, whose market it is, coverage, notes, rows, sources."""
        market = {
            "importer": self.importer, "mineral": self.mineral, "stage": self.stage,
            "product": self.product.key if self.product else None, "years": list(self.years),
            "figures": [] if self.figures is None else plain_rows(self.figures),
        }  # fmt: skip
        return {
            "scenario": self.scenario.describe(), **market, **self.content(), "sources": citations(self.source_ids),
        }  # fmt: skip

    def content(self) -> dict[str, Any]:
        """What is seen of the market, notes and rows as plain values."""
        return {
            **plain_coverage(self.coverage), "visibility": _shares(self.seen), "notes": list(self.notes),
            "rows": plain_rows(self.rows),
        }  # fmt: skip


def answer(store: Store, importer: Region, question: ShockQuestion) -> Shock:
    """The answer to a question."""
    return shock(
        store, question.mineral.key, question.years, question.scenario, importer, stage=question.stage,
        through_hubs=question.through_hubs, assume_home=question.assume_home,
        draws=DRAWS if question.draws is None else question.draws,
        notes=question.notes, source_ids=question.source_ids,
    )  # fmt: skip


def shock(
    store: Store,
    mineral_key: str,
    years: Sequence[int],
    scenario: Scenario,
    importer: Region,
    *,
    stage: str | None = None,
    through_hubs: bool = False,
    assume_home: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
    notes: tuple[str, ...] = (),
    source_ids: tuple[str, ...] = (),
) -> Shock:
    """Calibrate on `years`, apply the scenario, clear, read the outcomes for the importer and the largest consumers.

    notes, source_ids: of the events where they were made from tables, to stand before those of the market.
    NoAnswerError where most of the market is not seen and `assume_home` does not insist.
    """
    require_draws(draws)
    mineral = store.mineral(mineral_key)
    market = calibrate(store, mineral, years, stage, through_hubs=through_hubs, assume_home=assume_home)
    if not assume_home:
        require_seen_or_product(store, importer, mineral, market)
    elasticities = elasticities_for(store, mineral.key, stage, scenario.horizon_years)
    cleared = clear(market, scenario, draw(elasticities, draws, seed))
    if not set(importer.members) & set(market.consumers):
        market.consumer(importer.members[0])
    return read(
        cleared,
        elasticities,
        importer,
        partial(consumer_outcome, cleared),
        producer_outcome(cleared),
        own_error(store, mineral, stage, draws, seed),
        world_welfare_kusd(cleared),
        notes,
        source_ids,
    )


def read(
    cleared: Cleared,
    elasticities: Elasticities,
    importer: Region,
    consumer: Callable[[str], ConsumerOutcome],
    made: ProducerOutcome,
    error: OwnError,
    world: Floats | None = None,
    notes: tuple[str, ...] = (),
    source_ids: tuple[str, ...] = (),
) -> Shock:
    """The tables of a cleared market: the importer and the largest consumers, the producers concerned and the largest.

    consumer: what the scenario does to a consumer; made: to the producers; error: of the model itself; world: what the
    world gains or loses; notes, source_ids: as in `shock`.
    """
    market, scenario = cleared.market, cleared.scenario
    used = dict(zip(market.consumers, market.flows.sum(axis=0).tolist(), strict=True))
    members = [m for m in importer.members if used.get(m, 0.0) > 0]
    if not members and set(importer.members) & set(market.consumers):
        raise NoAnswerError(
            f"{importer.key} is left without use of {market.mineral} in {market.span()}: it sells as much as it buys. "
            "Re-exports stay where they are without --through-hubs."
        )
    outcomes = {c: consumer(c) for c in [*members, *tables.largest_consumers(market, importer.members)]}
    mine = importer_outcome(cleared, importer, [outcomes[m] for m in members]) if members else None
    parts = members if len(importer.members) > 1 else []
    concerned = frozenset(country for event in scenario.events for country in event.named_countries())
    hit = np.array([float(producer in concerned) for producer in market.producers])
    total = with_error(mine.total, error, hit) if mine else None
    rows = tables.consumer_rows(total, "importer") if total else []
    for country, o in outcomes.items():
        if country in parts or country not in members:
            rows += tables.consumer_rows(with_error(o, error), "member" if country in parts else "consumer")
    if mine and total:
        rows += tables.source_rows(market, total)
        if parts:
            rows.append(tables.internal_row(importer.key, mine.base_internal_t, mine.internal_t))
    rows += tables.producer_rows(cleared, made, concerned | frozenset(importer.members))
    rows += [] if world is None else [tables.world_row(world)]
    frame = tables.frame(rows)
    notes = (*notes, *market.notes, *cleared.notes, *_range_notes(frame), *_internal_note(importer, mine))
    sources = each_once(market.source_ids, elasticities.source_ids, error.source_ids, source_ids)
    return Shock(
        importer.key, market.mineral, market.stage, market.years, scenario, elasticities, frame, notes, sources,
        market.seen,
    )  # fmt: skip


def _shares(seen: Visibility | None) -> dict[str, float | None]:
    """Shares of world output: unseen trade, home sales, what is hidden of both; None where production is left out."""
    names = ("unseen_share", "home_share", "hidden_share")
    return {name: None if seen is None else getattr(seen, name) for name in names}


def _range_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Where no figure is given because the price is beyond the model's range."""
    far = rows.filter("beyond")["country"].unique(maintain_order=True).to_list()
    if not far:
        return ()
    return (
        f"Beyond the model's range: prices of more than {BEYOND:g} times base or without bound, and the money that "
        f"follows from them, are not given, for {', '.join(far)}.",
    )


def _internal_note(importer: Region, mine: ImporterOutcome | None) -> tuple[str, ...]:
    """What a region's imports are."""
    if mine is None or len(importer.members) == 1:
        return ()
    return (
        f"Imports of {importer.key} are those from outside. Its members sold each other {mine.base_internal_t:,.0f} t "
        f"in the base year and {mine.internal_t[0]:,.0f} t in the answer.",
    )
