"""What the trade codes see of the market of a shock, and its refusal where the importer's trade is in other forms."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import FRINGE, GRADE_NAMES, WHOLE_CHAIN, Coverage, coverage_grade, coverage_grades
from sogdia.errors import NoAnswerError

STORES_OF_VALUE = ("gold", "silver")
INSIST = "--ore-only"


def visible_trade(
    store: Store, importer: Region, mineral: Mineral, years: Sequence[int], *, insist: bool = False
) -> tuple[str, ...]:
    """A note on what the trade codes see of the importer's trade in the last year.

    NoAnswerError where that is a fringe and `insist` is false: it says why, and what would open the market. Nothing on
    a mineral without a code in use, which has no market to see.
    """
    if not mineral.hs6(year=max(years)):
        return ()
    cover = coverage_grade(store, importer, mineral, max(years))
    if cover.grade == FRINGE and not insist:
        raise NoAnswerError(refusal(importer, mineral, max(years), cover))
    if cover.grade == WHOLE_CHAIN:
        return ()
    return (f"Coverage of {mineral.name} for {importer.name}: {GRADE_NAMES[cover.grade]} ({cover.why}).",)


def visible_minerals(store: Store, importer: Region, minerals: Sequence[Mineral], year: int) -> list[Mineral]:
    """Minerals whose loss can be judged: those that the trade codes see, without gold and silver."""
    cover = coverage_grades(store, importer, minerals, year)
    return [m for m in minerals if cover[m.key].grade != FRINGE and m.key not in STORES_OF_VALUE]


def refusal(importer: Region, mineral: Mineral, year: int, cover: Coverage) -> str:
    """What is not seen, why the answer would mislead, and the ways out."""
    missing = f" Codes that would open it: {', '.join(cover.missing_codes)}." if cover.missing_codes else ""
    return (
        f"{mineral.name}: {importer.name}'s trade of {year} is not visible in these trade codes ({cover.why}), so that "
        f"a shock would fall on a small part of it and look harmless.{missing} Add a full trade release with "
        f"`sogdia data add`, or insist on what is seen with {INSIST} (ore_only=True)."
    )
