"""Codes and names of countries, regions, products and minerals, and what they mean in which year."""

from sogdia.codes.aliases import country_alias, label_alias, mineral_alias, mineral_word, name_key
from sogdia.codes.countries import (
    BaciCode,
    Country,
    baci_codes,
    baci_iso3,
    countries,
    country,
    country_named,
    ended,
    unclear,
)
from sogdia.codes.hs import hs6_problem
from sogdia.codes.regions import Region, economy, must_be_disjoint, own_regions, regions

__all__ = [
    "BaciCode",
    "Country",
    "Region",
    "baci_codes",
    "baci_iso3",
    "countries",
    "country",
    "country_alias",
    "country_named",
    "economy",
    "ended",
    "hs6_problem",
    "label_alias",
    "mineral_alias",
    "mineral_word",
    "must_be_disjoint",
    "name_key",
    "own_regions",
    "regions",
    "unclear",
]
