"""Answers side by side: every figure of both, differences from the first, and refusals in plain words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sogdia.answer import Answer
from sogdia.errors import InputError
from sogdia.plan.compare import ComparedAnswers, Side, comparison_of, side_of

ONE: dict[str, Any] = {
    "importer": {"key": "JPN"}, "budget_musd": 100.0, "years": 500, "chosen": [{"project": "mine", "cost_musd": 4.0}],
    "expected_loss_musd": {"before": 10.0, "after": 8.0}, "notes": ["both", "one"], "sources": {"A": "a"},
}  # fmt: skip
OTHER: dict[str, Any] = {
    **ONE, "importer": {"key": "KOR"}, "budget_musd": 200.0, "expected_loss_musd": {"before": 30.0, "after": None},
    "chosen": [{"project": "stock", "cost_musd": 7.0}, {"project": "mine", "cost_musd": 4.0}], "notes": ["both"],
    "sources": {"B": "b"},
}  # fmt: skip


def ask(importer: str) -> Answer:
    raise AssertionError(f"{importer} was asked for")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = [tmp_path / "one.json", tmp_path / "other.json"]
    for path, content in zip(paths, (ONE, OTHER), strict=True):
        path.write_text(json.dumps(content), encoding="utf-8")
    return [str(path) for path in paths]


@pytest.fixture
def found(files: list[str]) -> ComparedAnswers:
    return comparison_of([side_of(path, ask) for path in files])


def test_figures_stand_side_by_side_with_their_difference(found: ComparedAnswers) -> None:
    figures = {figure.name: figure for figure in found.figures}
    assert figures["expected_loss_musd.before"].values == (10.0, 30.0)
    assert figures["expected_loss_musd.before"].differences == (0.0, 20.0)
    assert figures["chosen[mine].cost_musd"].differences == (0.0, 0.0)


def test_what_one_side_lacks_is_not_known_and_no_zero(found: ComparedAnswers) -> None:
    figures = {figure.name: figure for figure in found.figures}
    assert figures["chosen[stock].cost_musd"].values == (None, 7.0)
    assert figures["expected_loss_musd.after"].differences == (0.0, None)


def test_every_figure_has_a_label_in_words_with_its_unit(found: ComparedAnswers) -> None:
    labels = {figure.name: str(figure.label) for figure in found.figures}
    assert labels["expected_loss_musd.before"] == "Expected loss: before [million USD]"
    assert labels["chosen[mine].cost_musd"] == "Cost: mine, chosen [million USD]"
    assert found.to_dict()["figures"][0].keys() >= {"figure", "label", "unit", "values", "differences"}


def test_rows_of_a_shock_are_compared_by_their_variable_and_not_by_their_place() -> None:
    row = {"country": "JPN", "role": "importer", "partner": None, "unit": "ratio", "low": 0.9, "central": 1.1}
    price, use = {**row, "variable": "price_paid"}, {**row, "variable": "use", "unit": "t", "central": 5.0}
    sides = [Side("one", {"rows": [price, use]}), Side("other", {"rows": [use, price]})]
    figures = {str(figure.label): figure for figure in comparison_of(sides).figures}
    assert figures["Price paid: JPN, central [ratio]"].differences == (0.0, 0.0)
    assert figures["Use: JPN, central [t]"].values == (5.0, 5.0)


def test_measures_of_the_exposure_keep_their_labels() -> None:
    record = {"mineral": "graphite", "import_quantity_t": 1.0}
    supplier = {"mineral": "graphite", "supplier": "TUR", "weight_share": 0.5}
    answer = {"records": [record], "suppliers": [supplier], "sensitivity": [{"project": "mine", "low": 1.0}]}
    labels = [str(figure.label) for figure in comparison_of([Side("one", answer), Side("two", answer)]).figures]
    assert labels == ["Imports by weight: graphite [t]", "Weight share: graphite TUR", "Sensitivity: mine, low"]


def test_what_was_asked_differently_is_said(found: ComparedAnswers) -> None:
    assert any("budget_musd" in note and "100.0" in note and "200.0" in note for note in found.notes)
    assert "both" in found.notes
    assert "one" not in found.notes


def test_the_comparison_is_an_answer_like_others(found: ComparedAnswers) -> None:
    content = found.to_dict()
    assert content["sides"] == ["one", "other"] or content["sides"] == ["JPN", "KOR"]
    assert content["chosen"] == [["mine"], ["stock", "mine"]]
    assert set(found.sources()) == {"A", "B"}
    assert {"side", "difference", "source_id"} <= set(found.table().columns)


def test_refusals_name_the_file_and_what_is_wrong(files: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as told:
        side_of(str(tmp_path / "gone.json"), ask)
    assert "gone.json" in str(told.value)
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="no JSON"):
        side_of(broken, ask)
    broken.write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError, match="one JSON object"):
        side_of(broken, ask)
    with pytest.raises(InputError, match="at least two"):
        comparison_of([side_of(files[0], ask)])
    with pytest.raises(InputError, match="another question"):
        comparison_of([side_of(files[0], ask), Side("radar", {"alerts": [], "importer": "JPN"})])
    with pytest.raises(InputError, match="name of an importer"):
        side_of(3, ask)
