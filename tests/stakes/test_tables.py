"""The packaged tables of the stakes: complete, sourced, and without the traps that were found in their making."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from sogdia.codes import economy
from sogdia.data import sources
from sogdia.errors import NoAnswerError
from sogdia.stakes.accounts import countries_with_accounts, economy_account, industries
from sogdia.stakes.end_use import UseGroup, default_groups, group_of_product, use_groups
from sogdia.stakes.exposed_part import exposed_parts, parts_of
from sogdia.stakes.jobs import jobs_anchors
from sogdia.stakes.sectors import sectors

MOST_BYTES = 2_000_000
JAPAN, EU = economy("JPN"), economy("EU27")


@pytest.mark.parametrize("group", use_groups().values(), ids=lambda group: group.key)
def test_the_shares_of_a_group_sum_to_one(group: UseGroup) -> None:
    assert sum(use.share.central for use in group.uses) == pytest.approx(1.0, abs=2e-3)
    assert all(0 <= use.share.low <= use.share.central <= use.share.high <= 1 for use in group.uses)


def test_there_are_364_uses_in_92_groups_and_more_than_half_are_assumed() -> None:
    uses = [use for group in use_groups().values() for use in group.uses]
    levels = Counter(use.evidence for use in uses)
    assert (len(uses), len(use_groups())) == (364, 92)
    assert levels["assumed"] / len(uses) == pytest.approx(0.56, abs=0.015)
    assert levels["seen"] == 17


def test_an_assumed_share_has_a_range_and_says_on_what_it_rests() -> None:
    assumed = [u for g in use_groups().values() for u in g.uses if u.evidence == "assumed"]
    assert all(use.share.low < use.share.high for use in assumed)
    assert all(use.locator for use in assumed)


def test_every_source_of_the_tables_resolves() -> None:
    named = {i for g in use_groups().values() for use in g.uses for i in use.source_ids}
    named |= {i for part in exposed_parts() for i in part.source_ids}
    named |= {i for anchor in jobs_anchors() for i in anchor.source_ids}
    named |= {i for account in industries().values() for i in account.source_ids}
    assert named <= set(sources())


def test_each_material_has_one_group_for_everybody_and_at_most_one_of_its_own() -> None:
    counted = Counter((g.name, g.default_for) for g in use_groups().values() if g.default_for)
    assert set(counted.values()) == {1}
    assert {g.name for g in use_groups().values()} == {name for name, whose in counted if whose == "any"}


def test_rare_earths_are_split_by_value_and_not_by_tonnes() -> None:
    group = default_groups(JAPAN)["rare_earths"]
    assert "value" in group.product
    assert {use.use: use.share.central for use in group.uses}["magnets"] == pytest.approx(0.85)
    by_tonnes = next(g for g in use_groups().values() if g.product == "all oxides, tonnes")
    assert by_tonnes.default_for == ""
    assert {use.use: use.share.central for use in by_tonnes.uses}["magnets"] == pytest.approx(0.29)


@pytest.mark.parametrize("mineral", ["tungsten", "antimony"])
def test_uses_are_those_of_products_and_not_of_ores(mineral: str) -> None:
    assert all("ore" not in g.product.split() for g in use_groups().values() if g.mineral == mineral)
    assert all(use.sector not in ("B07", "B08") for use in default_groups(JAPAN)[mineral].uses)


def test_an_importer_gets_the_split_of_its_own_statistics() -> None:
    assert default_groups(economy("USA"))["tungsten"].region == "USA"
    assert default_groups(JAPAN)["antimony"].region == "Japan"
    assert default_groups(economy("KOR"))["antimony"].region == "world"


def test_a_product_of_processing_finds_its_uses() -> None:
    magnets = group_of_product("ndfeb_magnet", JAPAN)
    assert magnets is not None
    assert magnets.product == "ndfeb_magnet"
    assert group_of_product("no_such_product", JAPAN) is None


def test_the_table_holds_80_countries_and_30_sectors() -> None:
    assert len(countries_with_accounts()) == 80
    assert len({sector for _, sector in industries()}) == 30
    assert len(industries()) == 80 * 30
    assert {sector for _, sector in industries()} <= set(sectors())


def test_value_added_agrees_with_known_totals() -> None:
    assert economy_account(JAPAN).value_added_musd == pytest.approx(4.09e6, rel=2e-3)
    assert economy_account(economy("KAZ")).value_added_musd == pytest.approx(216e3, rel=2e-3)


def test_what_an_industry_makes_is_value_added_or_imports() -> None:
    active = [account.coefficients for account in industries().values() if account.active]
    assert len(active) == 2362
    assert all(c["va_total"] + c["imports_total"] == pytest.approx(1.0, abs=2e-5) for c in active)
    assert all(c["va_direct"] <= c["va_total"] + 1e-6 for c in active)


def test_cost_put_on_one_industry_returns_whole_over_final_demand() -> None:
    parts = ("paid_in_own_product", "paid_in_home_products", "paid_abroad")
    whole = [sum(a.coefficients[name] for name in parts) for a in industries().values() if a.active]
    assert whole == pytest.approx([1.0] * len(whole), abs=5e-5)


def test_an_industry_without_output_has_no_coefficients() -> None:
    idle = [account for account in industries().values() if not account.active]
    assert len(idle) == 38
    assert {account.gross_output_musd for account in idle} == {0.0}


def test_a_region_is_its_members_together() -> None:
    account, parts = economy_account(EU), [economy_account(economy(m)) for m in EU.members]
    assert account.missing == ()
    assert account.value_added_musd == pytest.approx(sum(part.value_added_musd for part in parts))
    steel = account.industries["C24A"]
    assert steel.value_added_musd == pytest.approx(sum(p.industries["C24A"].value_added_musd for p in parts))
    assert steel.coefficients["va_total"] + steel.coefficients["imports_total"] == pytest.approx(1.0, abs=2e-5)


def test_a_country_without_a_row_is_refused() -> None:
    with pytest.raises(NoAnswerError, match=r"Uzbekistan has no row .* 80 countries"):
        economy_account(economy("UZB"))


def test_a_dependent_part_is_not_carried_to_another_importer() -> None:
    assert parts_of("rare_earths", economy("KOR")) == ()
    assert {part.evidence for part in exposed_parts()} == {"assumed"}
    assert {part.sector for part in parts_of("rhodium", economy("KOR"))} == {"C29"}


def test_the_matrix_is_not_carried() -> None:
    tables = [entry for entry in files("sogdia.stakes").joinpath("tables").iterdir() if entry.name.endswith(".csv")]
    assert sum(len(entry.read_bytes()) for entry in tables) < MOST_BYTES
