"""The packaged table of shipments: which products leave which mines and plants, the most important first."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, packaged_records

SHIPMENTS_FILE = "shipments.csv"
COLUMNS = ("place", "mineral", "stage", *SOURCED)


@dataclass(frozen=True, slots=True)
class Shipment:
    """A product that leaves, or could leave, a mine or plant. place: its id in the network."""

    place: str
    mineral: str
    stage: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str

    @property
    def country(self) -> str:
        """ISO code of the country it leaves."""
        return self.place.partition(":")[0]


def embedded_shipments() -> tuple[Shipment, ...]:
    """The packaged table of shipments; `InputError` with every fault if the file was damaged."""
    return packaged_records(files(__package__).joinpath("tables", SHIPMENTS_FILE), COLUMNS, _shipment)


def _shipment(cells: Cells) -> Shipment:
    return Shipment(
        place=cells.text("place"), mineral=cells.text("mineral"), stage=cells.text("stage"), **provenance_of(cells)
    )
