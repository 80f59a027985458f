"""Outbursts: hits on links, warming, actions, and a user's own flow paths."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import pytest

from sogdia import InputError, Study
from sogdia.data import Store
from sogdia.hazards import FlowPath, HazardOptions
from sogdia.hazards.kinds import outburst
from sogdia.hazards.outburst.user_paths import user_paths
from sogdia.network import Corridors, Network

ROAD = "KGZ:Bishkek--KGZ:Osh:road"


def test_every_pair_of_basin_and_link_has_its_hits_a_year(network: Network) -> None:
    outages = outburst.by_link(network, HazardOptions())
    assert len(outages) == 11
    road = next(outage for outage in outages if outage.target == ROAD)
    assert road.rate_per_year.central == 0.0589
    assert road.days.central == 21


def test_floods_that_reach_far_links_pass_the_near_ones(network: Network, store: Store) -> None:
    drawn, exact = defaultdict(float), defaultdict(float)
    for outage in outburst.outages(network, store, HazardOptions()):
        drawn[outage.cause, outage.target] += outage.rate_per_year.central
    for outage in outburst.by_link(network, HazardOptions()):
        exact[outage.cause, outage.target] += outage.rate_per_year.central
    assert drawn == pytest.approx(exact)
    far = [o for o in outburst.outages(network, store, HazardOptions()) if o.target == "KGZ:Kaindy--KGZ:Bishkek:rail"]
    shared = {o.event_id for o in far} & {
        o.event_id for o in outburst.outages(network, store, HazardOptions()) if o.target == ROAD
    }
    assert len(shared) == 1


def test_an_event_has_one_rate_and_belongs_to_one_basin(network: Network, store: Store) -> None:
    rates, causes = defaultdict(set), defaultdict(set)
    for outage in outburst.outages(network, store, HazardOptions()):
        rates[outage.event_id].add(outage.rate_per_year.central)
        causes[outage.event_id].add(outage.cause)
    assert all(len(found) == 1 for found in (*rates.values(), *causes.values()))


def test_where_no_lake_path_or_distance_is_known_it_is_unknown_and_not_none(network: Network, store: Store) -> None:
    gaps = {gap.target: gap.status for gap in outburst.gaps(network, store, HazardOptions())}
    hit = {outage.target for outage in outburst.by_link(network, HazardOptions())}
    assert not hit & set(gaps)
    assert set(gaps) | hit == {place.id for place in network.places} | {link.id for link in network.links}
    assert gaps["KAZ:Almaty"] == gaps["KAZ:Dostyk--CHN:Alashankou:rail"] == "unknown"


def test_warming_makes_outbursts_no_rarer(network: Network) -> None:
    before = None
    for warming in (1.2, 1.5, 2.0, 3.0, 4.0):
        rate = outburst.by_link(network, HazardOptions(warming_c=warming))[0].rate_per_year
        if before is not None:
            assert rate.low == pytest.approx(before.low)
            assert rate.central > before.central
        before = rate


def test_drainage_makes_hits_rarer_and_warning_makes_them_shorter(store: Store, corridors: Corridors) -> None:
    answer = Study("JPN", store=store).hazard(ROAD, corridors=corridors)
    value = {value.action.name: value for value in answer.actions}
    drained = value["drainage"]
    assert drained.before == answer.days_per_year("outburst")
    assert drained.after.central == pytest.approx(0.5 * drained.before.central)
    assert value["early_warning"].after.central == pytest.approx(0.9 * drained.before.central)
    assert all(one.action.cost is not None and one.action.evidence == "assumed" for one in answer.actions)
    both = Study("JPN", store=store).hazard(ROAD, actions=("drainage", "early_warning"), corridors=corridors)
    assert both.days_per_year("outburst").central == pytest.approx(0.45 * drained.before.central)


def test_an_own_flow_path_replaces_ours_for_its_basin_and_link(network: Network) -> None:
    near = HazardOptions(flow_paths=(FlowPath("ala_archa", ROAD, 2.0),))
    ours, own = (
        [o for o in outburst.by_link(network, options) if o.target == ROAD] for options in (HazardOptions(), near)
    )
    assert len(ours) == len(own) == 1
    assert own[0].rate_per_year.central == pytest.approx(0.427 * 0.697)
    assert "OWN_HAZARDS" in own[0].source_ids
    steep = HazardOptions(flow_paths=(FlowPath("ala_archa", ROAD, 10.0, 1727.0),))
    by_angle = next(o for o in outburst.by_link(network, steep) if o.target == ROAD)
    assert by_angle.rate_per_year.central == pytest.approx(0.427 * 0.5, rel=0.01)


def test_flow_paths_are_read_by_basin_id_or_name(tmp_path: Path, network: Network) -> None:
    path = tmp_path / "paths.csv"
    path.write_text(f"basin,link,km,drop_m\nAla Archa,{ROAD},13,1500\ntong,{ROAD},20,\n", encoding="utf-8")
    assert user_paths(path, network) == (FlowPath("ala_archa", ROAD, 13, 1500), FlowPath("tong", ROAD, 20, None))


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    [
        (f"ala_arca,{ROAD},13,", "basin", "ala_arca", "ala_archa"),
        ("ala_archa,KGZ:Nowhere--KGZ:Osh:road,13,", "link", "KGZ:Nowhere--KGZ:Osh:road", "rail or road"),
        (f"ala_archa,{ROAD},13000,", "km", "13000", "500"),
        (f"ala_archa,{ROAD},13,-5", "drop_m", "-5", "above 0"),
        (f"ala_archa,{ROAD},,", "km", "", "empty"),
    ],
)
def test_a_fault_of_a_flow_path_names_row_column_and_remedy(
    tmp_path: Path, network: Network, row: str, column: str, value: str, words: str
) -> None:
    path = tmp_path / "paths.csv"
    path.write_text(f"basin,link,km,drop_m\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        user_paths(path, network)
    fault = refused.value.faults[0]
    assert (fault.file, fault.row, fault.column, fault.value) == (str(path), 2, column, value)
    assert words in str(fault)


def test_expected_days_are_hits_times_closure(network: Network) -> None:
    days = [o.days_per_year for o in outburst.by_link(network, HazardOptions())]
    assert 0.5 < math.fsum(days) < 5
