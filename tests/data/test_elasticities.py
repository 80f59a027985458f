"""Are the elasticities chosen by the documented rule, and are they usable by the market model?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.data import Store, catalogue, snapshot_folder
from sogdia.data.elasticities import Elasticity, class_elasticities, elasticities_for, interpolate, market_class
from sogdia.errors import DataError, InputError, UnknownNameError

EMBEDDED = Store((snapshot_folder(),))
KINDS = ("sigma", "eta", "eps")
LEVEL = st.floats(0.01, 50)


def ranges(source: str) -> st.SearchStrategy[Elasticity]:
    def ordered(values: tuple[float, float, float]) -> Elasticity:
        low, central, high = sorted(values)
        return Elasticity(low, central, high, (source,), (source,))

    return st.tuples(LEVEL, LEVEL, LEVEL).map(ordered)


def with_row(folder: Path, **changes: object) -> Store:
    """A store whose table of elasticities has one row more, from a user's folder laid over the snapshot."""
    row = {
        "scope": "mineral",
        "mineral": "nickel",
        "subject": "own study",
        "kind": "demand",
        "horizon": "short",
        "low": 0.3,
        "central": 0.4,
        "high": 0.5,
        "method": "econometric",
        "use": "default",
        "year": 2024,
        "source_id": "SOGDIA_ASSUMPTION",
        "evidence": "assumed",
    } | changes
    frame = EMBEDDED.scan("elasticities").collect()
    added = pl.concat([frame, pl.DataFrame([row], schema_overrides=frame.schema)], how="diagonal")
    added.write_csv(folder / "elasticities.csv")
    entry = catalogue.entry_for(folder, "elasticities.csv", table="elasticities", rows=added.height, source_ids=())
    catalogue.write(folder, (entry,))
    return Store((snapshot_folder(), folder))


def test_rare_earth_compounds_have_the_values_of_processed_materials_within_a_year() -> None:
    found = elasticities_for(EMBEDDED, "rare_earths", "compound", 1)
    rows = EMBEDDED.scan("class_elasticities").filter(
        pl.col("market_class") == "processed", pl.col("horizon") == "short"
    )
    table = dict(rows.select("kind", "central").collect().iter_rows())
    assert (found.sigma.central, found.eta.central, found.eps.central) == (
        table["substitution"],
        table["demand"],
        table["supply"],
    )
    assert found.sigma.chosen == ("class processed",)
    assert found.sigma.source_ids == ("SOGDIA_HINDCAST",)


def test_what_stands_behind_a_class_is_said_in_words() -> None:
    rows = EMBEDDED.scan("class_elasticities").filter(pl.col("evidence") == "calibrated").collect()
    assert set(rows["market_class"]) == {"bulk_ore", "concentrate", "processed", "precious"}
    assert (rows["episodes"] > 20).all()
    np.testing.assert_allclose(rows["moved"], np.log(rows["central"] / rows["prior"]), atol=2e-3)
    backing = elasticities_for(EMBEDDED, "rare_earths", "compound", 1).backing
    own = rows.filter(pl.col("market_class") == "processed", pl.col("kind") == "demand").row(0, named=True)
    assert f"{own['episodes']} natural experiments and {own['events']} documented events" in backing
    assert f"demand by a factor of {np.exp(own['moved']):.2g}" in backing
    of_all = class_elasticities(EMBEDDED, "all", 1)
    assert of_all.backing == "from no data: assumptions and published figures alone"


def test_a_mineral_is_processed_beyond_its_ore_unless_it_is_precious() -> None:
    tungsten, platinum = EMBEDDED.minerals["tungsten"], EMBEDDED.minerals["platinum"]
    assert market_class(tungsten, "ore") == "concentrate"
    assert market_class(tungsten, "metal") == "processed"
    assert market_class(tungsten, None) == "concentrate"
    assert market_class(platinum, "metal") == "precious"


@pytest.mark.parametrize("basis", ["default", "published"])
@pytest.mark.parametrize("years", [0.5, 1, 2, 5, 20])
def test_every_mineral_has_ordered_positive_elasticities_at_every_stage(basis: str, years: float) -> None:
    for mineral in EMBEDDED.minerals.values():
        for stage in (None, *mineral.stages):
            found = elasticities_for(EMBEDDED, mineral.key, stage, years, basis=basis)  # type: ignore[arg-type]
            for kind in KINDS:
                one = getattr(found, kind)
                assert 0 < one.low <= one.central <= one.high


def test_class_values_keep_the_market_unique_over_their_whole_ranges() -> None:
    """sigma > eta makes the goods gross substitutes, so that there is one equilibrium."""
    for mineral in EMBEDDED.minerals.values():
        for stage in (None, *mineral.stages):
            for years in (1, 3, 5):
                found = elasticities_for(EMBEDDED, mineral.key, stage, years)
                assert found.sigma.low > found.eta.high


def test_every_class_in_use_has_a_row_for_each_kind_and_horizon() -> None:
    classes = EMBEDDED.scan("class_elasticities").collect()
    assert classes.select("market_class", "kind", "horizon").is_unique().all()
    named = {mineral.market_class for mineral in EMBEDDED.minerals.values()} | {"all"}
    assert set(classes["market_class"]) == named
    assert classes.height == len(named) * 3 * 2


