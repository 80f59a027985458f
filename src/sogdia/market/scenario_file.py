"""A scenario in a file is TOML, checked whole before anything is computed.

name = "China cuts rare earths"
mineral = "rare_earths"
year = 2009                 # or base_years = [2006, 2007, 2008]
horizon_years = 1
contracted_share = 0.2
stock_days = { JPN = 60 }
cut = "CHN:JPN=0.4@compound"   # every option of the command line is a key, with one text or a list of them

[[event]]
kind = "export_limit"       # or any other kind of the registry of events, with the fields of its record
country = "CHN"
share = 0.4
destinations = ["JPN"]
stage = "compound"          # in a chain of stages; without it at every stage where it has an effect
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any

from sogdia import arguments
from sogdia.errors import Fault, InputError, SogdiaError, did_you_mean, remedy_of
from sogdia.market.events import AtStage, Event
from sogdia.market.events.countries import ONE_COUNTRY, SEVERAL_COUNTRIES
from sogdia.market.events.notation import listed, read_event, read_stocks, read_years
from sogdia.market.events.registry import kinds, options
from sogdia.market.places import all_countries, one_country
from sogdia.market.scenario import Scenario
from sogdia.tabular.documents import read_toml

TOP = (
    "name",
    "mineral",
    "stage",
    "year",
    "base_years",
    "horizon_years",
    "contracted_share",
    "stock",
    "stock_days",
    "spare",
    "event",
)
COUNTRY_TABLES = ("stock_days", "spare")
TEXTS = ("name", "mineral", "stage")
COUNTRY = "a country is an ISO code or an English name"
NUMBERS = ("horizon_years", "contracted_share")


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """What the file asks for. mineral, stage and base_years are None where it leaves them open."""

    scenario: Scenario
    mineral: str | None
    stage: str | None
    base_years: tuple[int, ...] | None


def read_scenario(path: Path) -> ScenarioFile:
    """Read and check a scenario file; InputError with every fault."""
    content = read_toml(arguments.path("path", path), "Compare it with docs/shock.md.")
    file = str(path)
    faults = _unknown_keys(file, "", content, [*TOP, *(option.name for option in options())])
    events = (*_listed_events(file, content, faults), *_written_events(file, content, faults))
    if not events and not faults:
        remedy = 'Write an [[event]], or one in a line, e.g. cut = "CHN=0.4". See docs/shock.md.'
        faults.append(Fault(file, "at least one [[event]] is needed", remedy, column="event"))
    years = _years(file, content, faults)
    texts = {key: _text(file, content, key, faults) for key in TEXTS}
    by_country = {key: _by_country(file, content, key, faults) for key in COUNTRY_TABLES}
    by_country["stock_days"] |= _written_stocks(file, content, faults)
    given = {key: _number(file, key, content[key], faults) for key in NUMBERS if key in content}
    numbers = {key: value for key, value in given.items() if value is not None}
    try:
        stocks, spare = by_country["stock_days"], by_country["spare"]
        scenario = Scenario(texts["name"] or path.stem, events, stock_days=stocks, spare=spare, **numbers)
    except InputError as error:
        faults += [_in_file(fault, file) for fault in error.faults]
    if faults:
        raise InputError(faults)
    return ScenarioFile(scenario, texts["mineral"], texts["stage"], years)


def _listed_events(file: str, content: Mapping[str, Any], faults: list[Fault]) -> list[Event]:
    """The events of the tables [[event]]."""
    entries = content.get("event", [])
    if not isinstance(entries, list):
        rule = "at least one [[event]] is needed"
        faults.append(Fault(file, rule, "See docs/shock.md.", column="event", value=str(entries)))
        return []
    events = (_event(file, f"event {number}", entry, faults) for number, entry in enumerate(entries, start=1))
    return [event for event in events if event is not None]


def _event(file: str, where: str, entry: Any, faults: list[Fault]) -> Event | None:
    """The event of one table; None where it has faults, which are added to the others."""
    by_key = {kind.key: kind.event for kind in kinds()}
    key = str(entry.get("kind")) if isinstance(entry, dict) else "none"
    if key not in by_key:
        hint = did_you_mean(key, by_key) or f"One of {', '.join(by_key)}."
        faults.append(Fault(file, "unknown kind of event", hint, column=f"{where}.kind", value=key))
        return None
    record: Any = by_key[key]
    names = [field.name for field in fields(record)]
    own = _unknown_keys(file, where, entry, ["kind", "stage", *names])
    values, country_faults = _countries(file, where, {k: v for k, v in entry.items() if k not in {"kind", "stage"}})
    missing = [field.name for field in fields(record) if _needed(field) and field.name not in entry]
    own += [Fault(file, "missing", f"{key} takes {', '.join(names)}.", column=f"{where}.{name}") for name in missing]
    if own or country_faults:
        faults += own + country_faults
        return None
    try:
        event: Event = record(**values)
        return AtStage(event, str(entry["stage"]).strip().casefold()) if "stage" in entry else event
    except InputError as error:
        faults += [_in_file(fault, file, where) for fault in error.faults]
    return None


def _written_events(file: str, content: Mapping[str, Any], faults: list[Fault]) -> list[Event]:
    """The events that are written in a line, by the names of their options."""
    events = []
    for option in options():
        try:
            events += [read_event(option, text) for text in listed(content.get(option.name), option.name)]
        except InputError as error:
            faults += [_in_file(fault, file) for fault in error.faults]
        except SogdiaError as error:
            faults.append(_country_fault(file, error, option.name, str(content[option.name])))
    return events


def _written_stocks(file: str, content: Mapping[str, Any], faults: list[Fault]) -> dict[str, float]:
    """Stocks that are written in a line; a fault where the table stock_days is there too."""
    if "stock" not in content:
        return {}
    if "stock_days" in content:
        faults.append(Fault(file, "stock and stock_days exclude each other", "Keep one of them.", column="stock"))
        return {}
    try:
        return read_stocks(content["stock"])
    except InputError as error:
        faults += [_in_file(fault, file) for fault in error.faults]
    except SogdiaError as error:
        faults.append(_country_fault(file, error, "stock", str(content["stock"])))
    return {}


def _lines(given: Any) -> list[Any]:
    """One text or a list of them."""
    return list(given) if isinstance(given, list | tuple) else [given]


def _country_fault(file: str, error: SogdiaError, column: str, value: str) -> Fault:
    """The fault of a name that is no country."""
    remedy, near = remedy_of(error)
    return Fault(file, COUNTRY, remedy, None, column, value, near)


def _countries(file: str, where: str, entry: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Country names as ISO codes; a region in a list is its members."""
    faults: list[Fault] = []
    values = dict(entry)

    def codes(name: object, column: str) -> tuple[str, ...]:
        try:
            return (one_country(str(name)),) if column in ONE_COUNTRY else all_countries([str(name)])
        except SogdiaError as error:
            faults.append(_country_fault(file, error, f"{where}.{column}", str(name)))
            return ()

    for key in [name for name in values if name in ONE_COUNTRY]:
        values[key] = "".join(codes(values[key], key))
    for key in [name for name in values if name in SEVERAL_COUNTRIES]:
        names = _lines(values[key])
        if not names:
            remedy = f"Name some, or leave {key} out for all."
            faults.append(Fault(file, "an empty list means nobody", remedy, column=f"{where}.{key}", value="[]"))
        values[key] = tuple(dict.fromkeys(member for name in names for member in codes(name, key)))
    return values, faults


