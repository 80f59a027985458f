"""What a question about stakes asks for: materials by name, and whether a shock is asked about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sogdia import arguments
from sogdia.codes import Region
from sogdia.errors import wrong_argument
from sogdia.stakes.end_use import default_groups
from sogdia.text import folded


def without_shock(given: Mapping[str, Any], lost_output: bool, ore_only: bool) -> bool:
    """Whether nothing of a shock is asked for."""
    if given or ore_only:
        return False
    if lost_output:
        rule = "lost output belongs to a shock"
        raise wrong_argument("lost_output", rule, "Give an event too, e.g. cut='CHN=0.4', or leave it out.")
    return True


def one_mineral(mineral: str | Sequence[str] | None, given: Mapping[str, Any]) -> str | None:
    """The one mineral of a shock; InputError for several, because losses of separate shocks are never added.

    None is left to a scenario file that names its own.
    """
    if mineral is None or isinstance(mineral, str):
        if mineral is None and "scenario" not in given:
            rule = "a shock is one to one mineral"
            raise wrong_argument("mineral", rule, "Name one, e.g. tungsten, or leave the events out.")
        return mineral
    names = arguments.names("mineral", mineral, "tungsten")
    if len(names) != 1:
        rule = "a shock is one to one mineral: losses of separate shocks are never added"
        raise wrong_argument("mineral", rule, "Ask for each mineral by itself.", ", ".join(names))
    return names[0]


def material_named(word: str, importer: Region, minerals: Collection[str]) -> str | None:
    """The material of the tables that a word names and the store has no mineral for; None for any other word."""
    said = folded(word).replace(" ", "_")
    return next((name for name in default_groups(importer) if name == said and name not in minerals), None)