def test_in_the_long_run_no_class_answers_less() -> None:
    classes = EMBEDDED.scan("class_elasticities").collect()
    short, long = (classes.filter(pl.col("horizon") == end) for end in ("short", "long"))
    both = short.join(long, on=["market_class", "kind"], suffix="_long")
    assert (both["central_long"] >= both["central"]).all()


def test_no_embedded_row_overrides_the_class_values() -> None:
    assert "default" not in set(EMBEDDED.scan("elasticities").collect()["use"])


@pytest.mark.parametrize("method", ["tariff_response", "event_implied", "model_parameter"])
def test_tariff_responses_and_single_events_are_never_used(method: str) -> None:
    frame = EMBEDDED.scan("elasticities").filter(pl.col("method") == method).collect()
    assert frame.height > 0
    assert set(frame["use"]) == {"reference"}


def test_rows_for_use_have_the_expected_sign_over_their_whole_range() -> None:
    frame = EMBEDDED.scan("elasticities").filter(pl.col("use") != "reference").collect()
    assert frame.filter(pl.col("low").fill_null(pl.col("central")) <= 0).is_empty()


def test_figures_for_one_importer_are_flagged_with_it() -> None:
    frame = EMBEDDED.scan("elasticities").filter(pl.col("importer") == "JPN").collect()
    assert frame.height == 25
    assert set(frame["use"]) == {"reference"}


def test_published_values_of_the_codes_are_taken_when_asked_for() -> None:
    """Broda and Weinstein (2006): median 2.26 of the six US tariff lines under 2846, from 1.34 to 33.55."""
    found = elasticities_for(EMBEDDED, "rare_earths", "compound", 5, basis="published").sigma
    assert (found.low, found.central, found.high) == (1.34, 2.26, 33.55)
    assert found.source_ids == ("BRODA_WEINSTEIN_2006_US",)
    assert found.chosen == ("own rows",)


def test_the_longest_code_wins() -> None:
    """Zircon (261510) has no row of four or six digits, so the row on 261 stands; tungsten ore has one on 2611."""
    zircon = elasticities_for(EMBEDDED, "zirconium", "ore", 5, basis="published").sigma
    tungsten = elasticities_for(EMBEDDED, "tungsten", "ore", 5, basis="published").sigma
    assert zircon.source_ids == ("BRODA_WEINSTEIN_2006_HS3",)
    assert tungsten.source_ids == ("BRODA_WEINSTEIN_2006_US",)


def test_a_row_of_the_user_marked_default_takes_the_place_of_the_class(tmp_path: Path) -> None:
    store = with_row(tmp_path)
    nickel, copper = elasticities_for(store, "nickel", "ore", 1), elasticities_for(store, "copper", "ore", 1)
    assert (nickel.eta.low, nickel.eta.central, nickel.eta.high) == (0.3, 0.4, 0.5)
    assert nickel.eta.chosen == ("own rows",)
    assert nickel.sigma == elasticities_for(EMBEDDED, "nickel", "ore", 1).sigma
    assert copper == elasticities_for(EMBEDDED, "copper", "ore", 1)


def test_a_lone_figure_gets_the_relative_range_of_its_class(tmp_path: Path) -> None:
    found = elasticities_for(with_row(tmp_path, low=None, high=None, central=0.8), "nickel", "ore", 1).eta
    like = elasticities_for(EMBEDDED, "nickel", "ore", 1).eta
    assert found.low / found.central == pytest.approx(like.low / like.central)
    assert found.high / found.central == pytest.approx(like.high / like.central)


def test_a_row_of_the_wrong_sign_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"own study has -0\.1"):
        elasticities_for(with_row(tmp_path, low=-0.1), "nickel", "ore", 1)


@given(ranges("a"), ranges("b"), st.floats(0.01, 100))
def test_an_interpolated_range_lies_between_its_ends_and_keeps_its_order(
    short: Elasticity, long: Elasticity, years: float
) -> None:
    found = interpolate(short, long, years)
    assert found.low <= found.central * (1 + 1e-12)
    assert found.central <= found.high * (1 + 1e-12)
    for name in ("low", "central", "high"):
        ends = sorted((getattr(short, name), getattr(long, name)))
        assert ends[0] * (1 - 1e-12) <= getattr(found, name) <= ends[1] * (1 + 1e-12)


def test_three_years_are_the_geometric_mean_of_one_and_five() -> None:
    short, long = Elasticity(1, 2, 3, ("a",), ("a",)), Elasticity(4, 8, 12, ("b",), ("b",))
    found = interpolate(short, long, 3)
    assert (found.low, found.central, found.high) == pytest.approx((2, 4, 6))
    assert found.source_ids == ("a", "b")


@pytest.mark.parametrize("years", [0, -1, float("nan"), float("inf")])
def test_a_horizon_that_is_no_span_of_years_is_refused(years: float) -> None:
    with pytest.raises(InputError, match="number of years above 0"):
        elasticities_for(EMBEDDED, "tin", "ore", years)


def test_unknown_names_are_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean metal"):
        elasticities_for(EMBEDDED, "tungsten", "metl", 1)
    with pytest.raises(UnknownNameError, match="tungsten"):
        elasticities_for(EMBEDDED, "tungstn", "ore", 1)
    with pytest.raises(UnknownNameError, match="published"):
        elasticities_for(EMBEDDED, "tungsten", "ore", 1, basis="publishd")  # type: ignore[arg-type]
