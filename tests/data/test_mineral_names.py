"""A word that is not a mineral is answered by what it means, never by a mineral that is only spelt like it."""

from __future__ import annotations

import pytest

from sogdia import Study
from sogdia.errors import UnknownNameError


@pytest.mark.parametrize(
    ("word", "keys", "said"),
    [
        ("ferrovanadium", ("vanadium",), "ferrovanadium is a stage of vanadium (alloy)"),
        ("Copper cathode", ("copper",), "a stage of copper (metal)"),
        ("ammonium paratungstate", ("tungsten",), "a stage of tungsten (compound)"),
        ("酸化アンチモン", ("antimony",), "a stage of antimony"),
        ("PGMs", ("platinum", "palladium", "rhodium"), "platinum, palladium and rhodium"),
        ("2609.00", ("tin",), "260900 is counted in tin"),
        ("HS 2611", ("tungsten",), "2611 is counted in tungsten"),
        ("720241", ("chromium",), "a stage of chromium"),
        ("phosphate rock", ("phosphate_rock",), None),
        ("Phosphate-Rock", ("phosphate_rock",), None),
    ],
)
def test_products_groups_and_codes_lead_to_minerals_and_say_what_they_are(store, word, keys, said):
    meant = store.mineral_names.meant(word)
    assert meant.keys == keys
    assert meant.remark is None if said is None else said in meant.remark


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("dysprosium", "dysprosium is inside rare_earths"), ("Nd", "inside rare_earths"),
        ("hafnium", "inside zirconium"),
        ("calcium", "do not hold"), ("thallium", "do not hold"), ("ruthenium", "do not hold"), ("mica", "do not hold"),
        ("999999", "no mineral is counted in the code 999999"),
    ],
)  # fmt: skip
def test_what_is_no_mineral_is_refused_by_its_meaning_and_without_a_neighbour(store, word, said):
    with pytest.raises(UnknownNameError, match=said) as caught:
        store.mineral_names.meant(word)
    assert "Did you mean" not in str(caught.value)


@pytest.mark.parametrize("word", ["kryptonite", "zzz", "sodalite", "tin foil", "neutronium"])
def test_a_word_that_is_near_nothing_has_no_neighbour(store, word):
    with pytest.raises(UnknownNameError, match="unknown mineral") as caught:
        store.mineral(word)
    assert "Did you mean" not in str(caught.value)


def test_a_slip_of_the_pen_still_has_its_neighbour(store):
    with pytest.raises(UnknownNameError, match=r"Did you mean molybdenum\?"):
        store.mineral("molybdenium")


def test_a_question_about_one_mineral_is_not_answered_for_a_part_of_it(store):
    assert store.mineral("260900").key == "tin"
    for word, ask in (("ferrochrome", "chromium"), ("PGM", "platinum or palladium or rhodium")):
        with pytest.raises(UnknownNameError, match=f"not one mineral.*Ask for {ask}"):
            store.mineral(word)


def test_an_answer_says_what_the_word_asked_for_is(store):
    answer = Study("JPN", store=store).expose(["ferrochrome", "chromium"], year=2022)
    assert answer.records["mineral"].to_list() == ["chromium"]
    assert "ferrochrome is a stage of chromium (alloy)." in answer.notes


@pytest.mark.parametrize(
    ("word", "keys", "product"),
    [
        ("magnesium", (), "magnesium_metal"),
        ("silicon", (), "silicon_metal"),
        ("282580", ("antimony",), "antimony_oxide"),
        ("antimony trioxide", ("antimony",), "antimony_oxide"),
        ("antimony", ("antimony",), None),
        ("811291", ("gallium", "indium", "rhenium"), None),
    ],
)
def test_a_word_for_a_product_of_processing_names_it(store, word, keys, product):
    meant = store.mineral_names.meant(word)
    assert set(meant.keys) >= set(keys)
    assert meant.product == product
    if not keys:
        with pytest.raises(UnknownNameError, match="product of processing"):
            store.mineral(word)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("litium hydroxide", "Did you mean lithium hydroxide"), ("ferrocrome", "Did you mean ferrochrome"),
        ("praseodymium oxide", "praseodymium is inside rare_earths"), ("MHP", "inside nickel"),
        ("tungsten carbide", "inside tungsten"),
    ],
)  # fmt: skip
def test_a_misspelt_product_and_a_form_of_a_part_are_answered_by_meaning(store, word, said):
    with pytest.raises(UnknownNameError, match=said):
        store.mineral_names.meant(word)


def test_magnets_are_no_neighbour_of_manganese(store):
    assert store.mineral_names.meant("magnets").product == "ndfeb_magnet"


@pytest.mark.parametrize(
    ("code", "product"), [("7202", "ferro_alloys"), ("8110", "antimony_metal"), ("2846", "rare_earth_compounds")]
)
def test_a_heading_that_one_product_fills_names_it(store, code, product):
    assert store.mineral_names.meant(code).product == product
