from __future__ import annotations

import math

import polars as pl
import pytest

from sogdia.corridors import route
from sogdia.corridors.split import spread_of_choice
from sogdia.errors import NoAnswerError


def small_routes(small):
    return route(small, "AAA:Mine", "DDD:Port", "tin")


def test_a_small_quantity_splits_by_the_path_size_logit_of_cost(small):
    routes = small_routes(small)
    cheap, dear = (other.ranked_usd_per_t for other in routes.alternatives)
    table = routes.split(1000.0, spread=0.5)
    sizes = table["path_size"].to_list()
    expected = 1 / (1 + sizes[1] / sizes[0] * math.exp(-(dear - cheap) / (0.5 * cheap)))
    assert table["share"][0] == pytest.approx(expected)
    assert table["t_per_year"].sum() == pytest.approx(1000.0)
    assert table["scarcity_usd_per_t"].to_list() == [0.0, 0.0, None]


def test_the_path_size_is_of_the_cost_on_links_and_only_the_road_at_the_mine_is_shared(small):
    routes = small_routes(small)
    for other, size in zip(routes.alternatives, routes.split(1000.0)["path_size"], strict=False):
        on_links = {step.link: step.usd_per_t.central for step in other.route.steps if step.link}
        shared = on_links["AAA:Mine--AAA:Yard:road"] / sum(on_links.values())
        assert size == pytest.approx(1 - shared / 2)


def test_a_split_names_the_links_whose_capacity_nobody_knows(small):
    table = small_routes(small).split(1000.0)
    assert table["capacity_unknown_on"].to_list() == [
        "AAA:Mine--AAA:Yard:road;CCC:Port--DDD:Port:sea:strait",
        "AAA:Mine--AAA:Yard:road;BBB:Yard--BBB:Port:rail;BBB:Port--DDD:Port:sea",
        None,
    ]


def test_a_full_line_sends_the_rest_the_other_way_at_a_scarcity_price(small):
    table = small_routes(small).split(2.5e6)
    assert table["t_per_year"].to_list() == pytest.approx([1e6, 1.5e6, 0.0], rel=1e-6)
    assert table["scarcity_usd_per_t"][0] > 0.0
    assert table["scarcity_usd_per_t"][1] == 0.0


def test_what_does_not_fit_is_a_row_of_its_own(small):
    table = small_routes(small).split(4e6)
    rest = table.filter(pl.col("via") == "not shipped")
    assert rest["t_per_year"].to_list() == pytest.approx([1e6])
    assert rest["share"].to_list() == pytest.approx([0.25])


@pytest.mark.parametrize("quantity", [0.0, -1.0, math.inf, math.nan])
def test_only_a_quantity_above_zero_can_be_split(small, quantity):
    with pytest.raises(NoAnswerError, match="above 0"):
        small_routes(small).split(quantity)


def test_the_packaged_spread_is_a_share():
    assert 0 < spread_of_choice().low <= spread_of_choice().high < 1


def test_every_figure_of_a_route_has_a_source_and_says_how_good_it_is(embedded):
    routes = route(embedded, "KAZ:Boguty", "JPN:Yokohama", "tungsten", k=3)
    sources = routes.evidence()
    assert (sources["source"].str.len_chars() > 0).all()
    assert set(sources["evidence"]) <= {"seen", "derived", "assumed"}
    assert not sources.select("table", "key").is_duplicated().any()
    links = set(sources.filter(pl.col("table") == "links")["key"])
    assert links == {step.link for other in routes.alternatives for step in other.route.steps if step.link}
    tables = {"tariffs", "transhipment", "co2", "formalities", "cargo", "parameters", "states", "detours", "speeds"}
    assert tables <= set(sources["table"])


def test_about_nine_tenths_of_ferrochrome_to_japan_go_by_china_as_on_record(embedded):
    table = route(embedded, "KAZ:Aktobe", "JPN:Yokohama", "chromium", stage="alloy").split(1000.0)
    by_china = table.filter(table["via"].str.contains("CHN"))["share"].sum()
    assert 0.8 <= by_china <= 0.95
