"""Armed incidents from a user's ACLED or GTD file: how many a year came near each place of the network.

Both files belong to their publishers and may not be passed on: the file is read where it lies, a few columns of it, and
only the counts are kept. ACLED: battles, explosions and violence against civilians. GTD: every incident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError, refusals, wrong_argument
from sogdia.hazards.options import LocalIncidents
from sogdia.network.geometry import EARTH_RADIUS_KM
from sogdia.network.records import Network

Floats = NDArray[np.float64]
ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")
"""The event types of ACLED that count."""
BATCH = 20_000
RADIUS_KM = 50.0
FIRST_YEAR, LAST_YEAR = 1970, 2100
ROW_OF_FIRST = 2
SEPARATORS = (",", ";", "\t")
ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class IncidentColumns:
    """How a publisher names what is read."""

    publisher: str
    year: str
    latitude: str = "latitude"
    longitude: str = "longitude"
    kind: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(name for name in (self.year, self.latitude, self.longitude, self.kind) if name)


FORMS = (IncidentColumns("ACLED", "year", kind="event_type"), IncidentColumns("GTD", "iyear"))


def user_incidents(path: Path | str, network: Network, radius_km: float = RADIUS_KM) -> LocalIncidents:
    """The incidents a year within the radius of each place; InputError with the faults (file, row, value, remedy).

    The file is read as a stream: it may be larger than the memory. Incidents without coordinates are left out. The span
    is that of its calendar years, first to last.
    """
    if not 0 < radius_km <= 1000:
        raise wrong_argument("radius_km", "a radius is a number of km, up to 1000", "E.g. radius_km=50.", radius_km)
    name, separator, header = _opened(path)
    form = next((form for form in FORMS if set(form.names) <= set(header)), None)
    if form is None:
        wanted = " or ".join(f"{form.publisher} ({', '.join(form.names)})" for form in FORMS)
        remedy = "Export it again as CSV, with its header in the first row."
        found = ", ".join(header)
        raise InputError([Fault(name, f"the columns are those of {wanted}", remedy, 1, value=found)])
    year, lat, lon = _columns(path, name, separator, form)
    span = float(year.max() - year.min() + 1)
    per_year = {
        place.id: count / span
        for place, count in zip(network.places, _counts(network, lat, lon, radius_km), strict=True)
    }
    return LocalIncidents(per_year, radius_km, span, Path(path).name)


def _opened(path: Path | str) -> tuple[str, str, Sequence[str]]:
    """Name of the file, its separator and its header; InputError for a workbook or an empty file."""
    with refusals(path), Path(path).open("rb") as stream:
        first = stream.readline(1_000_000)
    if first.startswith(ZIP):
        rule = "incidents are read from CSV"
        raise InputError([Fault(str(path), rule, "Save the sheet of the workbook as CSV (UTF-8).")])
    text = first.decode("utf-8-sig", errors="replace").strip()
    if not text:
        raise InputError([Fault(str(path), "the first row is a header", "Export the file again, with its header.")])
    separator = max(SEPARATORS, key=text.count)
    return str(path), separator, [cell.strip().strip('"') for cell in text.split(separator)]


def _columns(path: Path | str, name: str, separator: str, form: IncidentColumns) -> tuple[Floats, Floats, Floats]:
    """Year, latitude and longitude of the incidents that count and have coordinates, each (incidents,)."""
    try:
        with refusals(path):
            lazy = pl.scan_csv(
                path, separator=separator, infer_schema=False, encoding="utf8-lossy", truncate_ragged_lines=True
            )
            raw = lazy.select(form.names).collect(engine="streaming").with_row_index("row", offset=ROW_OF_FIRST)
    except pl.exceptions.PolarsError as why:
        rule = f"the file is a table ({str(why).splitlines()[0]})"
        raise InputError([Fault(name, rule, "Export it again as CSV.")]) from why
    if form.kind is not None:
        raw = raw.filter(pl.col(form.kind).is_in(ARMED))
    raw = raw.filter(
        pl.all_horizontal(pl.col(c).str.strip_chars().fill_null("") != "" for c in (form.latitude, form.longitude))
    )
    if raw.is_empty():
        rule = "the file has armed incidents with coordinates"
        raise InputError([Fault(name, rule, "Choose another export: none of its rows counts.")])
    rules = (
        (form.year, FIRST_YEAR, LAST_YEAR, f"a year is a whole number from {FIRST_YEAR} to {LAST_YEAR}"),
        (form.latitude, -90.0, 90.0, "a latitude is a number of degrees from -90 to 90"),
        (form.longitude, -180.0, 180.0, "a longitude is a number of degrees from -180 to 180"),
    )
    faults, values = [], []
    for column, least, most, rule in rules:
        numbers = raw[column].str.strip_chars().cast(pl.Float64, strict=False)
        wrong = raw.filter((numbers.is_null() | ~numbers.is_between(least, most)).fill_null(True))
        faults += [
            Fault(name, rule, "Correct the cell, or export the file again.", row["row"], column, row[column])
            for row in wrong.head(MAX_FAULTS_SHOWN).iter_rows(named=True)
        ]
        values.append(numbers.to_numpy())
    if faults:
        raise InputError(faults)
    return values[0], values[1], values[2]


def _counts(network: Network, lat: Floats, lon: Floats, radius_km: float) -> list[int]:
    """How many incidents lie within the radius of each place: those whose direction from the Earth's centre is near."""
    places = np.array([[place.lat, place.lon] for place in network.places]).reshape(-1, 2)
    at = _directions(places[:, 0], places[:, 1])
    counts = np.zeros(len(at), dtype=int)
    for begin in range(0, lat.size, BATCH):
        near = at @ _directions(lat[begin : begin + BATCH], lon[begin : begin + BATCH]).T
        counts += np.sum(near >= np.cos(radius_km / EARTH_RADIUS_KM), axis=1)
    return [int(count) for count in counts]


def _directions(lat: Floats, lon: Floats) -> Floats:
    """Unit vectors from the Earth's centre, (points, 3)."""
    phi, theta = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)))
