"""Hazards: from a physical or political event to the outage of a site, a link or a country."""

from __future__ import annotations

from sogdia.hazards.code_level import CODE_LEVELS
from sogdia.hazards.kind import HazardAction, HazardGap, HazardKind
from sogdia.hazards.options import FlowPath, HazardOptions, LocalIncidents
from sogdia.hazards.outage import CLASSES, Outage, class_of
from sogdia.hazards.registry import gaps, hazard_actions, hazards, outages, register

__all__ = [
    "CLASSES",
    "CODE_LEVELS",
    "FlowPath",
    "HazardAction",
    "HazardGap",
    "HazardKind",
    "HazardOptions",
    "LocalIncidents",
    "Outage",
    "class_of",
    "gaps",
    "hazard_actions",
    "hazards",
    "outages",
    "register",
]
