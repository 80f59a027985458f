"""Which exporters make what they ship: hubs that pass on the goods of others are no makers.

Where production is counted at the stage of the code, a maker is a country with production of the mineral in any year of
the table `production`. Elsewhere it is an exporter that imports less than `re_export_share` of what it ships.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sogdia.data import Mineral, Store
from sogdia.data.minerals import Code


def producing_countries(store: Store) -> Mapping[str, frozenset[str]]:
    """The countries with production of each mineral in any year."""
    rows = store.scan("production").select("mineral", "country", "quantity").collect()
    some = rows.filter(pl.col("quantity") > 0).select("mineral", "country").unique().sort("mineral", "country")
    found: dict[str, set[str]] = {}
    for mineral, country in some.iter_rows():
        found.setdefault(mineral, set()).add(country)
    return {mineral: frozenset(countries) for mineral, countries in found.items()}


def is_maker(
    mineral: Mineral, code: Code, country: str, producers: Mapping[str, frozenset[str]], imported_part: float,
    re_export_share: float,
) -> bool:  # fmt: skip
    """Whether a country makes a code. imported_part: its imports of the code over its exports of it in the base."""
    counted_at_ore = mineral.ec_stage == "extraction"
    if mineral.key in producers and counted_at_ore == (code.stage == "ore"):
        return country in producers[mineral.key]
    return imported_part < re_export_share
