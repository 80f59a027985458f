"""What the trade codes see of the market of a shock, and its refusal where the importer's trade is in other forms."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import FRINGE, GRADE_NAMES, WHOLE_CHAIN, Coverage, coverage_grade, coverage_grades
from sogdia.errors import NoAnswerError
from sogdia.market import TradedMarket
from sogdia.market.visibility import require_seen
from sogdia.shock.product_choice import shockable

STORES_OF_VALUE = ("gold", "silver")
INSIST = "--ore-only"


def visible_trade(
    store: Store, importer: Region, mineral: Mineral, years: Sequence[int], *, insist: bool = False
) -> Coverage | None:
    """How much the trade codes see of the importer's trade in the last year.

    NoAnswerError where that is a fringe and `insist` is false: it says why, and what would open the market. None for a
    mineral without a code in use, which has no market to see.
    """
    if not mineral.hs6(year=max(years)):
        return None
    cover = coverage_grade(store, importer, mineral, max(years))
    if cover.grade == FRINGE and not insist:
        raise NoAnswerError(refusal(importer, mineral, max(years), cover) + instead(store, importer, mineral, years))
    return cover


def coverage_notes(importer: Region, mineral: Mineral, cover: Coverage | None) -> tuple[str, ...]:
    """A note on what the trade codes do not see."""
    if cover is None or cover.grade == WHOLE_CHAIN:
        return ()
    return (f"Coverage of {mineral.name} for {importer.name}: {GRADE_NAMES[cover.grade]} ({cover.why}).",)


def plain_coverage(cover: Coverage | None) -> dict[str, object]:
    """The grade and the codes that are missing, as plain values; null where there is no market to see."""
    return {
        "coverage": cover.grade if cover else None,
        "missing_codes": list(cover.missing_codes) if cover else [],
        "coverage_why": cover.why if cover else None,
    }


def require_seen_or_product(store: Store, importer: Region, mineral: Mineral, market: TradedMarket) -> None:
    """NoAnswerError where most of a market is not seen, naming the products that have a market of their own."""
    try:
        require_seen(store, mineral, market.seen)
    except NoAnswerError as refused:
        raise NoAnswerError(f"{refused}{instead(store, importer, mineral, market.years)}") from None


def instead(store: Store, importer: Region, mineral: Mineral, years: Sequence[int]) -> str:
    """A sentence on the products of a mineral that can be shocked for the importer; empty where there are none."""
    names = [f'"{product.key}"' for product in shockable(store, importer, mineral, max(years))]
    if not names:
        return ""
    return f" What has a market of its own here: {', '.join(names)}, e.g. `sogdia shock {names[0]}`."


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
