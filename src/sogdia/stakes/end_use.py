"""End uses of minerals: which industries buy them first, which sell what is made of them, and in what shares.

A *group* is one split of one product: its shares sum to 1. Several groups may speak of one mineral: of other products,
regions or years. `default_for` says which of them an importer gets. Most shares are assumed and have wide ranges; a
split by tonnes is never used for money, because rare earths by tonnes and by value are two different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sogdia.codes import Region
from sogdia.stakes.sectors import sectors
from sogdia.stakes.table_file import records
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range

GROUP_COLUMNS = ("group", "subject", "mineral", "product", "region", "year", "default_for", "products")
USE_COLUMNS = ("group", "use", "sector", "final_industry", *range_columns("share"), "locator", *SOURCED)
ANY = "any"


@dataclass(frozen=True, slots=True)
class EndUse:
    """sector: the industry that buys the mineral first; final_industry: the one whose product it ends in. share: of
    the group's use. locator: where in the source, or on what the assumption rests.
    """

    group: str
    use: str
    sector: str
    final_industry: str
    share: Range
    locator: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class UseGroup:
    """subject: the material by its own name; mineral: its key in the store, None where the store has no such mineral.
    default_for: importers that get this group for their mineral, "any" for all others. products: processed products of
    the store whose uses these are.
    """

    key: str
    subject: str
    mineral: str | None
    product: str
    region: str
    year: int
    default_for: str
    products: tuple[str, ...]
    uses: tuple[EndUse, ...]

    @property
    def name(self) -> str:
        """Key of the mineral, or the subject where the store has none."""
        return self.mineral or self.subject


@cache
def use_groups() -> Mapping[str, UseGroup]:
    """Every group by its key."""
    uses: dict[str, list[EndUse]] = {}
    for use in records("end_uses.csv", USE_COLUMNS, _use):
        uses.setdefault(use.group, []).append(use)

    def group(cells: Cells) -> UseGroup:
        key = cells.text("group")
        return UseGroup(
            key, cells.text("subject"), cells.optional_text("mineral"), cells.text("product"), cells.text("region"),
            int(cells.number("year")), cells.row.cells["default_for"], cells.names("products"), tuple(uses[key]),
        )  # fmt: skip

    return {group.key: group for group in records("use_groups.csv", GROUP_COLUMNS, group)}


def default_groups(importer: Region) -> dict[str, UseGroup]:
    """The group of each material that an importer gets, by mineral key or subject: its own, else that of the world."""
    chosen = {group.name: group for group in use_groups().values() if group.default_for == ANY}
    return chosen | {group.name: group for group in use_groups().values() if group.default_for == importer.key}


def group_of_product(product: str, importer: Region) -> UseGroup | None:
    """The group of a processed product of the store; the importer's own where there is one, None where none fits."""
    fitting = [group for group in use_groups().values() if product in group.products]
    own = [group for group in fitting if group.default_for == importer.key]
    others = [group for group in fitting if group.default_for in (ANY, "")]
    return next(iter((*own, *others, *fitting)), None)


def _use(cells: Cells) -> EndUse:
    return EndUse(
        cells.text("group"), cells.text("use"), cells.choice("sector", tuple(sectors())),
        cells.choice("final_industry", tuple(sectors())), cells.range("share"), cells.text("locator"),
        **provenance_of(cells),
    )  # fmt: skip
