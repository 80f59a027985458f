"""Published prices, times, border hours and capacities against what the network gives, each with a tolerance.

A container of 40 ft is taken to hold 25 t. `freight` is that of the cheapest way while some countries are closed,
`outlay` freight, handling and borders together. What lies outside its tolerance is named so, and why.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from sogdia.corridors.compare import Pair, pair
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.standing import Today
from sogdia.data.provenance import sources
from sogdia.network import embedded_corridors
from sogdia.network.closures import effects_of_closing

T_PER_FEU = 25.0
HOURS_PER_DAY = 24.0
EMBEDDED = embedded_corridors()
with (Path(__file__).parent / "published_corridor_figures.csv").open(encoding="utf-8", newline="") as _file:
    FIGURES = list(csv.DictReader(_file))


def without_states(asked: Pair) -> Pair:
    """The way on paper: published prices hold whoever the buyer is."""
    return replace(asked, now=Today())


def computed(row: dict[str, str]) -> float:
    """The figure of the network."""
    network, kind, start, end = EMBEDDED.network, row["figure"], row["from"], row["to"]
    if kind == "border_hours":
        return network.border(end).hours_from(start).central
    if kind == "capacity":
        known = {frozenset((link.start, link.end)): link.capacity_t_per_year for link in network.links}
        return (known[frozenset((start, end))] or 0.0) / 1e6
    asked = without_states(pair(EMBEDDED, start, end, cargo_of(EMBEDDED.rates, "copper", "metal")))
    way = asked.best(effects_of_closing(network, filter(None, row["close"].split(";"))))
    assert way is not None, row
    paid = {name: figure.central for name, figure in way.components_usd_per_t.items()}
    return {
        "freight": T_PER_FEU * paid["freight"],
        "outlay": T_PER_FEU * (paid["freight"] + paid["handling"] + paid["border"] + paid["toll"]),
        "days": way.days.central,
        "way_days": (way.hours["running"].central + way.hours["border"].central) / HOURS_PER_DAY,
        "running_days": way.hours["running"].central / HOURS_PER_DAY,
    }[kind]


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: f"{row['figure']} {row['from']} {row['to']} {row['value']}")
def test_a_published_figure_is_met_within_its_tolerance_or_said_to_be_missed(row: dict[str, str]) -> None:
    met = computed(row) == pytest.approx(float(row["value"]), rel=float(row["tolerance"]))
    assert met == (row["inside"] == "yes"), (row, computed(row))
    assert row["source_id"] in sources()


def test_at_least_twenty_published_figures_are_met_and_the_others_are_explained() -> None:
    assert len(FIGURES) >= 25
    missed = [row for row in FIGURES if row["inside"] != "yes"]
    assert len(FIGURES) - len(missed) >= 20
    assert all(row["note"] for row in missed)
    page = (Path(__file__).parents[2] / "docs" / "corridor_data.md").read_text(encoding="utf-8")
    assert all(f"{float(row['value']):,g}" in page for row in missed)
