"""Are the curated tables what they promise: complete, sourced, honest about what is known?"""

from __future__ import annotations

import re

import polars as pl
import pytest

from sogdia.codes import countries
from sogdia.data import Store, catalogue, open_store, snapshot_folder, sources
from sogdia.data.schema import columns

ROWS = {
    "reserves": 360,
    "elasticities": 277,
    "class_elasticities": 30,
    "end_uses": 26,
    "stocks": 24,
    "claims": 22,
    "restriction_events": 39,
    "projects": 38,
    "processing_steps": 68,
}
CALIBRATED = {"class_elasticities"}
AGGREGATES = {"WLD", "ROW"}
EVIDENCE = {"seen", "derived", "assumed"}
FORBIDDEN = re.compile(r"recalled|from memory|computed here|this note|own computation|pypi|registry", re.IGNORECASE)
CENTRAL = {
    "reserves": ["reserves_t"],
    "elasticities": ["central"],
    "class_elasticities": ["central"],
    "end_uses": ["consumption_t", "eol_rir"],
    "stocks": ["stock_days"],
    "restriction_events": ["size"],
    "projects": ["capacity_t_per_year", "capex_musd"],
    "processing_steps": [
        "recovery",
        "value_usd_per_t",
        "energy_kwh_per_t",
        "cumulative_energy_mj_per_kg",
        "water_m3_per_t",
        "co2_t_per_t",
        "capex_usd_per_t_per_year",
    ],
}
BESIDE = {"reserves_t": "evidence", "consumption_t": "evidence", "central": "evidence", "stock_days": "stock_evidence"}


@pytest.fixture(scope="module")
def store() -> Store:
    return Store((snapshot_folder(),))


def end(column: str, which: str) -> str:
    """The name of the low or high column of a central one: energy_kwh_per_t -> energy_low_kwh_per_t."""
    if column == "central":
        return which
    if column == "cumulative_energy_mj_per_kg":
        return f"cumulative_energy_{which}_mj_per_kg"
    if column in {"stock_days", "eol_rir"}:
        return f"{column}_{which}"
    head, _, unit = column.partition("_")
    return f"{head}_{which}_{unit}" if unit else f"{head}_{which}"


@pytest.mark.parametrize("table", ROWS)
def test_every_table_is_scanned_with_its_schema_and_its_number_of_rows(store: Store, table: str) -> None:
    frame = store.scan(table).collect()
    assert frame.columns == [column.column for column in columns(table)]
    assert frame.height == ROWS[table]


def test_the_catalogue_holds_the_hashes_of_the_tables_as_they_are() -> None:
    assert open_store().damaged() == ()


@pytest.mark.parametrize("table", ROWS)
def test_every_row_names_a_source_that_resolves(store: Store, table: str) -> None:
    frame = store.scan(table).collect()
    assert set(frame["source_id"]) <= set(sources())
    entry = next(e for e in catalogue.read(snapshot_folder()) if e.table == table)
    assert set(entry.source_ids) == set(frame["source_id"])


@pytest.mark.parametrize("table", ROWS)
def test_evidence_is_seen_derived_or_assumed(store: Store, table: str) -> None:
    frame = store.scan(table).collect()
    allowed = {"calibrated", "assumed"} if table in CALIBRATED else EVIDENCE
    for column in [name for name in frame.columns if name.endswith("evidence")]:
        assert set(frame[column].drop_nulls()) <= allowed


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, names in CENTRAL.items() for c in names])
def test_low_is_at_most_central_and_central_at_most_high(store: Store, table: str, column: str) -> None:
    frame = store.scan(table).collect()
    low, high = pl.col(end(column, "low")), pl.col(end(column, "high"))
    assert frame.filter(low > pl.col(column)).is_empty()
    assert frame.filter(high < pl.col(column)).is_empty()
    assert frame.filter((low.is_not_null() | high.is_not_null()) & pl.col(column).is_null()).is_empty()
    assert frame[column].drop_nulls().len() > 0


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, names in CENTRAL.items() for c in names])
def test_an_assumed_figure_has_a_range(store: Store, table: str, column: str) -> None:
    frame = store.scan(table).collect()
    evidence = BESIDE.get(column) or f"{column.split('_', maxsplit=1)[0]}_evidence"
    if column == "cumulative_energy_mj_per_kg":
        evidence = "cumulative_energy_evidence"
    if column == "eol_rir":
        evidence = "eol_rir_evidence"
    bare = (
        (pl.col(evidence) == "assumed")
        & pl.col(column).is_not_null()
        & (pl.col(end(column, "low")).is_null() | pl.col(end(column, "high")).is_null())
    )
    assert frame.filter(bare).is_empty()


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, names in CENTRAL.items() for c in names])
def test_a_figure_says_how_well_it_is_known(store: Store, table: str, column: str) -> None:
    frame = store.scan(table).collect()
    named = [c for c in frame.columns if c.endswith("_evidence") and column.startswith(c.removesuffix("_evidence"))]
    evidence = named[0] if named else "evidence"
    assert frame.filter(pl.col(column).is_not_null() & pl.col(evidence).is_null()).is_empty()


@pytest.mark.parametrize("table", ["reserves", "end_uses", "stocks", "restriction_events", "projects"])
def test_countries_are_iso_codes_and_only_reserves_hold_aggregates(store: Store, table: str) -> None:
    named = set(store.scan(table).collect()["country"])
    assert named - set(countries()) == (AGGREGATES if table == "reserves" else set())


