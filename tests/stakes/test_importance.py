"""Economic importance by the European Commission's method, against the Commission's own values."""

from __future__ import annotations

import pytest

from sogdia.codes import economy
from sogdia.stakes.accounts import EconomyAccount, countries_with_accounts, economy_account
from sogdia.stakes.end_use import default_groups
from sogdia.stakes.importance import (
    against_published,
    division_values,
    economic_importance,
    importances,
    misses,
    rank_correlation,
)

PUBLISHED_RANK = 0.7
KNOWN = {
    ("EU27", "Tungsten"): 7.84, ("JPN", "Tungsten"): 7.25, ("JPN", "Lead"): 6.68, ("KAZ", "Coking coal"): 9.82,
    ("USA", "Gallium"): 9.00, ("KOR", "Indium"): 8.36, ("DEU", "Rhodium"): 9.03, ("TUR", "Potash"): 3.60,
    ("GBR", "Helium"): 1.50, ("CHN", "Silicon metal"): 6.14,
}  # fmt: skip
"""Values of an earlier calculation with the whole table, by economy and material."""


@pytest.fixture(scope="module")
def europe() -> EconomyAccount:
    return economy_account(economy("EU27"))


def test_our_ranks_agree_with_the_commission_for_sixty_materials(europe: EconomyAccount) -> None:
    pairs = against_published(europe)
    assert len(pairs) == 60
    assert rank_correlation([p.value for p, _ in pairs], [ours for _, ours in pairs]) >= PUBLISHED_RANK


def test_the_misses_are_lead_graphite_and_lithium(europe: EconomyAccount) -> None:
    assert misses(against_published(europe)) == ("Lead", "Natural graphite", "Lithium")


@pytest.mark.parametrize(("place", "material"), KNOWN)
def test_levels_agree_with_an_earlier_calculation(place: str, material: str) -> None:
    values = {p.material: ours for p, ours in against_published(economy_account(economy(place)))}
    assert values[material] == pytest.approx(KNOWN[place, material], abs=6e-3)


def test_divisions_of_nace_are_put_together_where_the_table_splits_them(europe: EconomyAccount) -> None:
    divisions = division_values(europe)
    assert {"C24", "C30"} <= set(divisions)
    assert not {"C24A", "C24B", "C301", "D", "F"} & set(divisions)


def test_a_use_outside_manufacturing_counts_for_who_buys_first() -> None:
    construction = [use for use in default_groups(economy("JPN"))["gypsum"].uses if use.final_industry == "F"]
    assert construction
    share = sum(use.share.central for use in construction)
    assert economic_importance(construction, {"C23": 50.0, "C28": 100.0}) == pytest.approx(10 * share * 0.5)


@pytest.mark.parametrize("place", ["JPN", "EU27", "KAZ", "ISL"])
def test_importance_lies_between_0_and_10_and_ranks_count_up(place: str) -> None:
    region = economy(place)
    found = importances(economy_account(region), region)
    assert all(0.0 <= item.value <= 10.0 for item in found.values())
    ranked = [item for item in found.values() if item.index is not None]
    assert [item.rank for item in ranked] == list(range(1, len(ranked) + 1))
    assert list(found.values())[: len(ranked)] == ranked
    assert [item.value for item in ranked] == sorted((item.value for item in ranked), reverse=True)


def test_a_material_without_a_substitution_index_has_no_rank() -> None:
    japan = economy("JPN")
    gems = importances(economy_account(japan), japan)["diamonds_gem"]
    assert (gems.index, gems.rank) == (None, None)


def test_every_country_of_the_table_has_an_importance_of_copper() -> None:
    copper = {}
    for iso3 in countries_with_accounts():
        region = economy(iso3)
        copper[iso3] = importances(economy_account(region), region)["copper"].value
    assert len(copper) == 80
    assert all(value >= 0.0 for value in copper.values())


def test_a_material_without_a_substitution_index_takes_one_and_says_so() -> None:
    region = economy("JPN")
    found = importances(economy_account(region), region)
    assert found["uranium"].index is None
    assert found["tungsten"].index == pytest.approx(0.95)
