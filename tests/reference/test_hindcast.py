"""Published history: does the model, told only what the restricted supplier shipped, find the rest in the trade data?

Every figure here is in docs/hindcast.md. Conditional mode, first year of each event, elasticities learnt with that
event left out.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia import Study
from sogdia.data import Store, catalogue, open_store, snapshot_folder
from sogdia.data.events import RestrictionEvent, restriction_events
from sogdia.hindcast import Hindcast, run

pytestmark = pytest.mark.slow

ORE_BANS = ("IDN_NI_BAN_2014", "IDN_BAUX_BAN_2014", "IDN_BAUX_BAN_2023", "IND_FE_BANS_2010")
PREDICTED = ["share_predicted", "log_price_predicted", "volume_predicted", "home_price"]
ROW = ["event_id", "mineral", "year", "importer"]


def judged(store: Store, events: Sequence[RestrictionEvent]) -> Hindcast:
    """First year, conditional mode."""
    return run(store, events, modes=("conditional",), years_after=1)


def events_named(store: Store, *names: str) -> list[RestrictionEvent]:
    return [event for event in restriction_events(store) if event.event_id in names]


@pytest.fixture(scope="module")
def history(store: Store) -> Hindcast:
    """All events of the embedded table."""
    return judged(store, restriction_events(store))


@pytest.fixture(scope="module")
def bans(store: Store) -> Hindcast:
    """The four ore bans alone."""
    return judged(store, events_named(store, *ORE_BANS))


@pytest.fixture(scope="module")
def figures(history: Hindcast) -> dict[str, float]:
    return dict(history.metrics.filter(pl.col("years") == "first").select("metric", "value").iter_rows())


def test_eleven_events_with_twenty_five_importers_are_scored(figures: dict[str, float]) -> None:
    assert (figures["events"], figures["pairs"]) == (11, 25)


def test_shares_are_predicted_better_than_by_any_simple_forecast(figures: dict[str, float]) -> None:
    for kind in ("median", "mean"):
        for name in ("pro_rata", "no_change", "reallocation"):
            assert figures[f"share_error_{kind}"] < figures[f"share_error_{kind}_{name}"]


def test_prices_are_predicted_better_than_by_no_change(figures: dict[str, float]) -> None:
    """Not by much: the elasticities of natural experiments leave little of a documented rise."""
    assert figures["price_error_mean"] < figures["price_error_mean_no_change"]
    assert figures["price_error_mean_unquoted"] < figures["price_error_mean_unquoted_no_change"]


def test_volumes_beat_no_change_and_reallocation_in_most_events(figures: dict[str, float]) -> None:
    assert figures["volumes_beat_no_change_and_reallocation"] >= 0.6


def test_nine_tenths_bands_of_shares_hold_and_those_of_prices_are_too_narrow(figures: dict[str, float]) -> None:
    """A known miss, kept in sight: the price of rhodium in 2020 lies outside in all six importers."""
    assert figures["share_band_coverage"] >= 0.85
    assert 0.6 <= figures["price_band_coverage"] < 0.85


@pytest.fixture(scope="module")
def rare_earths(history: Hindcast) -> dict[str, dict[str, float]]:
    """China's quotas: base 2006-2008, year 2011, by importer."""
    rows = history.pairs.filter(pl.col("event_id") == "CHN_REE_QUOTA_2010")
    assert set(rows["base_years"]) == {"2006-2008"}
    assert set(rows["year"]) == {2011}
    return {row["importer"]: row for row in rows.iter_rows(named=True)}


def test_chinas_share_falls_in_all_large_importers_less_than_it_did(rare_earths: dict[str, dict[str, float]]) -> None:
    """60-67 % by weight in Japan, where the year before had 85 %; the model is nearer to it than pro rata."""
    for importer in ("JPN", "USA", "FRA"):
        row = rare_earths[importer]
        assert row["share_observed"] < row["share_predicted"] < row["share_pro_rata"] < row["share_no_change"]


@pytest.mark.parametrize("importer", ["JPN", "USA", "FRA"])
def test_the_price_rises_far_less_in_the_model_than_it_did(
    rare_earths: dict[str, dict[str, float]], importer: str
) -> None:
    """A known miss, kept in sight; the rise by the largest flows is 1.9 in France and 5 to 6 in the others."""
    row = rare_earths[importer]
    assert 0 < row["log_price_predicted"] < row["log_price_observed"]
    assert row["log_price_observed"] > np.log(1.8)


def test_chinas_home_price_falls(rare_earths: dict[str, dict[str, float]]) -> None:
    """What may not leave is sold at home, below the base price."""
    assert rare_earths["JPN"]["home_price"] < 1.0


def test_germany_is_missed(rare_earths: dict[str, dict[str, float]]) -> None:
    """A known miss, kept in sight: Germany's share from China doubled; see docs/hindcast.md."""
    row = rare_earths["DEU"]
    assert row["share_observed"] > row["share_high"]
    assert row["share_observed"] > row["share_no_change"]


