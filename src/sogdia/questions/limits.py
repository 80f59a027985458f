"""How much may be asked in text. The command line and Python take more."""

from __future__ import annotations

VALUES = 60
"""Values of all parameters of a question together: events, minerals, closures."""
VALUE_CHARACTERS = 400
"""One value. The longest event of the examples has sixty characters."""
NUMBER_CHARACTERS = 40
"""One number as text."""
YEARS = 10_000
"""Years that are drawn."""
DRAWS = 1_000
"""Draws of the elasticities."""
PLAN_DRAWS = 20
"""Draws under which a plan is told: the markets are solved anew for each."""
ALTERNATIVES = 20
"""Routes of one answer."""
IMPORTERS = 8
"""Importers side by side."""
KEPT_ANSWERS = 128
"""Answers kept in memory, the last ones asked for."""
