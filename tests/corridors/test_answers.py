"""Routes and the access of partners have the shape of every answer: table, notes, sources and plain values."""

from __future__ import annotations

import json

import polars as pl
import pytest

from sogdia.answer import KEYS, Answer
from sogdia.corridors import Access, Routes, partner_access, route
from sogdia.data.provenance import sources
from sogdia.network import Corridors, embedded_shipments

CHROMITE = ("KAZ:Khromtau", "JPN:Yokohama", "chromium")


@pytest.fixture(scope="module")
def chromite(embedded: Corridors) -> Routes:
    return route(embedded, *CHROMITE, k=3, upgrade=["tir_green_lane"])


@pytest.fixture(scope="module")
def access(embedded: Corridors) -> Access:
    return partner_access(embedded, embedded_shipments(), ["KAZ", "TJK", "FRA"], ["JPN"], minerals=["antimony", "zinc"])


def test_the_table_of_routes_has_the_columns_of_every_answer(chromite: Routes) -> None:
    table = chromite.table()
    assert isinstance(chromite, Answer)
    assert tuple(table.columns) == (*KEYS, "alternative", "via")
    assert set(table.select("importer", "country", "mineral", "stage").unique().rows()) == {
        ("JPN", "KAZ", "chromium", "ore")
    }


def test_the_long_table_holds_the_figures_of_the_wide_one(chromite: Routes) -> None:
    long, wide = chromite.table(), chromite.alternatives_table()
    for variable, column, stat in (
        ("cost_usd_per_t", "cost_usd_per_t", "central"),
        ("cost_usd_per_t", "cost_low_usd_per_t", "low"),
        ("cost_usd_per_t", "cost_high_usd_per_t", "high"),
        ("days", "days_high", "high"),
        ("border_hours", "border_hours", "central"),
        ("km", "km", "value"),
        ("co2_kg_per_t", "co2_kg_per_t", "central"),
        ("capacity_t_per_year", "capacity_t_per_year", "value"),
        ("p_closure_12m", "p_closure_12m", "central"),
        ("difference_to_best", "difference_high_usd_per_t", "high"),
        ("probability_cheapest", "probability_cheapest", "value"),
    ):
        rows = long.filter(pl.col("variable") == variable, pl.col("stat") == stat).sort("alternative")
        assert rows["value"].to_list() == wide[column].to_list(), (variable, stat)


def test_every_figure_names_sources_that_exist_and_no_source_is_named_for_nothing(chromite: Routes) -> None:
    named = {name for cell in chromite.table()["source_id"] for name in cell.split(";")}
    assert named <= set(chromite.sources()) <= set(sources())
    assert len(chromite.sources()) == len(set(chromite.sources()))
    in_evidence = {name for cell in chromite.evidence()["source_id"] for name in cell.split(";")}
    assert in_evidence == set(chromite.sources())


def test_a_risk_rests_on_states_and_a_length_on_links_alone(chromite: Routes) -> None:
    evidence = chromite.evidence()

    def ids(tables: tuple[str, ...]) -> set[str]:
        cells = evidence.filter(pl.col("table").is_in(tables))["source_id"]
        return {name for cell in cells for name in cell.split(";")}

    by_variable = {
        variable: {name for cell in rows["source_id"] for name in cell.split(";")}
        for (variable,), rows in chromite.table().group_by("variable")
    }
    assert by_variable["p_closure_12m"] == ids(("states",))
    assert by_variable["km"] == ids(("links", "detours"))


def test_an_upgrade_taken_as_built_is_among_the_evidence(chromite: Routes) -> None:
    rows = chromite.evidence().filter(pl.col("table") == "upgrades")
    assert rows["key"].to_list() == ["tir_green_lane"]
    assert "IRU_2023_GREENLANE" in rows["source_id"][0]


def test_the_plain_values_are_json_with_notes_and_citations(chromite: Routes) -> None:
    content = json.loads(json.dumps(chromite.to_dict(), allow_nan=False))
    assert list(content["sources"]) == list(chromite.sources())
    assert all(text.startswith(sources()[name].publisher) for name, text in content["sources"].items())
    assert content["notes"] == list(chromite.notes)
    assert len(content["evidence"]) == chromite.evidence().height


def test_the_note_on_evidence_counts_the_rows_of_the_evidence(chromite: Routes) -> None:
    counts = dict(chromite.evidence()["evidence"].value_counts().iter_rows())
    assert any(f"{counts['assumed']} assumed" in note and f"{counts['derived']} derived" in note
               for note in chromite.notes)  # fmt: skip


def test_a_notebook_shows_title_notes_and_table_with_hostile_text_escaped(chromite: Routes) -> None:
    shown = chromite._repr_html_()
    assert "Routes for chromium ore from KAZ:Khromtau to JPN:Yokohama" in shown
    assert all(note in shown for note in chromite.notes)
    assert repr(chromite).startswith("<Routes: Routes for chromium ore")


def test_the_access_of_partners_is_an_answer_with_the_rows_of_all_shipments(access: Access) -> None:
    table = access.table()
    assert tuple(table.columns) == (*KEYS, "alternative", "via")
    assert table.height == sum(way.routes.table().height for way in access.ways)
    assert {name for way in access.ways for name in way.routes.sources()} <= set(access.sources()) <= set(sources())
    assert set(access.to_dict()["sources"]) == set(access.sources())
    json.dumps(access.to_dict(), allow_nan=False)


def test_the_access_says_who_has_no_shipment_and_how_good_the_evidence_is(access: Access) -> None:
    assert any("no shipment of FRA" in note for note in access.notes)
    assert sum("Figures behind this answer" in note for note in access.notes) == 1


def test_an_importer_without_a_port_is_an_answer_without_rows(embedded: Corridors) -> None:
    nothing = partner_access(embedded, embedded_shipments(), ["KAZ"], ["CHE"])
    assert nothing.table().is_empty()
    assert nothing.sources() == ()
    assert nothing.to_dict()["destination"] is None
