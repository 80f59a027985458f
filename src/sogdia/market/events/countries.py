"""Country names in the fields of an event become ISO codes; a region in a list becomes its members.

By its name a field holds one country (`country`) or several (`destinations`, `countries`), in every kind of event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sogdia.market.events.at_stage import AtStage
from sogdia.market.events.effects import Event
from sogdia.market.places import all_countries, one_country

ONE_COUNTRY = frozenset({"country"})
SEVERAL_COUNTRIES = frozenset({"destinations", "countries"})


def country_codes(field: str, value: Any) -> Any:
    """The value of a field with its countries as ISO codes; UnknownNameError where one is not known."""
    if field in ONE_COUNTRY:
        return one_country(str(value))
    if field in SEVERAL_COUNTRIES:
        return all_countries([value] if isinstance(value, str) else [str(name) for name in value])
    return value


def with_codes(event: Event) -> Event:
    """The event with all its countries as ISO codes."""
    if isinstance(event, AtStage):
        return AtStage(with_codes(event.event), event.stage)
    record: Any = event
    given = {field.name: getattr(record, field.name) for field in fields(record)}
    resolved: Event = replace(record, **{name: country_codes(name, value) for name, value in given.items()})
    return resolved


def keyed_by_codes(values: Mapping[str, float]) -> dict[str, float]:
    """Numbers by country, keyed by ISO codes."""
    return {one_country(name): value for name, value in values.items()}
