"""The event set: each site fails as often as its own curve says, and neighbours fail together."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from sogdia.data import Store
from sogdia.hazards import HazardOptions, Outage
from sogdia.hazards.kinds import earthquake
from sogdia.hazards.seismic.event_set import correlation
from sogdia.network import Network

CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")


def test_residuals_are_alike_at_near_sites_and_independent_far_away() -> None:
    alike = correlation(np.array([43.0, 43.1, 46.0]), np.array([77.0, 77.0, 77.0]))
    assert alike[0, 1] == pytest.approx(math.exp(-3 * 11.12 / 40.7), abs=1e-3)
    assert alike[0, 2] < 1e-9
    assert (np.diag(alike) == 1).all()


def test_the_events_give_each_site_the_rates_of_its_own_curve(
    quakes: tuple[Outage, ...], network: Network, store: Store
) -> None:
    targets = frozenset(place.id for place in network.places)
    exact, drawn = defaultdict(float), defaultdict(float)
    for outage in earthquake.of_targets(network, store, HazardOptions(), targets):
        exact[outage.target, outage.note] += outage.rate_per_year.central
    for outage in quakes:
        if outage.target in targets:
            drawn[outage.target, outage.note] += outage.rate_per_year.central
    assert len(exact) > 800
    assert math.fsum(drawn.values()) == pytest.approx(math.fsum(exact.values()), rel=1e-3)
    worst = max(abs(drawn[key] - rate) for key, rate in exact.items())
    assert worst <= 1e-4  # the largest rate of one event


def test_all_outages_of_an_event_have_its_rate_and_its_cause(quakes: tuple[Outage, ...]) -> None:
    rates, causes = defaultdict(set), defaultdict(set)
    for outage in quakes:
        if outage.event_id is not None:
            rates[outage.event_id].add(outage.rate_per_year.central)
            causes[outage.event_id].add(outage.cause)
    assert all(len(found) == 1 for found in (*rates.values(), *causes.values()))
    assert len({(o.event_id, o.target) for o in quakes if o.event_id}) == sum(o.event_id is not None for o in quakes)


def test_independent_sampling_underestimates_two_out_by_half_and_three_out_tenfold(
    quakes: tuple[Outage, ...], network: Network
) -> None:
    """Mines and plants of Central Asia, any damage, in one year."""
    sites = {p.id for p in network.places if p.country in CENTRAL_ASIA and p.kind in ("mine", "plant")}
    hit, rates, alone = defaultdict(set), {}, defaultdict(float)
    for number, outage in enumerate(quakes):
        if outage.target in sites:
            event = outage.event_id or f"alone {number}"
            hit[event].add(outage.target)
            rates[event] = outage.rate_per_year.central
            alone[outage.target] += outage.rate_per_year.central
    by_size = defaultdict(float)
    for event, targets in hit.items():
        by_size[len(targets)] += rates[event]
    together = [math.exp(-math.fsum(by_size.values()))]
    for count in (1, 2):  # compound Poisson, by Panjer's recursion
        terms = (size * by_size[size] * together[count - size] for size in range(1, count + 1))
        together.append(math.fsum(terms) / count)
    independent = np.array([1.0])
    for rate in alone.values():
        independent = np.convolve(independent, [math.exp(-rate), -math.expm1(-rate)])
    two, three = 1 - sum(together[:2]), 1 - sum(together)
    assert two > 1.9 * (1 - independent[:2].sum())
    assert three > 10 * (1 - independent[:3].sum())


def test_equal_seeds_give_equal_events_and_others_do_not(network: Network, store: Store) -> None:
    few = replace(network, places=tuple(place for place in network.places if place.country == "TJK"), links=())
    first, again, other = (earthquake.outages(few, store, HazardOptions(seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
