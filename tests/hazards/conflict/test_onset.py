"""The onset of armed conflict: the formula, its interval, and corridor states that are counted once."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest

from sogdia.data import Store
from sogdia.hazards import HazardOptions
from sogdia.hazards.conflict.counted import CountedState, counted_as, counted_states
from sogdia.hazards.conflict.onset import onset, onset_probability, onsets
from sogdia.hazards.kinds import security
from sogdia.network import Corridors, Network

PUBLISHED = {
    "KAZ": (0.0168, 0.0075, 0.0354), "KGZ": (0.0256, 0.0113, 0.0559), "TJK": (0.0166, 0.0066, 0.0388),
    "UZB": (0.0101, 0.0043, 0.0223), "CHN": (0.013, 0.0056, 0.0284), "IRN": (0.1863, 0.0892, 0.3636),
    "AFG": (0.4456, 0.2418, 0.6912), "JPN": (0.001, 0.0003, 0.0026),
}  # fmt: skip
"""Chance of an onset in 2025 and its 90 % interval, computed apart."""


def test_the_chance_of_an_onset_at_stability_zero_is_0_0095() -> None:
    assert onset_probability(0.0) == pytest.approx(1 / (1 + math.exp(4.650)))
    assert round(onset_probability(0.0), 4) == 0.0095
    assert onset_probability(-1.0) == pytest.approx(1 / (1 + math.exp(4.650 - 2.014)))


@pytest.mark.parametrize(("country", "values"), PUBLISHED.items())
def test_the_onset_of_a_country_is_the_one_computed_apart(
    store: Store, country: str, values: tuple[float, float, float]
) -> None:
    found = onsets(store)[country]
    assert found.probability.central == pytest.approx(values[0], rel=0.04)
    assert found.probability.low == pytest.approx(values[1], rel=0.27)
    assert found.probability.high == pytest.approx(values[2], rel=0.09)
    assert found.year == 2024


def test_less_stability_never_means_fewer_onsets() -> None:
    chances = [onset("KAZ", stability, 2024).probability for stability in (1.5, 0.5, -0.5, -1.5, -2.5)]
    assert [chance.central for chance in chances] == sorted(chance.central for chance in chances)
    assert all(0 < chance.low < chance.central < chance.high < 1 for chance in chances)


def test_every_target_is_shut_in_a_tenth_of_the_onsets_of_its_country(network: Network, store: Store) -> None:
    outages = security.outages(network, store, HazardOptions())
    rates, events = defaultdict(float), defaultdict(set)
    for outage in outages:
        rates[outage.cause, outage.target] += outage.rate_per_year.central
        events[outage.cause].add((outage.event_id, outage.rate_per_year.central))
    kaz = onsets(store)["KAZ"]
    assert rates["armed conflict in KAZ", "KAZ:Almaty"] == pytest.approx(0.1 * kaz.rate.central)
    whole = {outage.target: outage.rate_per_year.central for outage in security.by_target(network, store)}
    assert rates["armed conflict in KAZ", "KAZ:Almaty"] == pytest.approx(whole["KAZ:Almaty"])
    slices = events["armed conflict in KAZ"]
    assert len(slices) == 20
    assert math.fsum(rate for _, rate in slices) == pytest.approx(kaz.rate.central)


@pytest.mark.parametrize("row", counted_states(), ids=lambda row: f"{row.state}-{row.country}")
def test_a_corridor_state_that_is_the_same_hazard_is_not_counted_twice(
    row: CountedState, network: Network, store: Store, corridors: Corridors
) -> None:
    assert row.state in {state.id for state in corridors.states}
    cause = f"armed conflict in {row.country}"
    kinds = {outage.target_kind for outage in security.by_target(network, store) if outage.cause == cause}
    assert not kinds & set(row.target_kinds)
    told = [gap for gap in security.gaps(network, store, HazardOptions()) if gap.status == "counted"]
    assert any(row.state in gap.reason for gap in told)


def test_the_four_corridor_conflicts_are_mapped() -> None:
    countries = {country for country, _ in counted_as()}
    assert {"GEO", "AZE", "ARM", "AFG", "IRN"} <= countries
    assert {"caucasus_conflict", "afghanistan_unsafe", "gulf_war", "iran_strikes"} <= {
        r.state for r in counted_states()
    }


def test_sites_of_a_country_whose_state_closes_its_links_alone_still_have_their_own_outages(
    network: Network, store: Store
) -> None:
    outages = security.by_target(network, store)
    afghan = {outage.target_kind for outage in outages if outage.cause == "armed conflict in AFG"}
    assert afghan == {"place"}
    assert not [outage for outage in outages if outage.cause == "armed conflict in IRN"]