def test_names_and_order_of_events_do_not_matter(store: Store, bans: Hindcast) -> None:
    renamed = [
        replace(event, event_id=f"E{number}", subject="x", note=None)
        for number, event in enumerate(events_named(store, *ORE_BANS))
    ]
    old = {event.event_id: f"E{number}" for number, event in enumerate(events_named(store, *ORE_BANS))}
    other = judged(store, renamed[::-1])
    mine = bans.pairs.with_columns(pl.col("event_id").replace(old)).sort(ROW)
    assert_frame_equal(mine, other.pairs.sort(ROW), rel_tol=1e-9)
    assert_frame_equal(bans.metrics.sort("metric"), other.metrics.sort("metric"), rel_tol=1e-9)


def test_the_same_events_from_a_users_file_give_the_same_figures(store: Store, tmp_path: Path) -> None:
    """The documented events teach beside them."""
    documented = restriction_events(store)
    ours = run(store, events_named(store, *ORE_BANS), beside=documented, modes=("conditional",), years_after=1)
    with (snapshot_folder() / "restriction_events.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["event_id"] in ORE_BANS]
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = Study(store=store).hindcast(events=path)
    first = found.pairs.filter(pl.col("mode") == "conditional", pl.col("years_since") == 1)
    assert_frame_equal(
        first.select(ROW + PREDICTED).sort(ROW), ours.pairs.select(ROW + PREDICTED).sort(ROW), rel_tol=1e-9
    )
    assert set(found.metrics["mode"]) == {"conditional", "ex_ante"}


def test_events_nobody_has_seen_can_be_judged(store: Store, tmp_path: Path) -> None:
    """Malaysia's bauxite moratorium of 2016 and an invented one, with no more than the required columns and a size."""
    path = tmp_path / "new.csv"
    path.write_text(
        "event_id,mineral,hs6,country,start,first_year,last_year,kind,size\n"
        "MYS_BAUX_2016,bauxite,260600,MYS,2016-01,2016,2019,export_ban,0.8\n"
        "NOWHERE,bauxite,260600,ISL,2016-01,2016,2016,export_ban,0.5\n",
        encoding="utf-8",
    )
    found = Study(store=store).hindcast(events=path)
    malaysia = found.pairs.filter(pl.col("event_id") == "MYS_BAUX_2016", pl.col("importer") == "CHN")
    first = malaysia.filter(pl.col("year") == 2016, pl.col("mode") == "conditional").row(0, named=True)
    assert first["scored"]
    assert first["share_predicted"] < first["share_no_change"]
    assert found.left_out["event_id"].to_list() == ["NOWHERE"]


def with_other_history(folder: Path, store: Store, codes: tuple[str, ...], year: int, supplier: str) -> Store:
    """The embedded data, but in one year all suppliers of a code except one sold 20 % more at prices 30 % higher."""
    ours = ~pl.col("hs6").is_in(codes) | (pl.col("exporter") == supplier)
    trade = store.trade(years=[year]).collect()
    columns = trade.columns
    factors = {"quantity_t": 1.2, "value_kusd": 1.2 * 1.3}
    changed = trade.with_columns(
        pl.when(ours).then(name).otherwise(pl.col(name) * f).alias(name) for name, f in factors.items()
    )
    folder.mkdir()
    changed.select(columns).write_parquet(folder / "trade.parquet")
    entry = catalogue.entry_for(
        folder, "trade.parquet", table="trade", rows=changed.height, source_ids=("CEPII_BACI",), years=(year,)
    )
    catalogue.write(folder, (entry,))
    return open_store(folder)


def test_what_an_event_did_teaches_the_others_and_never_itself(store: Store, bans: Hindcast, tmp_path: Path) -> None:
    """Nickel's rivals in 2014 are changed: nickel's own prediction stays, bauxite's moves, and nickel's errors move."""
    other = with_other_history(tmp_path / "s", store, ("260400",), 2014, "IDN")
    after = judged(other, events_named(other, *ORE_BANS)).pairs.sort(ROW)
    before = bans.pairs.sort(ROW)
    nickel = pl.col("mineral") == "nickel"
    assert_frame_equal(before.filter(nickel).select(PREDICTED), after.filter(nickel).select(PREDICTED), rel_tol=1e-9)
    assert_frame_equal(before.filter(nickel).select("kept"), after.filter(nickel).select("kept"))
    assert (before.filter(nickel)["log_price_observed"] != after.filter(nickel)["log_price_observed"]).any()
    assert (before.filter(~nickel)["log_price_predicted"] != after.filter(~nickel)["log_price_predicted"]).all()


def test_the_class_table_is_what_the_hindcast_learnt(store: Store, history: Hindcast) -> None:
    """The short-run values that shocks use are the posteriors, to the three digits of the table."""
    table = (
        store.scan("class_elasticities")
        .filter(pl.col("evidence") == "calibrated", pl.col("horizon") == "short")
        .collect()
    )
    assert set(table["market_class"]) == set(history.posteriors)
    for place, kind in enumerate(("substitution", "demand", "supply")):
        for row in table.filter(pl.col("kind") == kind).iter_rows(named=True):
            learnt = history.posteriors[row["market_class"]]
            assert row["central"] == pytest.approx(learnt.centre()[place], rel=5e-3)
            assert row["high"] / row["central"] == pytest.approx(np.exp(1.645 * learnt.spread()[place]), rel=1e-2)
            assert (row["episodes"], row["events"]) == (learnt.episodes, len(learnt.events))
