"""The section on losses shows what was computed, and prices nothing beyond the model's range."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from sogdia.brief.report import Report
from sogdia.brief.sections import supplier_loss
from sogdia.brief.sections.supplier_loss import SHOWN
from sogdia.render.blocks import Figure, Section, Table, tables, walk
from sogdia.render.plot.picture import WIDE
from sogdia.uncertain import BEYOND

OUTSIDE = "beyond the model's range (>10x)"


@pytest.fixture(scope="module")
def part(japan: Report) -> Section:
    made = supplier_loss.section(japan)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def table(part: Section) -> Table:
    (found,) = tables((part,))
    return found


@pytest.fixture(scope="module")
def with_one_beyond(japan: Report) -> Section:
    """The same with the first loss beyond the model's range and the band of the second going on."""
    first, second = pl.int_range(pl.len()) == 0, pl.int_range(pl.len()) == 1
    rows = japan.losses.rows.with_columns(
        beyond=first,
        price_paid=pl.when(first).then(14.0).otherwise("price_paid"),
        price_paid_low=pl.when(first).then(12.0).otherwise("price_paid_low"),
        price_paid_high=pl.when(first | second).then(None).otherwise("price_paid_high"),
        import_bill_change_kusd=pl.when(first).then(None).otherwise("import_bill_change_kusd"),
    )
    made = supplier_loss.section(replace(japan, losses=replace(japan.losses, rows=rows)))
    assert made is not None
    return made


def test_every_loss_stands_in_the_table_once(japan: Report, table: Table) -> None:
    keys = ["mineral", "country"]
    expected = japan.losses.rows.select("mineral", country="supplier").sort(keys)
    assert table.frame.select(keys).sort(keys).equals(expected)


def test_prices_and_money_are_those_of_the_result(japan: Report, table: Table) -> None:
    both = table.frame.join(
        japan.losses.rows.filter(~pl.col("beyond")), left_on=["mineral", "country"], right_on=["mineral", "supplier"]
    )
    assert both.height == japan.losses.rows.filter(~pl.col("beyond")).height > 0
    assert both["price"].equals(both["price_paid"])
    assert (both["loss_musd"] * -1e3 - both["surplus_change_kusd"]).abs().max() == pytest.approx(0.0, abs=1e-6)
    assert (both["bill_musd"] * 1e3 - both["import_bill_change_kusd"]).abs().max() == pytest.approx(0.0, abs=1e-6)


def test_the_low_end_of_a_loss_is_not_above_its_high_end(table: Table) -> None:
    known = table.frame.drop_nulls(["loss_low_musd", "loss_high_musd"])
    assert known.height > 0
    assert (known["loss_low_musd"] <= known["loss_musd"]).all()
    assert (known["loss_musd"] <= known["loss_high_musd"]).all()


def test_a_loss_beyond_the_models_range_says_so_and_has_no_price_and_no_bill(
    japan: Report, with_one_beyond: Section
) -> None:
    (table,) = tables((with_one_beyond,))
    outside = table.frame.filter("beyond")
    assert outside["mineral"].to_list() == [japan.losses.rows["mineral"][0]]
    assert outside["price_band"].to_list() == [OUTSIDE]
    for name in ("price", "bill_musd"):
        assert outside[name].null_count() == outside.height
    assert outside["loss_musd"].null_count() == 0


def test_no_end_of_a_band_shows_a_price_beyond_the_models_range(with_one_beyond: Section) -> None:
    (table,) = tables((with_one_beyond,))
    for name in ("price", "price_low", "price_high"):
        assert table.frame[name].drop_nulls().max() <= BEYOND
    wide = table.frame.filter(~pl.col("beyond"), pl.col("price_high").is_null())
    assert wide.height == 1
    assert wide["price_band"].str.ends_with(f">{BEYOND:g}").all()


def test_the_largest_loss_leads(table: Table, with_one_beyond: Section) -> None:
    priced = table.frame.filter(~pl.col("beyond"))
    assert priced["loss_musd"].is_sorted(descending=True)
    assert "beyond what the model can price" in with_one_beyond.lead


def test_the_charts_hold_to_their_axes(with_one_beyond: Section) -> None:
    figures = [block for block in walk(with_one_beyond.blocks) if isinstance(block, Figure)]
    assert [figure.key for figure in figures] == ["loss-prices", "loss-money"]
    prices = figures[0].frame
    assert prices["price_high"].max() <= BEYOND
    assert prices.filter("price_open")["price_high"].unique().to_list() == [BEYOND]


def test_the_chart_of_money_shows_the_largest_losses_though_their_bands_hold_gains(with_one_beyond: Section) -> None:
    (money,) = (
        block for block in walk(with_one_beyond.blocks) if isinstance(block, Figure) and block.key == "loss-money"
    )
    (rows,) = tables((with_one_beyond,))
    assert money.frame["loss"].to_list() == rows.frame.filter(~pl.col("beyond"))["loss_musd"].head(SHOWN).to_list()
    assert money.frame["loss_low"].min() < 0 < money.frame["loss_high"].min()
    bands = re.findall(r'<rect class="f-band" x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"', money.draw(WIDE).body)
    assert len({start for start, _ in bands}) == money.frame["loss_low"].n_unique()
    assert max(float(start) + float(width) for start, width in bands) < WIDE


def test_no_loss_to_ask_about_leaves_the_section_out(japan: Report) -> None:
    assert supplier_loss.section(replace(japan, losses=replace(japan.losses, rows=japan.losses.rows.clear()))) is None


def test_losses_of_which_none_can_be_priced_still_make_a_section(japan: Report) -> None:
    rows = japan.losses.rows.with_columns(beyond=True, price_paid=14.0)
    made = supplier_loss.section(replace(japan, losses=replace(japan.losses, rows=rows)))
    assert made is not None
    assert [block.key for block in walk(made.blocks) if isinstance(block, Figure)] == ["loss-prices"]


def test_losses_of_products_have_a_table_and_a_sentence_of_their_own() -> None:
    from types import SimpleNamespace
    from typing import Any, cast

    from sogdia import Study
    from sogdia.brief.product_losses import product_sentence, product_table

    study = Study("JPN")
    losses = study.supplier_losses(["antimony", "gallium"], draws=2)
    report: Any = cast("Any", SimpleNamespace(losses=losses, importer=study.importer))
    table = product_table(report)
    assert table is not None
    rows = {(row["product"], row["supplier"]): row for row in table.frame.iter_rows(named=True)}
    assert rows["gallium_metal", "China"]["stops"] == "all exports"
    assert rows["antimony_metal", "Vietnam"]["stops"] == "sales to the importer"
    assert all(row["loss_musd"] > 0 for row in rows.values())
    assert "a year without China in antimony oxide would cost most" in product_sentence(report)
