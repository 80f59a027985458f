"""The packaged table of shipments: which products leave which mines and plants, the most important first."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from sogdia.errors import Fault, InputError
from sogdia.network.provenance import SOURCED, provenance_of
from sogdia.network.records import Evidence
from sogdia.tabular.rows import Cells, packaged_rows

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
    rows = packaged_rows(files(__package__).joinpath("tables", SHIPMENTS_FILE), COLUMNS)
    faults: list[Fault] = []
    shipments = []
    for row in rows:
        shipment, faults_of_row = _shipment(Cells(row))
        faults += faults_of_row
        shipments.append(shipment)
    if faults:
        raise InputError(faults)
    return tuple(shipments)


def _shipment(cells: Cells) -> tuple[Shipment, list[Fault]]:
    record = Shipment(
        place=cells.text("place"),
        mineral=cells.text("mineral"),
        stage=cells.text("stage"),
        **provenance_of(cells),
    )
    return record, cells.faults
