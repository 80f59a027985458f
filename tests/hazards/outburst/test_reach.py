"""How far floods reach: the shares of the table, and what lies between them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sogdia.hazards.outburst.basins import basin_links, peak_formulas
from sogdia.hazards.outburst.reach import by_angle, by_distance

SHARES = {2: 0.697, 5: 0.461, 10: 0.204, 15: 0.099, 20: 0.056, 30: 0.026, 40: 0.026, 60: 0.023, 100: 0.007}


@pytest.mark.parametrize(("km", "share"), SHARES.items())
def test_the_share_that_reaches_a_distance_of_the_table_is_its_own(km: float, share: float) -> None:
    assert by_distance(km).share.central == share


def test_fewer_floods_reach_farther_and_none_is_never_said_to_be_impossible() -> None:
    shares = [by_distance(km).share for km in range(1, 200)]
    for before, after in pairwise(shares):
        assert after.central <= before.central
        assert after.low <= before.low
    assert all(0 < share.low <= share.central <= share.high <= 1 for share in shares)


def test_half_of_the_floods_run_down_a_way_as_steep_as_their_median_angle() -> None:
    steep, gentle = by_angle(10, 1727), by_angle(10, 400)  # 9.8 and 2.3 degrees
    assert steep.share.central == pytest.approx(0.5, abs=0.002)
    assert 0 < gentle.share.central < 0.06
    assert by_angle(1, 2000).share.central <= 0.9


def test_the_hits_of_the_table_are_the_rate_of_the_basin_times_the_share() -> None:
    for row in basin_links():
        assert row.events_per_year * row.share == pytest.approx(row.hits_per_year, rel=0.06), row.link
        assert row.events_per_year > row.hits_per_year


def test_peak_discharge_has_its_spread() -> None:
    for formula in peak_formulas():
        peak = formula.discharge(1e6)
        assert peak.low < peak.central < peak.high
        assert peak.high / peak.central == pytest.approx(peak.central / peak.low)
        assert peak.high / peak.central > 6
    evans = next(formula for formula in peak_formulas() if formula.id == "evans_1986")
    assert evans.discharge(1e6).central == pytest.approx(0.72 * 1e6**0.53)
