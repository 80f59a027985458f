"""Is a market made of producers, one importer's purchases and a pooled rest, and does the same kernel clear it?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia.errors import InputError, NoAnswerError
from sogdia.market import Scenario, clear, consumer_outcome
from sogdia.market.compact import REST, CompactFigures, compact_market
from sogdia.market.events import ExportLimit, OutputChange
from support.small_markets import draws

GALLIUM = CompactFigures(
    product="gallium", stage="metal", years=(2024,), market_class="processed", importer="JPN",
    output_t={"CHN": 750.0, "JPN": 3.0, "RUS": 5.0}, world_t=760.0,
    bought_t={"CHN": 60.0, "RUS": 1.0, "USA": 4.0}, price=500.0, source_ids=("A", "B"),
)  # fmt: skip


def test_output_is_sold_to_the_importer_and_the_pooled_rest() -> None:
    found = compact_market(GALLIUM)
    assert found.producers == (
        "CHN",
        "JPN",
        "RUS",
        "USA",
    )
    assert found.consumers == ("JPN", REST)
    np.testing.assert_allclose(found.flows, [[60.0, 690.0], [3.0, 0.0], [1.0, 4.0], [4.0, 0.0]])
    assert np.nanmin(found.unit_value) == np.nanmax(found.unit_value) == 500.0
    assert found.source_ids == ("A", "B")


def test_producers_that_no_source_names_are_pooled() -> None:
    found = compact_market(replace(GALLIUM, world_t=1000.0))
    assert found.producers[-1] == REST
    assert found.flows[-1, -1] == pytest.approx(1000.0 - 750.0 - 3.0 - 5.0 - 4.0)


def test_a_hub_makes_what_it_sells_and_a_note_says_so() -> None:
    assert any(note.startswith("Less output is known of USA") for note in compact_market(GALLIUM).notes)


def test_own_use_is_apart_where_exports_are_known() -> None:
    found = compact_market(replace(GALLIUM, exports_t={"CHN": 100.0}))
    china = found.producer("CHN")
    assert found.flows[china, found.consumer("CHN")] == pytest.approx(650.0)
    assert found.flows[china, found.consumer(REST)] == pytest.approx(40.0)
    assert found.exports()[china] == pytest.approx(100.0)
    assert compact_market(GALLIUM).exports()[china] == pytest.approx(60.0)


def test_losing_the_main_supplier_costs_more_where_all_lose_it() -> None:
    """Sales to the rest are exports too where they are known: then others bid for what is left."""
    embargo = Scenario("embargo", (ExportLimit("CHN", share=1.0),))
    alone, together = (
        consumer_outcome(clear(compact_market(f), embargo, draws(sigma=4.0, eta=1.0, eps=0.5)), "JPN")
        for f in (GALLIUM, replace(GALLIUM, exports_t={"CHN": 200.0}, world_t=860.0))
    )
    for found in (alone, together):
        assert found.price_paid[0] > 1.0
        assert found.imports_t[0] < found.base_imports_t
    assert together.price_paid[0] > alone.price_paid[0]


def test_without_a_shock_the_base_stays_the_base() -> None:
    found = compact_market(GALLIUM)
    answer = clear(found, Scenario("none", (OutputChange("CHN", 1.0),)), draws()).answer
    np.testing.assert_allclose(answer.price, 1.0, atol=1e-10)
    np.testing.assert_allclose(answer.use[0], found.flows.sum(axis=0), rtol=1e-10)


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (replace(GALLIUM, bought_t={}), "no purchases of JPN"),
        (replace(GALLIUM, world_t=2000.0), "the main one may be missing"),
        (replace(GALLIUM, output_t={}, world_t=None), "the main one may be missing"),
    ],
)
def test_figures_that_leave_the_main_thing_open_have_no_answer(figures: CompactFigures, why: str) -> None:
    with pytest.raises(NoAnswerError, match=why):
        compact_market(figures)


def test_figures_that_cannot_be_are_refused() -> None:
    for change in ({"output_t": {"CHN": -1.0}}, {"bought_t": {"CHN": float("nan")}}, {"price": 0.0}):
        with pytest.raises(InputError):
            replace(GALLIUM, **change)
