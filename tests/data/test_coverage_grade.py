"""The coverage grade: what the trade codes of a store see of an importer's trade in a mineral."""

from __future__ import annotations

import pytest

from sogdia.codes import Region, economy
from sogdia.data import Store
from sogdia.data.coverage_grade import (
    FRINGE,
    GRADES,
    MAIN_FORM,
    ORE_ONLY,
    WHOLE_CHAIN,
    CodePurchases,
    _grade,
    coverage_grade,
    coverage_grades,
)
from sogdia.data.coverage_rules import CoverageRules, coverage_rules

JAPAN, EU27 = economy("JPN"), economy("EU27")
RULES = CoverageRules(0.05, 0.4, 0.15, 0.5)


def bought(
    imported: dict[str, float], world: dict[str, float], headings: dict[str, float] | None = None, ordinary: float = 0.1
) -> CodePurchases:
    return CodePurchases(imported, world, headings or {}, True, frozenset(world), ordinary)


def grade_of_tin(store: Store, purchases: CodePurchases, headings: set[str] | None = None) -> str:
    forms = store.rows("trade_forms")
    return _grade(
        store.mineral("tin"), forms.filter(forms["mineral"] == "tin"), purchases, 2024, RULES, headings or set()
    ).grade


@pytest.mark.parametrize(
    ("mineral", "grade"),
    [
        ("antimony", FRINGE), ("tin", FRINGE), ("chromium", FRINGE), ("nickel", FRINGE), ("molybdenum", FRINGE),
        ("bauxite", FRINGE), ("tungsten", FRINGE), ("uranium", FRINGE), ("germanium", FRINGE),
        ("manganese", ORE_ONLY), ("titanium", ORE_ONLY), ("copper", MAIN_FORM), ("zinc", MAIN_FORM),
        ("niobium", MAIN_FORM), ("rare_earths", MAIN_FORM), ("baryte", WHOLE_CHAIN), ("vanadium", WHOLE_CHAIN),
    ],
)  # fmt: skip
def test_japan_sees_what_its_trade_is_in(japan: dict[str, str], mineral: str, grade: str) -> None:
    assert japan[mineral] == grade


@pytest.fixture(scope="module")
def japan(store: Store) -> dict[str, str]:
    grades = coverage_grades(store, JAPAN, list(store.minerals.values()), 2024)
    assert {cover.grade for cover in grades.values()} <= set(GRADES)
    return {key: cover.grade for key, cover in grades.items()}


def test_the_missing_forms_are_named_with_their_codes(store: Store) -> None:
    cover = coverage_grade(store, JAPAN, store.mineral("antimony"), 2024)
    assert cover.missing_codes == ("811000", "282580")
    assert cover.missing == ("metal (811000)", "oxides (282580)")
    assert cover.share_of_world is not None
    assert cover.share_of_world < 0.01
    assert cover.visible_share == pytest.approx(0.1067 / 89.8, rel=0.01)
    assert "oxides" in cover.why
    assert cover.sources


def test_a_region_counts_what_its_members_buy_from_outside_it(store: Store) -> None:
    """Tajik metal makes the ore of the European Union a fringe, although the Union buys 8 % of the world's ore."""
    cover = coverage_grade(store, EU27, store.mineral("antimony"), 2024)
    assert cover.grade == FRINGE
    assert cover.share_of_world is not None
    assert cover.share_of_world > 0.05
    assert cover.visible_share is not None
    assert cover.visible_share < 0.15


def test_little_of_the_world_is_a_fringe_and_much_of_it_is_ore_only(store: Store) -> None:
    world = {"260900": 1000.0}
    assert grade_of_tin(store, bought({"260900": 1.0}, world)) == FRINGE
    assert grade_of_tin(store, bought({"260900": 100.0}, world)) == ORE_ONLY


def test_a_small_economy_is_measured_by_its_own_trade(store: Store) -> None:
    world = {"260900": 1000.0}
    assert grade_of_tin(store, bought({"260900": 1.0}, world, ordinary=0.001)) == ORE_ONLY
    assert grade_of_tin(store, bought({"260900": 1.0}, world, ordinary=0.01)) == FRINGE


def test_a_known_heading_decides_before_the_share_of_the_world(store: Store) -> None:
    world, imported = {"260900": 1000.0}, {"260900": 100.0}
    assert grade_of_tin(store, bought(imported, world, {"8001": 10_000.0}), {"8001"}) == FRINGE
    assert grade_of_tin(store, bought(imported, world, {"8001": 10.0}), {"8001"}) == MAIN_FORM


def test_trade_in_the_missing_codes_opens_the_chain(store: Store) -> None:
    world = {"260900": 1000.0, "800110": 1000.0}
    assert grade_of_tin(store, bought({"260900": 0.0}, world)) == WHOLE_CHAIN


def test_an_importer_without_trade_has_a_grade(store: Store) -> None:
    nowhere = Region("NOWHERE", "Nowhere", ("ATA",))
    grades = coverage_grades(store, nowhere, [store.mineral(m) for m in ("tin", "baryte")], 2024)
    assert grades["tin"].share_of_world == 0.0
    assert grades["baryte"].grade == WHOLE_CHAIN


def test_a_store_without_the_tables_has_no_rows_and_no_limits() -> None:
    bare = Store(())
    assert bare.rows("trade_forms").is_empty()
    assert coverage_rules(bare) == CoverageRules()


def test_every_limit_of_the_table_is_read(store: Store) -> None:
    limits = coverage_rules(store)
    table = dict(store.rows("coverage_rules").select("rule", "value").iter_rows())
    assert {name: getattr(limits, name) for name in table} == table
