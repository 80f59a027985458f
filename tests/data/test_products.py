"""Processed products: who makes them, who sells them to an importer, and what a full release replaces."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from sogdia.codes import economy
from sogdia.data import Store, catalogue
from sogdia.data.products import HEADING, PRODUCT, SIX_DIGITS, ProductTables
from sogdia.data.schema import conform
from sogdia.errors import UnknownNameError
from sogdia.exposure.products import leading, product_answer

JAPAN, USA, EU27 = economy("JPN"), economy("USA"), economy("EU27")
YEAR = 2024


@pytest.fixture(scope="module")
def tables(store: Store) -> ProductTables:
    return ProductTables(store)


def test_published_figures_of_output_come_out(tables: ProductTables) -> None:
    gallium = tables.output(tables.product("gallium_metal"), YEAR)
    assert gallium is not None
    assert (gallium.world, gallium.year, gallium.unit) == (848.0, 2024, "t Ga")
    assert gallium.rows.row(0) == ("CHN", 839.0, pytest.approx(839 / 848))
    copper = tables.output(tables.product("copper_cathode"), YEAR)
    assert copper is not None
    assert copper.source_ids == ("USGS_MCS_2026",)


def test_output_with_a_main_maker_missing_is_not_complete_and_an_older_complete_year_is_taken(
    tables: ProductTables,
) -> None:
    chrome = tables.output(tables.product("ferrochrome"), YEAR)
    assert chrome is not None
    assert chrome.year == 2016
    assert dict(chrome.rows.select("country", "share").iter_rows()) == {"CHN": 0.43, "ZAF": 0.33}
    silicomanganese = tables.output(tables.product("silicomanganese"), YEAR)
    assert silicomanganese is not None
    assert not silicomanganese.complete
    assert silicomanganese.rows["share"].null_count() == silicomanganese.rows.height


def test_no_quantity_of_a_product_is_a_zero_that_stands_for_unknown(store: Store) -> None:
    rows = store.rows("product_output")
    dashes = rows.filter(pl.col("note").fill_null("").str.contains("dash in source"))
    assert dashes.height
    assert dashes["quantity"].null_count() == dashes.height


def test_shares_of_output_and_of_purchases_never_exceed_the_whole(tables: ProductTables) -> None:
    for product in tables.products.values():
        made = tables.output(product, YEAR)
        bought = [tables.purchases(product, importer, YEAR) for importer in (JAPAN, USA)]
        for rows in (made.rows if made else None, *(b.rows if b else None for b in bought)):
            assert rows is None or float(rows["share"].sum()) <= 1.05, product.key  # as published: IEA nickel 1.03


@pytest.mark.parametrize(
    ("product", "importer", "basis", "top", "share"),
    [
        ("antimony_metal", JAPAN, HEADING, "CHN", 0.281),
        ("ferro_alloys", JAPAN, HEADING, "KAZ", 0.225),
        ("tin_metal", JAPAN, HEADING, "MYS", 0.197),
        ("lithium_hydroxide", JAPAN, SIX_DIGITS, "CHN", 0.841),
        ("gallium_metal", JAPAN, PRODUCT, "CHN", 0.57),
        ("zinc_metal", USA, PRODUCT, "CAN", 0.57),
        ("rare_earth_metals", JAPAN, SIX_DIGITS, "VNM", 0.638),
    ],
)
def test_purchases_are_by_origin_from_the_best_source(
    tables: ProductTables, product: str, importer: object, basis: str, top: str, share: float
) -> None:
    bought = tables.purchases(tables.product(product), importer, YEAR)  # type: ignore[arg-type]
    assert bought is not None
    assert bought.basis == basis
    first = bought.rows.row(0, named=True)
    assert (first["origin"], first["share"]) == (top, pytest.approx(share, abs=0.001))


def test_a_heading_that_holds_other_products_is_not_taken_for_the_product(tables: ProductTables) -> None:
    assert tables.purchases(tables.product("ferrochrome"), JAPAN, YEAR) is None
    assert tables.purchases(tables.product("titanium_sponge"), JAPAN, YEAR) is None


def test_a_region_has_no_purchases_but_by_six_digits(tables: ProductTables) -> None:
    assert tables.purchases(tables.product("tin_metal"), EU27, YEAR) is None
    assert tables.purchases(tables.product("lithium_hydroxide"), EU27, YEAR) is not None


def test_tonnes_by_origin_are_those_that_a_compact_market_needs(tables: ProductTables) -> None:
    found = tables.bought_t(tables.product("magnesium_metal"), JAPAN, YEAR)
    assert found is not None
    tonnes, sources = found
    assert tonnes["CHN"] == pytest.approx(28_037)
    assert sources == ("UN_COMTRADE_2025",)
    gallium = tables.bought_t(tables.product("gallium_metal"), JAPAN, YEAR)
    assert gallium is not None
    assert gallium[0]["CHN"] == pytest.approx(55.0)
    assert tables.bought_t(tables.product("ferrochrome"), JAPAN, YEAR) is None
    price = tables.price(tables.product("magnesium_metal"), YEAR)
    assert price is not None
    assert (price.year, price.unit) == (2024, "USD/t")


def test_an_unknown_product_names_the_nearest(tables: ProductTables) -> None:
    with pytest.raises(UnknownNameError, match="ferrochrome"):
        tables.product("ferrochrom")


def test_a_release_with_the_code_replaces_the_carried_figures(
    store: Store, user_trade: Callable[[pl.DataFrame], Store]
) -> None:
    """Japan's antimony metal by heading is 28 % Chinese; a release that has 811000 is believed instead."""
    own = user_trade(
        pl.DataFrame(
            {"year": [YEAR, YEAR], "exporter": ["TJK", "CHN"], "importer": ["JPN", "JPN"], "hs6": ["811000"] * 2,
             "value_kusd": [900.0, 100.0], "quantity_t": [90.0, 10.0]}
        )
    )  # fmt: skip
    fresh = ProductTables(own)
    bought = fresh.purchases(fresh.product("antimony_metal"), JAPAN, YEAR)
    assert bought is not None
    assert (bought.basis, bought.quantity_t, bought.value_kusd) == (SIX_DIGITS, 100.0, 1000.0)
    assert bought.rows.row(0, named=True)["origin"] == "TJK"


