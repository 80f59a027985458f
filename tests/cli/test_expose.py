"""Does `sogdia expose` say what it counts, what it leaves out, and what it does not know?"""

from __future__ import annotations

import json

import pytest

from sogdia import Study
from sogdia.errors import NoAnswerError, UnknownNameError
from support.cli import run


def test_a_stage_there_is_not_is_an_error_with_the_nearest_name(capsys):
    status, _, error = run(capsys, "expose", "JPN", "-m", "tungsten", "--stage", "mettal")
    assert status == 2
    assert "unknown stage 'mettal'. Did you mean metal?" in error


def test_a_stage_that_the_mineral_does_not_have_names_those_it_has(capsys):
    status, _, error = run(capsys, "expose", "JPN", "-m", "tungsten", "--stage", "compound")
    assert status == 2
    assert "Tungsten: no trade code at the stage compound; it has: ore, metal." in error


def test_a_mineral_without_a_trade_code_is_told_so_with_a_remedy(capsys):
    status, _, error = run(capsys, "expose", "JPN", "-m", "perlite")
    assert status == 2
    assert "Perlite: no trade code is mapped" in error
    assert "sogdia data add" in error


@pytest.mark.parametrize(("word", "product"), [("gallium", "Gallium metal"), ("magnesium", "Magnesium and articles")])
def test_a_product_stands_alone_where_its_mineral_has_no_code_or_no_figures(capsys, word, product):
    status, text, _ = run(capsys, "expose", "JPN", "-m", word, "--full")
    assert status == 0
    assert f"\n{product}  " in text
    assert "no answer in the trade codes" in text


def test_a_brief_on_a_mineral_without_a_trade_code_is_refused_and_nothing_written(capsys, tmp_path):
    status, _, error = run(capsys, "brief", "-m", "gallium", "-o", str(tmp_path / "brief"))
    assert status == 2
    assert "Gallium" in error
    assert not (tmp_path / "brief").exists()


def test_beside_a_mineral_that_has_codes_one_without_is_a_note(capsys):
    status, output, _ = run(capsys, "expose", "JPN", "-m", "gallium", "-m", "cobalt", "--full")
    assert status == 0
    assert "Gallium: no trade code is mapped" in output
    assert "Cobalt" in output


def test_no_mineral_at_all_is_an_empty_answer(store):
    answer = Study("JPN", store=store).expose([])
    assert answer.records.is_empty()
    assert answer.suppliers.is_empty()
    with pytest.raises(NoAnswerError, match="at least one mineral"):
        Study("JPN", store=store).report(minerals=[])


def test_a_stage_whose_code_has_ended_says_since_when(capsys):
    status, output, _ = run(capsys, "expose", "JPN", "-m", "cadmium", "--stage", "compound", "-y", "2020")
    assert status == 0
    assert "no answer" in output
    assert "Cadmium: not mapped in 2020 (283030 not mapped since 2014)." in output


def test_a_mineral_of_which_one_code_has_ended_says_so(store):
    study = Study("JPN", store=store)
    (note,) = (n for n in study.expose("cadmium", year=2024).notes if n.startswith("Cadmium"))
    assert note == "Cadmium: 283030 (compound) not mapped since 2014; its other codes are counted alone."
    assert not any("not mapped" in n for n in study.expose("cadmium", year=2013).notes)


def test_the_trend_is_that_of_the_stage(store):
    study = Study("JPN", store=store)
    whole, metal = (study.expose("tungsten", year=2022, stage=s).records["hhi_trend"].item() for s in (None, "metal"))
    history = study.expose("tungsten", year=2022, stage="ore").records["hhi_trend"].item()
    assert len({whole, metal, history}) == 3


def test_without_imports_in_the_year_there_is_no_trend(store):
    record = Study("JPN", store=store).expose("cadmium", year=2012, stage="compound").records.row(0, named=True)
    assert (record["top_supplier"], record["hhi_trend"], record["top_supplier_trend"]) == (None, None, None)


def test_the_view_of_one_mineral_holds_the_measures_of_the_json(capsys):
    _, text, _ = run(capsys, "expose", "JPN", "-m", "rare_earths", "-y", "2022", "--full")
    for label in ("Supply left without the largest supplier", "Net import reliance", "Characterisation factor"):
        assert label in text
    assert "million USD" in text
    assert "mUSD" not in text
    _, written, _ = run(capsys, "expose", "JPN", "-m", "rare_earths", "-y", "2022", "--json")
    suppliers = json.loads(written)["suppliers"]
    assert f"and {len(suppliers) - 15} others, " in text


def test_indices_have_three_decimals_also_when_they_are_one(capsys):
    _, text, _ = run(capsys, "expose", "JPN", "-m", "antimony", "-y", "2024", "--full")
    row = next(line for line in text.splitlines() if line.startswith("Antimony "))
    assert " 1.000 " in row


def test_a_score_of_the_world_alone_is_marked_and_explained(capsys):
    _, text, _ = run(capsys, "expose", "JPN", "-m", "cobalt", "-m", "niobium", "-y", "2024", "--full")
    rows = {line.split()[0]: line.strip() for line in text.splitlines() if line.startswith(("Cobalt  ", "Niobium  "))}
    assert "4.38*" in rows["Cobalt"]
    assert "*" not in rows["Niobium"]
    assert "not known (on record exports reach or exceed imports and production: Cobalt)" in text


def test_weights_that_are_imputed_for_a_notable_part_are_told(capsys):
    _, text, _ = run(capsys, "expose", "JPN", "-m", "gold", "-y", "2024", "--full")
    assert "Gold (19.9 % of value, 36.3 % of weight; of the weights reported AUS has 91.2 %)." in text
    assert "a mix of ore and metal, not a price" in text


def test_stages_are_refused_for_the_purchases_of_a_company(capsys):
    status, _, error = run(capsys, "expose", "--company", "ACME", "--stage", "ore")
    assert status == 2
    assert "have no stage" in error


def test_the_stage_is_checked_by_a_study_too(store):
    with pytest.raises(UnknownNameError, match="unknown stage"):
        Study("JPN", store=store).expose("tungsten", stage="foo")


def test_a_share_by_value_names_its_country_where_that_is_not_the_largest_by_weight(capsys):
    _, text, _ = run(capsys, "expose", "JPN", "-m", "vanadium", "-m", "graphite", "--year", "2024", "--full")
    row = {line.split()[0]: line for line in text.splitlines() if line.startswith(("Vanadium  ", "Graphite  "))}
    assert "KOR (hub)" in row["Vanadium"]
    assert "51.6 % CHN" in row["Vanadium"]
    assert row["Graphite"].count("CHN") == 1
