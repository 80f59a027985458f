"""A shock along a chain of stages has the same tables as that of one market, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import Answer, each_once
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.elasticities import elasticities_for
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError, SolveError
from sogdia.market import Scenario, draw
from sogdia.market.chain.calibrate import calibrate_chain, link_note, nodes_of
from sogdia.market.chain.clear import MAX_SWEEPS, ChainCleared, clear_chain
from sogdia.market.chain.coupling import couple
from sogdia.market.chain.link import chain_of, draw_links
from sogdia.market.chain.outcomes import chain_consumer, chain_producers
from sogdia.market.chain.scenario import stage_scenarios
from sogdia.market.draws import require_draws
from sogdia.market.visibility import require_seen
from sogdia.shock.market_shock import Shock, read
from sogdia.shock.own_error import own_error
from sogdia.shock.question import ShockQuestion

CHAIN_DRAWS = 40
MAX_FAILED_SHARE = 0.1


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChainShock(Answer):
    """stages: the tables of each stage, upstream first. notes: on the chain as a whole."""

    scenario: Scenario
    stages: tuple[Shock, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Importer, stages, events, base years and horizon."""
        first = self.stages[0]
        line = " to ".join(f"{stage.mineral} {stage.stage}" for stage in self.stages)
        return f"{first.importer}, {line}: {replace(first, scenario=self.scenario).heading}"

    def table(self) -> pl.DataFrame:
        """Tidy long table of all stages, columns as in `Shock.table`."""
        return pl.concat(stage.table() for stage in self.stages)

    def sources(self) -> tuple[str, ...]:
        """Ids of what the stages and the links between them rest on."""
        return each_once(*(stage.source_ids for stage in self.stages))

    def to_dict(self) -> dict[str, Any]:
        """Scenario in plain words, notes on the chain, the notes and rows of each stage, sources."""
        return {
            "scenario": self.scenario.describe(),
            "notes": list(self.notes),
            "stages": [{"mineral": s.mineral, "stage": s.stage, **s.content()} for s in self.stages],
            "sources": citations(self.sources()),
        }


def chain_answer(store: Store, importer: Region, question: ShockQuestion) -> ChainShock:
    """The answer to a question about all stages."""
    return chain_shock(
        store, question.mineral.key, question.years, question.scenario, importer,
        through_hubs=question.through_hubs, assume_home=question.assume_home,
        draws=CHAIN_DRAWS if question.draws is None else question.draws,
        notes=question.notes, source_ids=question.source_ids,
    )  # fmt: skip


def chain_shock(
    store: Store,
    mineral_key: str,
    years: Sequence[int],
    scenario: Scenario,
    importer: Region,
    *,
    through_hubs: bool = False,
    assume_home: bool = False,
    draws: int = CHAIN_DRAWS,
    seed: int = 0,
    max_sweeps: int = MAX_SWEEPS,
    notes: tuple[str, ...] = (),
    source_ids: tuple[str, ...] = (),
) -> ChainShock:
    """Calibrate every stage on `years`, apply the scenario, clear them together, read the outcomes of each.

    The bands also hold how much input a tonne of output takes, and what share of its value its costs are. notes,
    source_ids: of the events where they were made from tables, to stand before those of the chain.
    """
    require_draws(draws)
    links = chain_of(store, store.mineral(mineral_key).key)
    nodes = nodes_of(links)
    markets = calibrate_chain(store, links, years, through_hubs=through_hubs, assume_home=assume_home)
    for market in () if assume_home else markets:
        require_seen(store, store.mineral(market.mineral), market.seen)
    if not any(member in market.consumers for member in importer.members for market in markets):
        raise NoAnswerError(f"{', '.join(importer.members)} buys nothing at any stage of the chain.")
    scenarios = stage_scenarios(scenario, nodes, markets)
    couplings = [
        couple(up, down, link)
        for (up, down), link in zip(pairwise(markets), draw_links(links, draws, seed), strict=True)
    ]
    elasticities = [elasticities_for(store, node.mineral, node.stage, scenario.horizon_years) for node in nodes]
    drawn = [draw(e, draws, seed) for e in elasticities]
    chain = clear_chain(markets, couplings, scenarios, drawn, max_sweeps=max_sweeps)
    link_notes = tuple(link_note(*step) for step in zip(links, couplings, markets[1:], strict=True))
    sources = each_once(*(link.source_ids for link in links), source_ids)
    stages = tuple(
        read(
            cleared, elasticities[k], importer, partial(chain_consumer, chain, k), chain_producers(chain, k),
            own_error(store, store.mineral(nodes[k].mineral), nodes[k].stage, draws, seed), source_ids=sources,
        )
        for k, cleared in enumerate(chain.stages)
    )  # fmt: skip
    return ChainShock(scenario, stages, (*notes, *link_notes, *_failures(chain)))


def _failures(chain: ChainCleared) -> tuple[str, ...]:
    """A note on draws without an answer; SolveError when they are many, or the central one is among them."""
    failed, count = np.flatnonzero(~chain.solved), len(chain.solved)
    if 0 in failed or len(failed) > MAX_FAILED_SHARE * count:
        hint = chain.hint[int(failed[0])]
        raise SolveError(f"the stages did not clear together in {len(failed)} of {count} draws: {hint}")
    if not len(failed):
        return ()
    return (f"{len(failed)} of {count} draws have no answer and are not in the bands: {chain.hint[int(failed[0])]}",)