@pytest.fixture
def user_trade(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Callable[[pl.DataFrame], Store]:
    """A store with a year of trade of the user's own over the snapshot."""

    def made(rows: pl.DataFrame) -> Store:
        folder = tmp_path_factory.mktemp("own")
        conform(rows, "trade").write_parquet(folder / "trade.parquet")
        entry = catalogue.entry_for(
            folder, "trade.parquet", table="trade", rows=rows.height, source_ids=("CEPII_BACI",), years=(YEAR,)
        )
        catalogue.write(folder, (entry,))
        return Store((*store.folders, folder))

    return made


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ({"AAA": 0.6, "BBB": 0.4}, ("AAA", 0.6, 0.52)),
        ({"AAA": 0.6, "BBB": 0.2}, ("AAA", 0.6, None)),
        ({"AAA": 0.3, "BBB": 0.2}, (None, None, None)),
        ({"AAA": 0.5, "ROW": 0.5}, ("AAA", 0.5, 0.25)),
        ({}, (None, None, None)),
    ],
)
def test_the_largest_and_the_index_need_what_they_rest_on(
    shares: dict[str, float], found: tuple[str | None, float | None, float | None]
) -> None:
    rows = pl.DataFrame(
        {"country": list(shares), "share": list(shares.values())}, schema={"country": pl.String, "share": pl.Float64}
    )
    assert leading(rows) == pytest.approx(found)


def test_every_product_asked_for_shows_a_line_with_its_sources(store: Store) -> None:
    answer = product_answer(store, JAPAN, None, YEAR, {}, {})
    assert answer.rows.height >= 50
    assert answer.rows["source_id"].str.len_chars().min() > 0
    assert {"antimony_oxide", "tin_metal", "ferrochrome", "silicomanganese", "ferronickel", "nickel_metal",
            "titanium_sponge", "gallium_metal", "germanium_metal", "magnesium_metal", "silicon_metal",
            "lithium_hydroxide", "cobalt_metal", "rare_earth_metals", "ndfeb_magnet", "uranium_compounds",
            "copper_cathode"} <= set(answer.rows["product"])  # fmt: skip
