from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study
from sogdia.errors import NoAnswerError


def test_both_shares_sum_to_one_and_the_importer_is_no_supplier_of_its_own():
    origin = Study("JPN").origin("copper", year=2022).rows
    assert origin["traced_share"].sum() == pytest.approx(1.0)
    assert origin["direct_share"].sum() == pytest.approx(1.0)
    assert "JPN" not in origin.filter(pl.col("direct_share") > 0)["origin"].to_list()


def test_a_transit_port_is_no_origin():
    """The Netherlands mines no zircon; most of what Germany buys there comes from elsewhere."""
    origin = Study("DEU").origin("zirconium", year=2022).rows
    hub = origin.filter(pl.col("origin") == "NLD").row(0, named=True)
    assert hub["direct_share"] > 0.7
    assert hub["traced_share"] == 0.0
    mines = origin.filter(pl.col("origin").is_in(["ZAF", "AUS", "SEN", "MOZ"]))
    assert mines["traced_share"].sum() > mines["direct_share"].sum()


def test_an_origin_that_mines_nothing_on_record_is_marked():
    """Luxembourg mines no borates, yet more leaves it on record than enters it."""
    origin = Study("FRA").origin("boron", year=2022).rows
    marked = dict(origin.select("origin", "unexplained_share").iter_rows())
    assert marked["LUX"] == 1.0
    assert marked["TUR"] == 0.0


def test_refined_products_are_not_traced_to_ore():
    with pytest.raises(NoAnswerError, match=r"Rare earths: origin cannot be traced, .*'processing'.*compound, metal"):
        Study("JPN").origin("rare_earths", year=2022)


def test_a_mineral_without_codes_cannot_be_traced():
    with pytest.raises(NoAnswerError, match="Gallium: origin cannot be traced"):
        Study("JPN").origin("gallium", year=2022)


def test_years_before_the_statistics_of_production_have_no_answer():
    with pytest.raises(NoAnswerError, match="Copper: production, trade or content factor is not known for 2005"):
        Study("JPN").origin("copper", year=2005)


def test_an_unknown_content_factor_is_no_answer():
    with pytest.raises(NoAnswerError, match="Silver: production, trade or content factor is not known"):
        Study("JPN").origin("silver", year=2022)
