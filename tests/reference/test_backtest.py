"""Natural experiments that everybody knows are found in the embedded data, and the page is of these data."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia.data import Store
from sogdia.hindcast.panel.build import EpisodePanel, build
from sogdia.hindcast.stored_backtest import stored_backtest
from support.programs import TOOLS, loaded

ROOT = Path(__file__).parents[2]
CODES = ("260400", "260600")


@pytest.fixture(scope="module")
def panel(store: Store) -> EpisodePanel:
    return build(store, CODES)


@pytest.mark.slow
def test_the_ore_bans_of_indonesia_are_found(panel: EpisodePanel) -> None:
    """Nickel and bauxite from January 2014."""
    found = {one.episode.name: one for one in panel.judged}
    assert {"IDN_260400_2014", "IDN_260600_2014"} <= set(found)
    nickel = found["IDN_260400_2014"]
    assert nickel.episode.kept < 0.2
    assert nickel.episode.maker
    assert "CHN" in nickel.importers
    china = nickel.importers.index("CHN")
    assert nickel.now.base_share[china] == pytest.approx(0.6, abs=0.03)
    assert (nickel.predicted.paid[china] > 0).all()


def test_the_page_is_made_from_the_tables_that_are_embedded() -> None:
    with loaded(TOOLS / "write_backtest.py") as tool:
        inputs = tool.inputs_hash()
        page = (ROOT / "docs" / "backtest.md").read_text("utf-8")
        stored = tool.stored(page)
    assert inputs in page, "run tools/write_backtest.py"
    assert tool.STORED.read_text("utf-8") == stored, "run tools/write_backtest.py"


def test_the_stored_results_are_the_groups_of_the_conditional_mode() -> None:
    results = stored_backtest()
    assert {"all", "makers", "supply_falls"} <= set(results["group"])
    assert results.filter(group="all", measure="log_price")["model"].item() == pytest.approx(0.373, abs=0.02)
    assert results["source_id"].null_count() == 0
