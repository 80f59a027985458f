"""The study that the options of the command line describe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sogdia.study import Study


def study(
    importer: str, *, partners: Sequence[str] | None = None, store: Path | None = None, regions: Path | None = None
) -> Study:
    """A study of an importer, its partners, a store and a file of the user's own regions."""
    from sogdia.study import Study

    return Study(importer, partners or None, regions=regions, store=store)
