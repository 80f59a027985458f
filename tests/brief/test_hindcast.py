"""The section on the hindcast shows the errors as computed, every scored event, and every miss."""

from __future__ import annotations

import math
from dataclasses import replace

import polars as pl
import pytest

from sogdia.brief.report import Report
from sogdia.brief.sections import hindcast
from sogdia.hindcast import Hindcast
from sogdia.render.blocks import Figure, Section, Table, Text, tables, walk


@pytest.fixture(scope="module")
def part(japan: Report) -> Section:
    made = hindcast.section(japan)
    assert made is not None
    return made


def table(part: Section, key: str) -> Table:
    return next(found for found in tables((part,)) if found.key == key)


def test_the_errors_are_those_of_the_result(part: Section, some_hindcast: Hindcast) -> None:
    frame = table(part, "hindcast-errors").frame
    first = some_hindcast.metrics.filter(pl.col("years") == "first")
    value = dict(first.select("metric", "value").iter_rows())
    share, price, volume = frame.head(3).iter_rows(named=True)
    assert share["predicted_value"] == value["share_error_median"]
    assert share["reallocation_value"] == value["share_error_median_reallocation"]
    assert price["predicted_value"] == pytest.approx(math.exp(value["price_error_mean"]))
    assert price["pro_rata_value"] == pytest.approx(math.exp(value["price_error_mean_no_change"]))
    assert volume["no_change_value"] == value["volume_error_median_no_change"]


def test_every_scored_event_has_a_picture_with_all_its_importers(part: Section, some_hindcast: Hindcast) -> None:
    pictures = {block.key: block for block in walk(part.blocks) if isinstance(block, Figure)}
    assert set(pictures) == {
        "hindcast-chn-ree-jpn-embargo-2010-rare-earths",
        "hindcast-chn-ree-quota-2010-rare-earths",
        "hindcast-idn-baux-ban-2014-bauxite",
    }
    rows = some_hindcast.pairs.filter(pl.col("event_id") == "CHN_REE_QUOTA_2010")
    drawn = pictures["hindcast-chn-ree-quota-2010-rare-earths"].frame
    assert drawn.height == rows.height
    assert drawn["share_other"].to_list() == pytest.approx(rows["share_observed"].to_list())
    assert drawn["price"].to_list() == pytest.approx([math.exp(x) for x in rows["log_price_predicted"]])
    assert drawn.filter(~pl.col("scored"))["name"].str.ends_with("(small)").all()


def test_the_misses_are_the_scored_observations_outside_their_bands(part: Section, some_hindcast: Hindcast) -> None:
    scored = some_hindcast.pairs.filter("scored")
    outside = sum(
        scored.filter(
            (pl.col(f"{what}_observed") < pl.col(f"{what}_low")) | (pl.col(f"{what}_observed") > pl.col(f"{what}_high"))
        ).height
        for what in ("share", "log_price")
    )
    misses = table(part, "hindcast-misses")
    assert misses.frame.height == outside > 0
    assert misses.caption.startswith(f"Misses: {outside} of {2 * scored.height} ")
    assert misses.frame["record"].null_count() == 0


def test_what_could_not_be_judged_is_listed_with_its_reason(japan: Report, some_hindcast: Hindcast) -> None:
    """The embargo as if it had not shown in the year's trade."""
    embargo = pl.col("event_id") == "CHN_REE_JPN_EMBARGO_2010"
    faint = some_hindcast.pairs.with_columns(
        scored=pl.col("scored") & ~embargo,
        unscored=pl.when(embargo).then(pl.lit("not visible in annual data")).otherwise("unscored"),
    )
    made = hindcast.section(replace(japan, hindcast=replace(some_hindcast, pairs=faint)))
    assert made is not None
    frame = table(made, "hindcast-unjudged").frame
    assert frame["event"].to_list() == ["China: rare earths, embargo from 2010", "China: gallium, licensing from 2023"]
    assert frame["state"].to_list() == ["computed, not scored", "not in the data"]
    assert frame["reason"].str.len_chars().min() > 0


def test_a_hindcast_without_a_miss_says_so(japan: Report, some_hindcast: Hindcast) -> None:
    wide = some_hindcast.pairs.with_columns(
        share_low=pl.lit(0.0), share_high=pl.lit(1.0), log_price_low=pl.lit(-9.0), log_price_high=pl.lit(9.0)
    )
    made = hindcast.section(replace(japan, hindcast=replace(some_hindcast, pairs=wide)))
    assert made is not None
    assert any("Every scored observation" in p for b in made.blocks if isinstance(b, Text) for p in b.paragraphs)


def test_a_price_forecast_beyond_the_models_range_is_a_miss_without_a_figure(
    japan: Report, some_hindcast: Hindcast
) -> None:
    far = some_hindcast.pairs.with_columns(
        beyond=pl.lit(True), log_price_predicted=pl.lit(800.0), log_price_low=pl.lit(-9.0), log_price_high=pl.lit(900.0)
    )
    made = hindcast.section(replace(japan, hindcast=replace(some_hindcast, pairs=far)))
    assert made is not None
    misses = table(made, "hindcast-misses").frame.filter(pl.col("what").str.contains("price"))
    assert misses.height == far["scored"].sum()
    assert set(misses["predicted"]) == {"beyond the model's range (>10x)"}
    drawn = next(block for block in walk(made.blocks) if isinstance(block, Figure)).frame
    assert drawn["price"].null_count() == drawn.height
    assert drawn["price_open"].all()


def test_a_report_without_a_hindcast_has_no_such_section(japan: Report) -> None:
    assert hindcast.section(replace(japan, hindcast=None)) is None