def _text(file: str, content: dict[str, Any], key: str, faults: list[Fault]) -> str | None:
    value = content.get(key)
    if value is None or isinstance(value, str):
        return value
    faults.append(Fault(file, "must be text", "Put it in quotes.", column=key, value=str(value)))
    return None


def _number(file: str, column: str, value: object, faults: list[Fault]) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    faults.append(Fault(file, "must be a number", "Write it without quotes.", column=column, value=str(value)))
    return None


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING


def _by_country(file: str, content: dict[str, Any], key: str, faults: list[Fault]) -> dict[str, float]:
    """A table of numbers by country, keyed by ISO codes."""
    given = content.get(key, {})
    if not isinstance(given, dict):
        remedy = f"Write {key} = {{ JPN = 60 }}."
        faults.append(Fault(file, "must be a table of numbers by country", remedy, column=key, value=str(given)))
        return {}
    by_code: dict[str, float] = {}
    for name, value in given.items():
        try:
            code = one_country(name)
            if code in by_code:
                faults.append(
                    Fault(file, f"{code} is given twice", "Keep one.", column=f"{key}.{name}", value=str(value))
                )
            number = _number(file, f"{key}.{name}", value, faults)
            if number is not None:
                by_code[code] = number
        except SogdiaError as error:
            faults.append(_country_fault(file, error, f"{key}.{name}", name))
    return by_code


def _years(file: str, content: dict[str, Any], faults: list[Fault]) -> tuple[int, ...] | None:
    if "year" in content and "base_years" in content:
        faults.append(Fault(file, "year and base_years exclude each other", "Keep one of them.", column="year"))
    given = content.get("base_years", content.get("year"))
    if given is None:
        return None
    if isinstance(given, str) and "base_years" in content:
        try:
            return read_years(given)
        except InputError as error:
            faults += [_in_file(fault, file) for fault in error.faults]
            return None
    years = given if isinstance(given, list) else [given]
    if not years or not all(isinstance(y, int) and not isinstance(y, bool) for y in years):
        faults.append(Fault(file, "a year is a whole number", "Write year = 2009.", column="year", value=str(given)))
        return None
    return tuple(sorted(set(years)))


def _unknown_keys(file: str, where: str, entry: Mapping[str, Any], known: Any) -> list[Fault]:
    return [
        Fault(
            file,
            "unknown key",
            did_you_mean(key, known) or f"Known: {', '.join(known)}.",
            column=f"{where}.{key}".lstrip("."),
        )
        for key in entry
        if key not in known
    ]


def _in_file(fault: Fault, file: str, where: str = "") -> Fault:
    """A fault of a keyword of an event or a scenario, in the file and at the place where it stands."""
    column = ".".join(part for part in (where, fault.file) if part)
    return Fault(file, fault.rule, fault.remedy, column=column, value=fault.value)
