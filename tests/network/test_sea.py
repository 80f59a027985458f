"""Impossible voyages are refused, and possible ones measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.errors import NoAnswerError
from sogdia.network import Place, SeaRules, embedded_sea_rules, voyage, voyages


def port(name: str, lat: float, lon: float, **changes: object) -> Place:
    place = Place(
        id=f"JPN:{name}",
        name=name,
        country="JPN",
        lat=lat,
        lon=lon,
        kind="port_ocean",
        chokepoint=None,
        source_ids=(),
        evidence="assumed",
        note="made up for tests",
    )
    return replace(place, **changes)  # type: ignore[arg-type]


YOKOHAMA = port("Yokohama", 35.45, 139.65)
POTI = port("Poti", 42.15, 41.65)
BANDAR_ABBAS = port("BandarAbbas", 27.10, 56.08)


@pytest.fixture(scope="module")
def rules() -> SeaRules:
    return embedded_sea_rules()


def test_poti_to_yokohama_goes_through_suez(rules: SeaRules) -> None:
    leg = voyage(POTI, YOKOHAMA, rules)
    assert leg.km == pytest.approx(17358, rel=0.01)
    assert leg.chokepoints == ("bab_el_mandeb", "bosporus", "malacca", "suez")
    assert leg.path[0][0] == pytest.approx(POTI.lon, abs=1)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in leg.path)


def test_closing_suez_sends_the_voyage_round_and_never_makes_it_shorter(rules: SeaRules) -> None:
    leg = voyage(POTI, YOKOHAMA, rules, closed=("suez",))
    assert leg.km == pytest.approx(26957, rel=0.01)
    assert "suez" not in leg.chokepoints


def test_a_barred_strait_that_leaves_no_way_is_no_answer_and_not_zero_km(rules: SeaRules) -> None:
    with pytest.raises(NoAnswerError, match="hormuz closed: no way is left"):
        voyage(BANDAR_ABBAS, YOKOHAMA, rules, closed=("hormuz",))


def test_a_port_behind_its_own_closed_chokepoint_has_no_voyage(rules: SeaRules) -> None:
    baltic = port("StPetersburg", 59.88, 30.20, chokepoint="danish_straits")
    assert "danish_straits" in voyage(baltic, YOKOHAMA, rules).chokepoints
    with pytest.raises(NoAnswerError, match="danish_straits"):
        voyage(baltic, YOKOHAMA, rules, closed=("danish_straits",))


def test_the_caspian_is_not_open(rules: SeaRules) -> None:
    aktau = port("Aktau", 43.60, 51.20)
    with pytest.raises(NoAnswerError, match="Caspian Sea has no way to the ocean"):
        voyage(aktau, YOKOHAMA, rules)
    with pytest.raises(NoAnswerError, match="Caspian Sea"):
        voyage(YOKOHAMA, aktau, rules)


def test_a_voyage_that_would_cross_an_inland_sea_is_refused(rules: SeaRules) -> None:
    boxed = replace(rules.inland_seas[0], id="test", name="Test Sea", lat_min=1, lat_max=8, lon_min=95, lon_max=104)
    with pytest.raises(NoAnswerError, match="would cross the Test Sea"):
        voyage(POTI, YOKOHAMA, replace(rules, inland_seas=(boxed,)))


def test_a_port_far_from_any_sea_lane_is_refused(rules: SeaRules) -> None:
    with pytest.raises(NoAnswerError, match="nearest sea lane is"):
        voyage(port("Tashkent", 41.30, 69.24), YOKOHAMA, rules)


@pytest.mark.parametrize("kind", ["mine", "rail", "border", "port_caspian"])
def test_only_ocean_ports_have_voyages(kind: str, rules: SeaRules) -> None:
    with pytest.raises(NoAnswerError, match=kind):
        voyage(replace(POTI, kind=kind), YOKOHAMA, rules)  # type: ignore[arg-type]


def test_a_voyage_to_the_same_port_is_refused_and_not_zero_km(rules: SeaRules) -> None:
    with pytest.raises(NoAnswerError, match="no way is left"):
        voyage(YOKOHAMA, YOKOHAMA, rules)


def test_alternatives_start_with_the_shortest_and_none_is_dominated(rules: SeaRules) -> None:
    legs = voyages(POTI, YOKOHAMA, rules)
    assert legs[0] == voyage(POTI, YOKOHAMA, rules)
    assert [leg.km for leg in legs] == sorted(leg.km for leg in legs)
    assert len(legs) >= 3
    for rank, leg in enumerate(legs):
        assert not any(set(other.chokepoints) <= set(leg.chokepoints) for other in legs[:rank])


@pytest.mark.parametrize("closed", [("suez",), ("malacca",), ("suez", "panama"), ("malacca", "sunda"), ("gibraltar",)])
def test_some_alternative_is_as_short_as_a_fresh_measurement_under_closures(
    closed: tuple[str, ...], rules: SeaRules
) -> None:
    left = [leg.km for leg in voyages(POTI, YOKOHAMA, rules) if not set(leg.chokepoints) & set(closed)]
    assert min(left) == pytest.approx(voyage(POTI, YOKOHAMA, rules, closed).km)


def test_alternatives_of_an_impossible_voyage_are_refused(rules: SeaRules) -> None:
    with pytest.raises(NoAnswerError):
        voyages(port("Aktau", 43.60, 51.20), YOKOHAMA, rules)
