"""Hazards: from a physical or political event to the outage of a site, a link or a country."""

from __future__ import annotations

from sogdia.hazards.outage import CLASSES, Outage, class_of

__all__ = ["CLASSES", "Outage", "class_of"]
