"""Which elementary flows stand for a mineral in a life-cycle inventory; what has none is listed with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sogdia.tabular.evidence import SOURCED, provenance_of
from sogdia.tabular.rows import Cells, packaged_records

FLOW_FILE, UNMAPPED_FILE = "resource_flows.csv", "unmapped_minerals.csv"
FLOW_COLUMNS = ("mineral", "flow", "category", "subcategory", "unit", "flow_uuid", *SOURCED)
UNMAPPED_COLUMNS = ("mineral", "reason")


@dataclass(frozen=True, slots=True)
class ResourceFlow:
    """One elementary flow: taken from the ground, counted in kg of the mineral."""

    mineral: str
    name: str
    category: str
    subcategory: str
    unit: str
    uuid: str
    source_ids: tuple[str, ...]


@cache
def resource_flows() -> Mapping[str, tuple[ResourceFlow, ...]]:
    """The flows of each mineral; each flow belongs to one mineral."""
    made: dict[str, tuple[ResourceFlow, ...]] = {}
    for flow in packaged_records(_table(FLOW_FILE), FLOW_COLUMNS, _flow):
        made[flow.mineral] = (*made.get(flow.mineral, ()), flow)
    return made


@cache
def unmapped_minerals() -> Mapping[str, str]:
    """Minerals without a flow, and why."""
    rows = packaged_records(_table(UNMAPPED_FILE), UNMAPPED_COLUMNS, lambda c: (c.text("mineral"), c.text("reason")))
    return dict(rows)


def mapping_csv(minerals: Iterable[str]) -> bytes:
    """The flow mapping table of some minerals, what is unmapped with the reason; CSV in UTF-8."""
    import polars as pl

    columns = ["mineral", "flow", "category", "subcategory", "unit", "flow_uuid", "why_unmapped"]
    rows: list[tuple[str | None, ...]] = []
    for mineral in sorted(minerals):
        own = resource_flows().get(mineral, ())
        rows += [(mineral, f.name, f.category, f.subcategory, f.unit, f.uuid, None) for f in own]
        if not own:
            rows.append((mineral, None, None, None, None, None, unmapped_minerals().get(mineral, NO_FLOW)))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.write_csv().encode()


NO_FLOW = "no elementary flow of this name is known"


def _table(name: str) -> Traversable:
    return files(__package__).joinpath("tables", name)


def _flow(cells: Cells) -> ResourceFlow:
    return ResourceFlow(
        mineral=cells.text("mineral"), name=cells.text("flow"), category=cells.text("category"),
        subcategory=cells.text("subcategory"), unit=cells.text("unit"), uuid=cells.text("flow_uuid"),
        source_ids=provenance_of(cells)["source_ids"],
    )  # fmt: skip
