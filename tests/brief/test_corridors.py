"""The section on corridors shows the routes as computed, and says so where there is nothing to show."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from sogdia.brief import route_tables
from sogdia.brief.corridor_names import capacity_phrase, closure_phrase, numbered_names
from sogdia.brief.report import Report
from sogdia.brief.route_map import conditions, summary
from sogdia.brief.sections import corridors
from sogdia.corridors import Routes, main_port, partner_access, route
from sogdia.network import Corridors, embedded_shipments
from sogdia.render.blocks import Figure, Fold, Section, Table, tables, walk
from sogdia.render.formats import amount
from sogdia.study import Study


@pytest.fixture(scope="module")
def part(japan: Report) -> Section:
    made = corridors.section(japan)
    assert made is not None
    return made


def table(part: Section, key: str) -> Table:
    return next(found for found in tables((part,)) if found.key == key)


def test_every_shipment_starts_at_a_place_of_the_network_and_is_a_known_cargo(network: Corridors) -> None:
    for shipment in embedded_shipments():
        assert network.network.place(shipment.place).kind in {"mine", "plant"}
        assert network.rates.cargo_value(shipment.mineral, shipment.stage).usd_per_t.central > 0
        assert network.rates.formality(shipment.country).usd_per_t.central >= 0


def test_the_summary_holds_what_the_routes_say(part: Section, japan: Report) -> None:
    assert japan.corridors is not None
    frame = table(part, "corridors").frame
    assert frame.height == len(japan.corridors.ways) == 5
    for row, way in zip(frame.iter_rows(named=True), japan.corridors.ways, strict=True):
        best = way.routes.best.route
        assert row["cost_usd_per_t"] == best.cost_usd_per_t.central
        assert row["of_value"] == pytest.approx(best.cost_usd_per_t.central / way.routes.cargo.usd_per_t.central)
        assert row["independent_corridors"] == way.routes.independent_corridors


def test_the_alternatives_are_those_of_the_routes(chromite: Routes) -> None:
    shown, found = route_tables.alternatives(chromite, "x").frame, chromite.alternatives_table()
    for name in ("cost_usd_per_t", "days", "border_hours", "co2_kg_per_t", "capacity_t_per_year", "p_closure_12m"):
        assert shown[name].equals(found[name])
    assert (shown["independent"] == "yes").to_list() == found["independent"].to_list()
    assert shown["corridor"].n_unique() == shown.height


def test_the_premium_is_that_of_the_routes(chromite: Routes) -> None:
    shown, found = route_tables.premium(chromite, "x").frame, chromite.premium()
    assert shown["extra_usd_per_t"].equals(found["extra_usd_per_t"])
    assert shown["extra_days"].equals(found["extra_days"])
    assert "China: +" in route_tables.premium_phrase(chromite)


def test_what_is_shared_is_shared_both_ways(chromite: Routes) -> None:
    frame = route_tables.shared(chromite, "x").frame
    numbers = [name.split(" ")[0] for name in frame["corridor"]]
    for column in ("countries", "straits", "ports"):
        met = dict(zip(numbers, frame[column], strict=True))
        for number, text in met.items():
            for thing in filter(None, text.split("; ")):
                name, others = thing.removesuffix(")").rsplit(" (", 1)
                assert all(f"{name} (" in met[other] and number != other for other in others.split(", "))


def test_every_upgrade_has_a_row_of_its_own_with_its_source(part: Section, japan: Report) -> None:
    assert japan.corridors is not None
    shown = table(part, "corridor-upgrades")
    assert shown.rows_shown == 0
    assert sorted(shown.frame["upgrade"]) == sorted(upgrade.id for upgrade in japan.corridors.corridors.upgrades)
    assert (shown.frame["source"].str.len_chars() > 0).all()
    idle = shown.frame.filter(pl.col("change_usd_per_t").is_null() & pl.col("other_usd_per_t").is_null())
    assert idle.height
    assert idle["remark"].str.starts_with("No effect on cost or time of these mines' ways: ").all()
    assert (shown.frame["change_usd_per_t"].drop_nulls() <= 0).all()


def test_a_gain_on_a_way_that_is_not_the_cheapest_is_never_told_as_a_gain_of_today(
    part: Section, japan: Report
) -> None:
    assert japan.corridors is not None
    shown = table(part, "corridor-upgrades")
    today = pl.concat([way.upgrades.filter(pl.col("corridor") == 1) for way in japan.corridors.ways])
    largest = today.sort("change_usd_per_t").row(0, named=True)
    assert f"cheapest way of today is USD\u202f{amount(-largest['change_usd_per_t'])} a tonne" in shown.caption
    assert f"({largest['name']}; " in shown.caption
    assert shown.frame["change_usd_per_t"].min() == pytest.approx(largest["change_usd_per_t"])
    other = shown.frame.sort("other_usd_per_t", nulls_last=True).row(0, named=True)
    assert f"costs USD\u202f{amount(other['other_cost_usd_per_t'])} against" in shown.caption


def test_the_fold_of_a_shipment_lists_what_upgrades_change_on_each_corridor(part: Section, japan: Report) -> None:
    assert japan.corridors is not None
    shown = [found for found in tables((part,)) if found.file == "corridor-upgrades-by-way"]
    for found, way in zip(shown, japan.corridors.ways, strict=True):
        used = way.upgrades.filter("used")
        assert sorted(found.frame["change_usd_per_t"]) == sorted(used["change_usd_per_t"])


def test_an_upgrade_is_asked_about_on_every_corridor_by_closure(japan: Report) -> None:
    assert japan.corridors is not None
    for way in japan.corridors.ways:
        asked = [n for n, other in enumerate(way.routes.alternatives, start=1) if other.best_without is not None]
        assert way.upgrades["corridor"].unique().sort().to_list() == asked


def test_the_headlines_say_how_the_best_way_stands_and_how_likely_it_closes(
    part: Section, japan: Report, chromite: Routes
) -> None:
    assert japan.corridors is not None
    assert "chance of a closure within twelve months" in part.lead
    assert closure_phrase(chromite.best) in summary(chromite)
    assert {"p_closure_12m", "status_now", "not_usable"} <= {
        column.name for column in table(part, "corridors").columns if column.shown
    }


def test_a_way_without_a_country_between_is_told_as_direct(network: Corridors) -> None:
    direct = route(network, "CHN:Shanghai", "JPN:Yokohama", "rare_earths", k=1)
    assert summary(direct).startswith("The best way that can be used today is direct, by Shanghai: about USD")
    through = route(network, "KAZ:Khromtau", "JPN:Yokohama", "chromium", k=1)
    assert summary(through).startswith(
        "The best way that can be used today is through China, by Lianyungang: about USD"
    )


def test_a_capacity_is_told_with_the_link_that_sets_it_and_the_links_that_nobody_knows(
    network: Corridors, chromite: Routes
) -> None:
    by_china = chromite.best.route
    unknown = by_china.links_of_unknown_capacity
    assert capacity_phrase(network, by_china) == (
        f"at most 20.0\u202fMt (Dostyk – Alashankou); unknown for {unknown} of {len(by_china.links)} links"
    )
    direct = route(network, "CHN:Xuzhou", "CHN:Lianyungang", "rare_earths", k=1).best.route
    assert capacity_phrase(network, direct) == "unknown"


def test_states_that_change_nothing_are_left_out(part: Section) -> None:
    frame = table(part, "corridor-states").frame
    known = frame.drop_nulls("extra_usd_per_t")
    assert ((known["extra_usd_per_t"] != 0) | (known["extra_days"] != 0)).all()
    assert (frame.filter(pl.col("extra_usd_per_t").is_null())["then"] == "no route").all()


def test_the_map_draws_every_alternative_of_every_shipment(part: Section, japan: Report) -> None:
    assert japan.corridors is not None
    maps = [block for block in walk(part.blocks) if isinstance(block, Figure)]
    drawn = [set(figure.frame.filter(pl.col("what") == "line")["corridor"]) for figure in maps]
    assert drawn == [set(numbered_names(way.routes)) for way in japan.corridors.ways]


def test_each_shipment_has_a_fold(part: Section, japan: Report) -> None:
    assert japan.corridors is not None
    assert sum(isinstance(block, Fold) for block in part.blocks) == len(japan.corridors.ways)


def test_every_figure_behind_the_routes_is_listed_with_its_source(part: Section) -> None:
    frame = table(part, "corridor-sources").frame
    assert frame.select("table", "key").is_unique().all()
    assert (frame["source"].str.len_chars() > 0).all()
    assert set(frame["evidence"]) <= {"seen", "derived", "assumed"}


def test_another_importer_has_another_port(korea: Report) -> None:
    made = corridors.section(korea)
    assert made is not None
    assert made.lead.startswith("To Busan, South Korea,")


def test_partners_without_a_mine_in_the_network_are_told(germany: Report, network: Corridors) -> None:
    nothing = partner_access(network, embedded_shipments(), ["CUB", "FJI"], ["DEU"])
    made = corridors.section(replace(germany, corridors=nothing))
    assert made is not None
    assert made.blocks == ()
    assert "no mine or plant of these minerals in Cuba and Fiji" in made.lead


def test_partners_overseas_have_corridors_and_no_apology(germany: Report) -> None:
    made = corridors.section(germany)
    assert made is not None
    assert table(made, "corridors").frame["shipment"].to_list() == [
        "Lithium ore, Greenbushes lithium, Australia", "Lithium compound, Salar de Atacama lithium, Chile",
    ]  # fmt: skip


def test_an_importer_without_a_port_in_the_network_is_told(germany: Report, network: Corridors) -> None:
    nowhere = partner_access(network, embedded_shipments(), ["KAZ"], ["CHE"])
    made = corridors.section(replace(germany, corridors=nowhere))
    assert made is not None
    assert "has no port" in made.lead


def test_a_shipment_that_no_route_serves_is_told_with_its_reason(germany: Report, network: Corridors) -> None:
    cut = replace(network.network, links=tuple(link for link in network.network.links if link.mode != "sea"))
    stuck = partner_access(
        replace(network, network=cut, states=(), upgrades=()), embedded_shipments(), ["TKM"], ["JPN"]
    )
    made = corridors.section(replace(germany, corridors=stuck))
    assert made is not None
    assert "No route from TKM:Bereket to JPN:Yokohama" in made.lead


def test_no_partner_leaves_the_section_out(germany: Report) -> None:
    assert corridors.section(replace(germany, corridors=None)) is None
    assert Study("DEU", []).report(minerals=["lithium"], with_hindcast=False).corridors is None


def test_the_first_shipment_of_each_partner_comes_before_the_second_of_any(network: Corridors) -> None:
    found = partner_access(network, embedded_shipments(), ["KAZ", "TKM"], ["JPN"], most=3)
    assert [way.shipment.place for way in found.ways] == ["KAZ:Khromtau", "KAZ:Boguty", "TKM:Bereket"]


def test_only_shipments_of_the_minerals_asked_for_are_shown(network: Corridors) -> None:
    found = partner_access(network, embedded_shipments(), ["KAZ", "TKM"], ["JPN"], minerals=["tungsten"])
    assert [way.shipment.mineral for way in found.ways] == ["tungsten"]
    assert found.without_place == ("TKM",)


def test_a_port_of_destination_comes_before_another_port(network: Corridors) -> None:
    assert main_port(network.network, ["JPN"]) == "JPN:Yokohama"
    assert main_port(network.network, ["CHN"]) == "CHN:Lianyungang"
    assert main_port(network.network, ["CHE"]) is None


def test_what_was_closed_is_written_by_its_name_whatever_kind_it_is(network: Corridors) -> None:
    shut = ["CHN:Lianyungang", "dostyk_alashankou", "KAZ:Kuryk--AZE:Alat:ferry", "suez", "UZB", "russia_sanctions"]
    routes = route(network, "KAZ:Aktobe", "DEU:Bremerhaven", "chromium", stage="alloy", close=shut, k=1)
    (closed,) = conditions(routes)
    assert closed.startswith(
        "Closed: Lianyungang, China, Dostyk-Alashankou, Kuryk port \u2013 Alat (ferry), Suez Canal, Uz"
    )
