"""The trade codes of a mineral that count at a stage and in a year, and a sentence on those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from sogdia import arguments
from sogdia.data import Mineral, Store
from sogdia.data.minerals import Code
from sogdia.errors import NoAnswerError, unknown

CODES = {"mineral": pl.String, "hs6": pl.String, "content_factor": pl.Float64}
REMEDY = "A full trade release that holds its codes can be added with `sogdia data add`."


def codes_at(mineral: Mineral, stage: str | None, year: int | None = None) -> tuple[Code, ...]:
    """Its codes, of one stage only where one is named, and those in use in a year where one is named."""
    return tuple(c for c in mineral.codes if stage in (None, c.stage) and (year is None or c.in_use(year)))


def code_table(minerals: Sequence[Mineral], stage: str | None, year: int | None = None) -> pl.DataFrame:
    """Codes of several minerals: mineral, hs6, content_factor; no row is a table without rows."""
    rows = [(m.key, c.hs6, c.content_factor) for m in minerals for c in codes_at(m, stage, year)]
    return pl.DataFrame(rows, schema=CODES, orient="row")


def mixed_stages(mineral: Mineral, year: int, stage: str | None = None) -> str | None:
    """The stages that are counted together in a year, "ore and metal", or None where it is a single one.

    Value per weight over several stages follows the mix of ore and metal: it is no price.
    """
    counted = {c.stage for c in codes_at(mineral, stage, year)}
    named = [s for s in mineral.stages if s in counted]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else None


def ended(mineral: Mineral, stage: str | None, year: int) -> str | None:
    """A clause on the codes that do not count in a year although others of the mineral do; None where all count."""
    silent = [c for c in codes_at(mineral, stage) if not c.in_use(year)]
    if not silent or len(silent) == len(codes_at(mineral, stage)):
        return None
    return ", ".join(f"{c.hs6} ({c.stage}) {_span(c, year)}" for c in silent)


def _span(code: Code, year: int) -> str:
    if code.last_year is not None and code.last_year < year:
        return f"not mapped since {code.last_year + 1}"
    return f"not mapped before {code.first_year}"


def notes(minerals: Iterable[Mineral], years: Sequence[int], stage: str | None) -> tuple[str, ...]:
    """One sentence for each mineral and reason why codes do not count; each once."""
    sentences = [_note(m, year, stage) for m in minerals for year in years]
    return tuple(dict.fromkeys(note for note in sentences if note))


def _note(mineral: Mineral, year: int, stage: str | None) -> str | None:
    if not mineral.codes:
        return mineral.not_mapped(year)
    if not codes_at(mineral, stage):
        return f"{mineral.name}: no trade code at the stage {stage}; it has: {', '.join(mineral.stages)}."
    if not codes_at(mineral, stage, year):
        over = [f"{c.hs6} {_span(c, year)}" for c in codes_at(mineral, stage)]
        return mineral.not_mapped(year) or f"{mineral.name}: not mapped in {year} ({'; '.join(over)})."
    silent = ended(mineral, stage, year)
    return f"{mineral.name}: {silent}; its other codes are counted alone." if silent else None


def check_stage(store: Store, stage: str | None) -> None:
    """UnknownNameError for a stage that no mineral has."""
    known = {s for m in store.minerals.values() for s in m.stages}
    if stage is not None and arguments.name("stage", stage, "ore") not in known:
        raise unknown("stage", stage, known)


def check_codes(minerals: Sequence[Mineral], year: int, stage: str | None = None) -> None:
    """NoAnswerError when minerals are asked for and none of them has a trade code (at the stage)."""
    if minerals and not any(codes_at(m, stage) for m in minerals):
        remedy = () if any(m.codes for m in minerals) else (REMEDY,)
        raise NoAnswerError(" ".join([*notes(minerals, [year], stage), *remedy]))
