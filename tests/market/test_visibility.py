"""Is unseen trade told apart from home sales, sold to one pooled buyer, and refused where it is most of a market?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sogdia import Study
from sogdia.data import Store
from sogdia.data.market_rules import market_rules
from sogdia.data.schema import conform
from sogdia.errors import DataError, NoAnswerError
from sogdia.market import Scenario, calibrate, clear
from sogdia.market.events import OutputChange
from sogdia.market.visibility import UNSEEN, Visibility, require_seen
from support.small_markets import draws, store_with_trade

YEAR, CONTENT = 2020, 0.55
HIDDEN_MOSTLY = ("uranium", "lithium", "tantalum", "fluorspar", "arsenic")
"""Minerals most of whose output the embedded trade codes do not see."""


def users(*rows: tuple[str | None, float | None]) -> pl.DataFrame:
    """Known users of tin ore: (country, output of the next product [t])."""
    columns = ["mineral", "country", "product", "year", "output_t", "source_id", "locator", "evidence", "note"]
    whole = [("tin", c, "refined tin", None, t, "SOGDIA_ASSUMPTION", None, "assumed", None) for c, t in rows]
    return conform(pl.DataFrame(whole, schema=columns, orient="row"), "stage_users")


def small_store(folder: Path, known: pl.DataFrame, imports_of_peru: float = 0.0) -> Store:
    """Peru makes 200 t and ships 60 t to Japan; Bolivia ships 20 t to Japan and makes no more."""
    trade = [(YEAR, "PER", "JPN", "260900", 300.0, 60.0), (YEAR, "BOL", "JPN", "260900", 100.0, 20.0)]
    if imports_of_peru:
        trade.append((YEAR, "BOL", "PER", "260900", 5.0 * imports_of_peru, imports_of_peru))
    made = [("tin", "PER", YEAR, 200.0 * CONTENT, "t", "r"), ("tin", "BOL", YEAR, 20.0 * CONTENT, "t", "r")]
    columns = ["mineral", "country", "year", "quantity", "unit", "flag"]
    production = conform(pl.DataFrame(made, schema=columns, orient="row"), "production")
    return store_with_trade(folder, trade, production=production, stage_users=known)


def test_output_of_no_known_use_goes_to_one_pooled_buyer(tmp_path: Path) -> None:
    store = small_store(tmp_path, users(("CHN", None)))
    found = calibrate(store, store.mineral("tin"), [YEAR])
    assert found.consumers == ("JPN", UNSEEN)
    peru = found.producer("PER")
    np.testing.assert_allclose(found.flows[peru], [60.0, 140.0])
    assert found.exports()[peru] == pytest.approx(60.0)
    assert found.seen is not None
    assert found.seen.unseen_share == pytest.approx(140.0 / 220.0)
    assert any("PER" in note and UNSEEN in note for note in found.notes)


@pytest.mark.parametrize("known", [users(("PER", None)), users((None, None)), users(("PER", 50.0))])
def test_a_known_user_sells_at_home(tmp_path: Path, known: pl.DataFrame) -> None:
    store = small_store(tmp_path, known)
    found = calibrate(store, store.mineral("tin"), [YEAR])
    assert found.flows[found.producer("PER"), found.consumer("PER")] == pytest.approx(140.0)
    assert found.seen is not None
    assert found.seen.unseen_t == 0.0
    documented = bool((known["output_t"] > 0).any())
    assert found.seen.undocumented_t == pytest.approx(0.0 if documented else 140.0)


def test_a_country_that_imports_the_product_uses_it(tmp_path: Path) -> None:
    least = 140.0 * 0.1
    few = small_store(tmp_path / "few", users(("CHN", None)), imports_of_peru=0.9 * least)
    many = small_store(tmp_path / "many", users(("CHN", None)), imports_of_peru=1.1 * least)
    assert UNSEEN in calibrate(few, few.mineral("tin"), [YEAR]).consumers
    assert UNSEEN not in calibrate(many, many.mineral("tin"), [YEAR]).consumers


def test_all_of_it_is_home_use_where_one_insists(tmp_path: Path) -> None:
    store = small_store(tmp_path, users(("CHN", None)))
    found = calibrate(store, store.mineral("tin"), [YEAR], assume_home=True)
    assert UNSEEN not in found.consumers
    assert any("ssumed" in note for note in found.notes)


def test_a_loss_at_home_moves_the_price_abroad_through_unseen_buyers(tmp_path: Path) -> None:
    store = small_store(tmp_path, users(("CHN", None)))
    found = calibrate(store, store.mineral("tin"), [YEAR])
    answer = clear(found, Scenario("loss", (OutputChange("PER", 0.8),)), draws()).answer
    assert answer.output[0, found.producer("PER")] < 200.0
    assert answer.lane_quantity[0].sum() < 220.0


def test_a_market_that_is_mostly_unseen_refuses_with_its_makers_and_codes(store: Store) -> None:
    with pytest.raises(NoAnswerError) as refused:
        Study("USA").shock("uranium", output="KAZ=0.8", year=2022)
    message = str(refused.value)
    for fact in ("284410", "KAZ", "assume-home", "assume_home"):
        assert fact in message


def test_it_answers_where_one_insists_and_says_so() -> None:
    found = Study("USA").shock("uranium", output="KAZ=0.8", year=2022, assume_home=True)
    assert any("ssumed as asked" in note for note in found.notes)
    assert found.to_dict()["visibility"]["home_share"] > 0.5


def test_every_market_refuses_exactly_above_the_limit(store: Store) -> None:
    limit = market_rules(store).most_hidden_share
    mineral = store.mineral("tin")
    require_seen(store, mineral, None)
    require_seen(store, mineral, Visibility(100.0, unseen_t=100.0 * limit))
    with pytest.raises(NoAnswerError):
        require_seen(store, mineral, Visibility(100.0, unseen_t=100.0 * limit, undocumented_t=1.0))


@pytest.mark.parametrize("mineral", HIDDEN_MOSTLY)
def test_minerals_whose_trade_runs_under_other_codes_refuse(store: Store, mineral: str) -> None:
    found = calibrate(store, store.mineral(mineral), [2022])
    with pytest.raises(NoAnswerError, match="codes that would open it"):
        require_seen(store, store.mineral(mineral), found.seen)


def test_the_shares_of_what_is_unseen_and_sold_at_home_are_in_the_plain_values(store: Store) -> None:
    shares = Study("JPN").shock("zinc", embargo="PER", year=2022, draws=2).to_dict()["visibility"]
    assert set(shares) == {"unseen_share", "home_share", "hidden_share"}
    assert 0.0 < shares["unseen_share"] <= shares["hidden_share"] < shares["home_share"] < 1.0


def test_losses_leave_out_markets_that_are_mostly_unseen_and_say_which() -> None:
    found = Study("JPN").supplier_losses(["fluorspar", "zinc"], year=2022, draws=2)
    assert set(found.rows["mineral"]) == {"zinc"}
    assert any("Fluorspar" in note for note in found.notes)


def test_a_rule_that_is_missing_is_named(tmp_path: Path, store: Store) -> None:
    rules = store.scan("market_rules").collect().filter(pl.col("rule") != "shut_in_price")
    own = store_with_trade(tmp_path, [(YEAR, "PER", "JPN", "260900", 1.0, 1.0)], market_rules=rules)
    with pytest.raises(DataError, match="shut_in_price"):
        market_rules(own)


def test_every_embedded_rule_says_why(store: Store) -> None:
    rules = store.scan("market_rules").collect()
    assert (rules["note"].str.len_chars() > 40).all()
