"""What one can choose from: importers, minerals, years, places, closures, upgrades, cases and kinds of events."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import sogdia
from sogdia.codes import countries, regions
from sogdia.data import Store
from sogdia.data.products import Product, ProductTables
from sogdia.data.schema import columns
from sogdia.errors import DataError, UnknownNameError
from sogdia.market.events.registry import options
from sogdia.network import Corridors
from sogdia.questions.registry import network, questions
from sogdia.render.languages import catalogue, country_name, mineral_name

LANGUAGES = ("en", "ja")
"""Of the page. Names are given in each, those of places and closures in English alone."""


def choices(store: Store) -> dict[str, Any]:
    """Lists of records with a key each."""
    corridors = network()
    current = [country for country in countries().values() if country.status == "current"]
    return {
        "version": sogdia.__version__,
        "languages": list(LANGUAGES),
        "years": list(store.years),
        "complete_year": store.complete_year,
        "countries": [{"key": country.iso3, **_names(country_name, country.iso3)} for country in current],
        "regions": [
            {"key": region.key, **_names(country_name, region.key), "members": list(region.members)}
            for region in regions().values()
        ],
        "minerals": _minerals(store),
        "products": [_product(product) for product in ProductTables(store).products.values()],
        **_network(corridors),
        "cases": _cases(store),
        "purchases": {"columns": [column.column for column in columns("purchases")]},
        "events": [
            {"name": kind.name, "help": kind.help, "number": kind.number, "destinations": kind.destinations}
            for kind in options()
        ],
        "questions": [
            {
                "name": one.name,
                "summary": one.summary,
                "heavy": one.heavy,
                "parameters": [p.name for p in one.parameters()],
            }
            for one in questions()
        ],
    }


def _names(name: Callable[[str, str], str], key: str) -> dict[str, str]:
    """The name in each language, where there is one."""
    found = {}
    for code in LANGUAGES:
        with suppress(UnknownNameError):
            found[code] = name(key, code)
    return found


def _minerals(store: Store) -> list[dict[str, Any]]:
    products = ProductTables(store).products.values()
    return [
        {
            "key": mineral.key, **_names(mineral_name, mineral.key), "group": mineral.group,
            "stages": list(mineral.stages),
            "products": [_product(product) for product in products if product.mineral == mineral.key],
        }
        for mineral in store.minerals.values()
    ]  # fmt: skip


def _product(product: Product) -> dict[str, Any]:
    names = {"en": product.name, **_inside(f"product.{product.key}")}
    return {"key": product.key, **names, "mineral": product.mineral, "stage": product.stage}


def _inside(key: str) -> dict[str, str]:
    """What the catalogues of the other languages have under a key."""
    found = {}
    for code in LANGUAGES[1:]:
        with suppress(DataError):
            found[code] = catalogue(code)(key)
    return found


def _network(corridors: Corridors) -> dict[str, Any]:
    network = corridors.network
    used = {name for link in network.links for name in link.chokepoints}
    closures = [
        *({"key": state.id, "en": state.name, "kind": "state"} for state in corridors.states),
        *(
            {"key": point.id, "en": point.name, "kind": "chokepoint", "lat": point.lat, "lon": point.lon}
            for point in corridors.rates.chokepoints
            if point.id in used
        ),
        *({"key": border.id, "en": border.name, "kind": "border"} for border in network.borders),
    ]
    return {
        "places": [
            {"key": place.id, "en": place.name, "country": place.country, "kind": place.kind, "lat": place.lat,
             "lon": place.lon}
            for place in network.places
        ],
        "closures": closures,
        "states": [{"key": state.id, "en": state.name} for state in corridors.states],
        "upgrades": [{"key": upgrade.id, "en": upgrade.name, "kind": upgrade.kind} for upgrade in corridors.upgrades],
    }  # fmt: skip


def _cases(store: Store) -> list[dict[str, Any]]:
    from sogdia.scenarios.documented import documented_cases

    return [
        {"key": case.name, "mineral": case.event.mineral, "country": case.event.country, "kind": case.event.kind,
         "start": str(case.event.start), "answer": case.why_not is None}
        for case in documented_cases(store)
    ]  # fmt: skip
