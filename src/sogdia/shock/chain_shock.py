"""What would an event do along a chain of stages? The same tables as for one market, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.elasticities import elasticities_for
from sogdia.errors import NoAnswerError, SolveError
from sogdia.market import Scenario, draw
from sogdia.market.chain.calibrate import calibrate_chain, link_note, nodes_of
from sogdia.market.chain.clear import MAX_SWEEPS, ChainCleared, clear_chain
from sogdia.market.chain.coupling import couple
from sogdia.market.chain.link import chain_of, draw_links
from sogdia.market.chain.outcomes import chain_consumer, chain_producers
from sogdia.market.chain.scenario import stage_scenarios
from sogdia.shock.market_shock import Shock, read

CHAIN_DRAWS = 40
MAX_FAILED_SHARE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class ChainShock:
    """stages: the tables of each stage, upstream first. notes: on the chain as a whole."""

    scenario: Scenario
    stages: tuple[Shock, ...]
    notes: tuple[str, ...]

    def table(self) -> pl.DataFrame:
        """Tidy long table of all stages, columns as in `Shock.table`."""
        return pl.concat(stage.table() for stage in self.stages)


def chain_shock(
    store: Store,
    mineral_key: str,
    years: Sequence[int],
    scenario: Scenario,
    importer: Region,
    *,
    through_hubs: bool = False,
    draws: int = CHAIN_DRAWS,
    seed: int = 0,
    max_sweeps: int = MAX_SWEEPS,
) -> ChainShock:
    """Calibrate every stage on `years`, apply the scenario, clear them together, read the outcomes of each.

    The bands also hold how much input a tonne of output takes, and what share of its value its costs are.
    """
    links = chain_of(store, store.mineral(mineral_key).key)
    nodes = nodes_of(links)
    markets = calibrate_chain(store, links, years, through_hubs=through_hubs)
    if not any(member in market.consumers for member in importer.members for market in markets):
        raise NoAnswerError(f"{', '.join(importer.members)} buys nothing at any stage of the chain.")
    scenarios = stage_scenarios(scenario, nodes, markets)
    couplings = [
        couple(up, down, drawn)
        for (up, down), drawn in zip(pairwise(markets), draw_links(links, draws, seed), strict=True)
    ]
    elasticities = [elasticities_for(store, node.mineral, node.stage, scenario.horizon_years) for node in nodes]
    taken = [draw(e, draws, seed) for e in elasticities]
    chain = clear_chain(markets, couplings, scenarios, taken, max_sweeps=max_sweeps)
    notes = (
        *(link_note(*held) for held in zip(links, couplings, markets[1:], strict=True)),
        *_failures(chain),
    )
    stages = tuple(
        read(cleared, elasticities[k], importer, partial(chain_consumer, chain, k), chain_producers(chain, k))
        for k, cleared in enumerate(chain.stages)
    )
    return ChainShock(scenario, stages, notes)


def _failures(chain: ChainCleared) -> tuple[str, ...]:
    """A note on draws without an answer; SolveError when they are many, or the central one is among them."""
    failed, count = np.flatnonzero(~chain.solved), len(chain.solved)
    if 0 in failed or len(failed) > MAX_FAILED_SHARE * count:
        hint = chain.hint[int(failed[0])]
        raise SolveError(f"the stages did not clear together in {len(failed)} of {count} draws: {hint}")
    if not len(failed):
        return ()
    return (f"{len(failed)} of {count} draws have no answer and are not in the bands: {chain.hint[int(failed[0])]}",)
