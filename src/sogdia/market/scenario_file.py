"""How does one write a scenario down? A TOML file, checked whole before anything is computed.

name = "China cuts rare earths"
mineral = "rare_earths"
year = 2009                 # or base_years = [2006, 2007, 2008]
horizon_years = 1
contracted_share = 0.2
stock_days = { JPN = 60 }

[[event]]
kind = "export_limit"       # export_duty, output_change, demand_change, transport_change
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

from sogdia.errors import Fault, InputError, SogdiaError, did_you_mean
from sogdia.market.events import AtStage, DemandChange, Event, ExportDuty, ExportLimit, OutputChange, TransportChange
from sogdia.market.places import all_countries, one_country
from sogdia.market.scenario import Scenario
from sogdia.tabular.documents import read_toml

KINDS: Mapping[str, type[Event]] = {
    "export_limit": ExportLimit,
    "export_duty": ExportDuty,
    "output_change": OutputChange,
    "demand_change": DemandChange,
    "transport_change": TransportChange,
}
TOP = (
    "name",
    "mineral",
    "stage",
    "year",
    "base_years",
    "horizon_years",
    "contracted_share",
    "stock_days",
    "spare",
    "event",
)
COUNTRY_LISTS = ("destinations", "countries")
COUNTRY_TABLES = ("stock_days", "spare")
TEXTS = ("name", "mineral", "stage")
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
    content = read_toml(path, "Compare it with docs/shock.md.")
    faults = _unknown_keys(str(path), "", content, TOP)
    events, event_faults = _events(str(path), content.get("event", []))
    faults += event_faults
    years = _years(str(path), content, faults)
    texts = {key: _text(str(path), content, key, faults) for key in TEXTS}
    held = {key: _by_country(str(path), content, key, faults) for key in COUNTRY_TABLES}
    given = {key: _number(str(path), key, content[key], faults) for key in NUMBERS if key in content}
    numbers = {key: value for key, value in given.items() if value is not None}
    try:
        scenario = Scenario(
            texts["name"] or path.stem, tuple(events), stock_days=held["stock_days"], spare=held["spare"], **numbers
        )
    except InputError as error:
        faults += [_in_file(fault, str(path)) for fault in error.faults]
    if faults:
        raise InputError(faults)
    return ScenarioFile(scenario, texts["mineral"], texts["stage"], years)


def _events(file: str, entries: Any) -> tuple[list[Event], list[Fault]]:
    if not isinstance(entries, list) or not entries:
        return [], [Fault(file, "at least one [[event]] is needed", "See docs/shock.md.", column="event")]
    events: list[Event] = []
    faults: list[Fault] = []
    for number, entry in enumerate(entries, start=1):
        where = f"event {number}"
        kind = str(entry.get("kind")) if isinstance(entry, dict) else "none"
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS) or f"One of {', '.join(KINDS)}."
            faults.append(Fault(file, "unknown kind of event", hint, column=f"{where}.kind", value=kind))
            continue
        names = [f.name for f in fields(KINDS[kind])]  # type: ignore[arg-type]
        own = _unknown_keys(file, where, entry, ["kind", "stage", *names])
        given = {k: v for k, v in entry.items() if k not in {"kind", "stage"}}
        values, country_faults = _countries(file, where, given)
        missing = [f.name for f in fields(KINDS[kind]) if _needed(f) and f.name not in entry]  # type: ignore[arg-type]
        own += [
            Fault(file, "missing", f"{kind} takes {', '.join(names)}.", column=f"{where}.{name}") for name in missing
        ]
        if own or country_faults:
            faults += own + country_faults
            continue
        try:
            event = KINDS[kind](**values)
            events.append(AtStage(event, entry["stage"]) if "stage" in entry else event)
        except InputError as error:
            faults += [_in_file(fault, file, where) for fault in error.faults]
    return events, faults


def _countries(file: str, where: str, entry: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Country names as ISO codes; a region in a list is its members."""
    faults: list[Fault] = []
    values = dict(entry)

    def codes(name: object, column: str) -> tuple[str, ...]:
        try:
            return (one_country(str(name)),) if column == "country" else all_countries([str(name)])
        except SogdiaError as error:
            faults.append(
                Fault(
                    file,
                    "a country is an ISO code or an English name",
                    str(error),
                    column=f"{where}.{column}",
                    value=str(name),
                )
            )
            return ()

    if "country" in values:
        values["country"] = "".join(codes(values["country"], "country"))
    for key in COUNTRY_LISTS:
        if key in values:
            listed = values[key] if isinstance(values[key], list) else [values[key]]
            if not listed:
                remedy = f"Name some, or leave {key} out for all."
                faults.append(Fault(file, "an empty list means nobody", remedy, column=f"{where}.{key}", value="[]"))
            values[key] = tuple(dict.fromkeys(member for name in listed for member in codes(name, key)))
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
    found: dict[str, float] = {}
    for name, value in given.items():
        try:
            code = one_country(name)
            if code in found:
                faults.append(
                    Fault(file, f"{code} is given twice", "Keep one.", column=f"{key}.{name}", value=str(value))
                )
            number = _number(file, f"{key}.{name}", value, faults)
            if number is not None:
                found[code] = number
        except SogdiaError as error:
            faults.append(
                Fault(
                    file, "a country is an ISO code or an English name", str(error), column=f"{key}.{name}", value=name
                )
            )
    return found


def _years(file: str, content: dict[str, Any], faults: list[Fault]) -> tuple[int, ...] | None:
    if "year" in content and "base_years" in content:
        faults.append(Fault(file, "year and base_years exclude each other", "Keep one of them.", column="year"))
    given = content.get("base_years", content.get("year"))
    if given is None:
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
    column = ".".join(part for part in (where, fault.column) if part)
    return Fault(file, fault.rule, fault.remedy, column=column or None, value=fault.value)
