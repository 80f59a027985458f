"""Regions and their member countries, and what a user's word for an importer or a partner stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sogdia.codes.aliases import region_alias
from sogdia.codes.countries import countries, country, country_named, read_rows, suggested, unclear, unclear_country
from sogdia.errors import CLOSE, Fault, InputError, Near, UnknownNameError, unknown
from sogdia.text import folded, name_problem


@dataclass(frozen=True, slots=True)
class Region:
    """A country (one member, key = its ISO code) or a group of them."""

    key: str
    name: str
    members: tuple[str, ...]


@cache
def regions() -> dict[str, Region]:
    """The regions that ship with Sogdia, by key (`EU27`, `CENTRAL_ASIA`, ...)."""
    groups: dict[str, Region] = {}
    for row in read_rows("regions.csv"):
        key = row["region"]
        before = groups[key].members if key in groups else ()
        groups[key] = Region(key, row["name"], (*before, row["iso3"]))
    return groups


def own_regions(given: Mapping[str, Sequence[str]], file: str = "regions") -> dict[str, Region]:
    """The user's own regions by key; InputError with all that is wrong with their names and members.

    given: name of the region -> ISO codes or English names; file: where they stand, for the faults. A region of the
    user may take the place of one of ours, but never that of a country.
    """
    own: dict[str, Region] = {}
    faults: list[Fault] = []
    for name, members in given.items():
        iso3, problems = _members(members)
        problem = _name_problem(name, own)
        problems += [(*problem, None)] if problem else []
        faults += [Fault(file, rule, remedy, None, name, value, near) for value, rule, remedy, near in problems]
        own[_key(name)] = Region(_key(name), name, iso3)
    if faults:
        raise InputError(faults)
    return own


def must_be_disjoint(importer: Region, partners: Sequence[Region]) -> None:
    """InputError where a country would be counted twice: in two partners, or as importer and partner."""
    owner = dict.fromkeys(importer.members, importer)
    faults = []
    for partner in partners:
        for iso3 in partner.members:
            if iso3 in owner:
                rule = f"{iso3} counts once, but is in {owner[iso3].key} too"
                remedy = f"Leave out {partner.key}, or define a region of your own without {iso3}."
                faults.append(Fault("partners", rule, remedy, value=partner.key))
            owner[iso3] = partner
    if faults:
        raise InputError(faults)


def economy(text: str, own: Mapping[str, Region] | None = None) -> Region:
    """The country or region that `text` names. `own` adds user-defined regions, from `own_regions`.

    >>> economy("JPN").members, len(economy("EU").members)
    (('JPN',), 27)
    """
    known = {**regions(), **(own or {})}
    by_name = {_key(region.name): key for key, region in known.items()}
    key = next((key for key in (_key(text), by_name.get(_key(text)), region_alias(text)) if key in known), None)
    if key:
        return known[key]
    iso3 = country_named(text)
    if iso3:
        named = countries()[iso3]
        return Region(named.iso3, named.name, (named.iso3,))
    told = unclear_country(text)
    if told:
        raise told
    names = [*(c.name for c in countries().values()), *known, *(r.name for r in known.values())]
    raise unknown("country or region", text, suggested(text, countries(), names), nearness=CLOSE)


def _key(name: str) -> str:
    """The form in which two names of a region are compared: accents, case and blanks do not matter."""
    return folded(name).upper().replace(" ", "_")


def _name_problem(name: str, earlier: Mapping[str, Region]) -> tuple[str, str, str] | None:
    """(value, rule, remedy) where a region cannot have this name."""
    taken = {c.iso3: c for c in countries().values()} | {_key(c.name): c for c in countries().values()}
    meant = taken.get(_key(name)) or countries().get(country_named(name) or "")
    if meant:
        return name, f"a region is not called like a country ({meant.iso3} is {meant.name})", "Choose another name."
    if not _key(name) or unclear(name):
        return name, "a region has a name of its own", "Choose another name."
    problem = name_problem(name)
    if problem:
        return name, *problem
    if _key(name) in earlier:
        return name, f"a region stands once; {earlier[_key(name)].name!r} is the same name", "Choose another name."
    return None


def _members(members: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[str, str, str, Near | None]]]:
    """The ISO codes of a region's members, and (value, rule, remedy, near names) of each that cannot be one."""
    iso3: list[str] = []
    problems: list[tuple[str, str, str, Near | None]] = []
    if not members:
        problems.append(("[]", "a region has members", "Name its countries, or delete the region.", None))
    for member in members:
        try:
            code = country(member).iso3
        except UnknownNameError as why:
            said, _, remedy = str(why.args[0]).partition(". ")
            rule = f"a member of a region is a country ({said.removesuffix('.')})"
            problems.append((member, rule, remedy or why.otherwise, why.near))
            continue
        if code in iso3:
            problems.append((member, f"a country is in a region once; {code} stands there twice", "Delete one.", None))
        iso3.append(code)
    return tuple(iso3), problems
