"""One earthquake by name: the sites around it and what it does to them."""

from __future__ import annotations

import pytest

from sogdia import InputError, Study
from sogdia.data import Store
from sogdia.network import Corridors


@pytest.fixture(scope="module")
def study(store: Store) -> Study:
    return Study("JPN", store=store)


def test_an_earthquake_of_the_past_does_most_to_what_is_near(study: Study, corridors: Corridors) -> None:
    answer = study.earthquake("chilik_1889", "KAZ", corridors=corridors)
    assert answer.sites[0].km < 30
    assert all(site.km <= 300 for site in answer.sites)
    for site in answer.sites:
        assert list(site.reached) == sorted(site.reached, reverse=True)
        assert 0 <= site.reached[-1] <= site.reached[0] <= 1
    assert answer.to_dict()["magnitude"] == 8.3
    assert set(answer.table()["variable"]) >= {"distance", "reaches_complete", "expected_days"}


def test_the_same_earthquake_does_less_to_a_high_code(study: Study, corridors: Corridors) -> None:
    built, high = (
        {
            site.target: site.expected_days
            for site in study.earthquake("Kemin", "KGZ", code_level=level, corridors=corridors).sites
        }
        for level in (None, "high")
    )
    assert set(built) == set(high)
    assert all(high[target] <= days for target, days in built.items())
    assert sum(high.values()) < sum(built.values()) / 2


@pytest.mark.parametrize("text", ["43,77,99", "143,77,7", "a,b,c"])
def test_a_place_and_magnitude_that_cannot_be_are_refused(study: Study, text: str) -> None:
    with pytest.raises(InputError, match="magnitude"):
        study.earthquake(text)
