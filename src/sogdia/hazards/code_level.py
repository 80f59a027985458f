"""How far a building or structure is designed against earthquakes: four levels, from not at all to fully."""

from __future__ import annotations

from typing import Literal, get_args

CodeLevel = Literal["pre", "low", "moderate", "high"]
CODE_LEVELS: tuple[CodeLevel, ...] = get_args(CodeLevel)