@pytest.mark.parametrize(
    "table",
    [
        "reserves",
        "elasticities",
        "end_uses",
        "stocks",
        "claims",
        "restriction_events",
        "projects",
        "processing_steps",
    ],
)
def test_minerals_are_keys_of_the_store(store: Store, table: str) -> None:
    assert set(store.scan(table).collect()["mineral"].drop_nulls()) <= set(store.minerals)


@pytest.mark.parametrize("table", ROWS)
def test_texts_speak_to_the_reader_not_of_how_the_table_was_made(table: str) -> None:
    text = (snapshot_folder() / f"{table}.csv").read_text(encoding="utf-8")
    assert FORBIDDEN.search(text) is None


def test_aggregates_of_reserves_are_marked_as_such(store: Store) -> None:
    frame = store.scan("reserves").collect()
    assert set(frame.filter(pl.col("aggregate") == "country")["country"]) <= set(countries())
    assert set(frame.filter(pl.col("aggregate") == "world")["country"]) == {"WLD"}
    assert set(frame.filter(pl.col("aggregate") == "rest")["country"]) == {"ROW"}


def test_unknown_reserves_are_null_and_known_zeros_are_zero(store: Store) -> None:
    frame = store.scan("reserves").collect()
    manganese = frame.filter((pl.col("mineral") == "manganese") & (pl.col("measure") == "usgs_economic"))
    by_country = dict(manganese.filter(pl.col("year") == 2025).select("country", "reserves_t").rows())
    assert by_country["USA"] == 0
    assert by_country["CIV"] is None
    assert by_country["ZAF"] == 550e6


def test_kazakh_manganese_differs_by_measure_as_published(store: Store) -> None:
    frame = store.scan("reserves").filter((pl.col("mineral") == "manganese") & (pl.col("country") == "KAZ")).collect()
    national = frame.filter((pl.col("measure") == "national_balance") & pl.col("reserves_t").is_not_null())
    assert national.select("reserves_t", "form", "year").rows() == [(600e6, "gross", 2025)]
    assert frame.filter(pl.col("measure") == "usgs_economic").is_empty()


@pytest.mark.parametrize("mineral", ["lead", "zinc", "molybdenum", "phosphate_rock", "fluorspar", "silver", "vanadium"])
def test_countries_and_the_rest_add_up_to_the_world_total_of_the_publisher(store: Store, mineral: str) -> None:
    """The publisher rounds the total to two figures, and leaves a few countries open."""
    frame = (
        store.scan("reserves").filter(pl.col("mineral") == mineral, pl.col("source_id") == "USGS_MCS_2026").collect()
    )
    world = frame.filter(pl.col("aggregate") == "world")["reserves_t"].item()
    parts = frame.filter(pl.col("aggregate") != "world")["reserves_t"].sum()
    assert parts == pytest.approx(world, rel=0.06)


def test_derived_national_stocks_follow_from_the_fall_and_its_share(store: Store) -> None:
    """A fall of 7.2 Mt that is 19.8 % of the old stock leaves 7.2 (1 / 0.198 - 1) Mt."""
    frame = store.scan("reserves").filter(pl.col("source_id") == "KAZWORLD_2013").collect()
    left = dict(frame.select("mineral", "reserves_t").rows())
    for mineral, fall, share in (("zinc", 7.2e6, 0.198), ("lead", 1.1e6, 0.065), ("copper", 2.4e6, 0.058)):
        assert left[mineral] == pytest.approx(fall * (1 / share - 1), rel=0.01)


def test_processing_costs_follow_from_the_projects_they_rest_on(store: Store) -> None:
    steps = store.scan("processing_steps").collect()
    projects = {row["project_id"]: row for row in store.scan("projects").collect().rows(named=True)}
    for mineral, step, project in (
        ("manganese", 1, "karamola"),
        ("antimony", 2, "talco_gold_konchoch"),
        ("gallium", 1, "erg_pavlodar_gallium"),
        ("copper", 1, "yoshlik_1"),
        ("tungsten", 1, "boguty_mine"),
        ("rare_earths", 2, "sareco_stepnogorsk"),
        ("graphite", 1, "sarytogan_stage_1a"),
    ):
        row = steps.filter(pl.col("mineral") == mineral, pl.col("step") == step).row(0, named=True)
        plant = projects[project]
        assert row["capex_evidence"] == "derived"
        cost = plant["capex_musd"] * 1e6 / plant["capacity_t_per_year"]
        assert row["capex_usd_per_t_per_year"] == pytest.approx(cost, rel=0.01)


def test_recoveries_are_shares(store: Store) -> None:
    frame = store.scan("processing_steps").collect()
    for column in ("recovery_low", "recovery", "recovery_high"):
        assert frame[column].drop_nulls().is_between(0, 1).all()


def test_places_of_projects_lie_in_central_asia(store: Store) -> None:
    frame = store.scan("projects").collect()
    assert frame["project_id"].is_unique().all()
    assert frame["latitude"].drop_nulls().is_between(35, 56).all()
    assert frame["longitude"].drop_nulls().is_between(46, 88).all()
    assert frame.filter(pl.col("latitude").is_null() != pl.col("location_evidence").is_null()).is_empty()


def test_all_claims_are_carried_in_order(store: Store) -> None:
    assert store.scan("claims").collect()["claim_id"].to_list() == [f"C{number:02}" for number in range(1, 23)]


def test_sources_have_addresses_that_can_be_followed() -> None:
    for one in sources().values():
        assert not one.url or one.url.startswith(("http://", "https://"))
        assert one.publisher
        assert one.licence
        assert one.licence_verified in {"yes", "no"}
        assert FORBIDDEN.search(one.url) is None
