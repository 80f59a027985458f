"""The packaged tables of hazards are complete and sourced, and carry nothing that may not be carried."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from sogdia.codes import countries
from sogdia.data.provenance import sources
from sogdia.hazards.curve import packaged_curves
from sogdia.hazards.kinds import earthquake, outburst
from sogdia.hazards.packaged import figures
from sogdia.hazards.seismic.sites import HazardOptions, sites
from sogdia.network import Network
from sogdia.network.records import PLACE_KINDS
from sogdia.tabular.evidence import EVIDENCE

FOLDER = files("sogdia.hazards").joinpath("tables")
TABLES = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".csv"))


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(FOLDER.joinpath(table).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_sources_that_resolve_and_its_evidence(table: str) -> None:
    for row in rows(table):
        assert set(row["source_id"].split(";")) <= set(sources()), row
        assert row["evidence"] in EVIDENCE, row
        assert None not in row, row
        assert row["evidence"] != "assumed" or row["note"], row


def test_what_comes_from_memory_alone_is_marked_as_assumed() -> None:
    for table in TABLES:
        for row in rows(table):
            if "HAZUS_MANUAL" in row["source_id"] or row["source_id"] == "SOGDIA_ASSUMPTION":
                assert row["evidence"] == "assumed", (table, row)


def test_every_curve_belongs_to_a_place_and_every_link_of_a_basin_exists(network: Network) -> None:
    assert set(packaged_curves()) <= {place.id for place in network.places}
    assert len(packaged_curves()) == 227
    assert {row["link"] for row in rows("glof_links.csv")} <= {link.id for link in network.links}
    assert {row["country"] for row in rows("code_levels.csv")} - {"*"} <= set(countries())


def test_every_kind_of_place_has_an_asset() -> None:
    assert {row["kind"] for row in rows("assets.csv") if row["target_kind"] == "place"} == set(PLACE_KINDS)


def test_a_place_without_a_curve_is_unknown_and_one_with_a_curve_is_a_site(network: Network) -> None:
    found, gaps = sites(network, HazardOptions())
    targets = {site.target for site in found}
    unknown = {gap.target for gap in gaps if gap.status == "unknown"}
    assert not targets & unknown
    for place in network.places:
        assert (place.id in targets) == (place.id in packaged_curves())
        assert (place.id in unknown) == (place.id not in packaged_curves())


def test_no_catalogue_of_earthquakes_is_carried() -> None:
    assert len(rows("ruptures.csv")) < 20
    assert all("ISC_GEM" not in row["source_id"] for row in rows("ruptures.csv"))


def test_the_low_middle_and_high_of_a_figure_are_in_order() -> None:
    assert len(figures()) > 15
    assert all(row.value.low <= row.value.central <= row.value.high for row in figures().values())


def test_the_kinds_name_the_actions_of_the_table() -> None:
    named = {action.name for kind in (earthquake, outburst) for action in kind.actions()}
    assert named == {row["name"] for row in rows("actions.csv")}
