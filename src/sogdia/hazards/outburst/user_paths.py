"""A user's own ways from glacial lakes to links, from a CSV file or workbook: basin, link, km and fall."""

from __future__ import annotations

from pathlib import Path

from sogdia.errors import InputError
from sogdia.hazards.options import FlowPath
from sogdia.hazards.outburst.basins import basin_links
from sogdia.network.records import LAND_MODES, Network
from sogdia.tabular.rows import Cells, file_rows

LONGEST_KM = 500.0
DEEPEST_M = 7000.0
MOST_ROWS = 10_000


def user_paths(path: Path | str, network: Network) -> tuple[FlowPath, ...]:
    """The flow paths of a file; InputError with every fault (file, row, value, rule, remedy)."""
    figures = ("km", "drop_m")
    read = file_rows(path, ("basin", "link", "km"), ("drop_m",), sheet="paths", figures=figures, most=MOST_ROWS)
    links = {link.id for link in network.links if link.mode in LAND_MODES}
    basins = {row.basin: row.basin for row in basin_links()} | {row.name: row.basin for row in basin_links()}
    faults, paths = list(read.faults), dict[tuple[str, str], FlowPath]()
    for row in read.rows:
        cells = Cells(row)
        basin, link = cells.text("basin"), cells.text("link")
        if basin and basin not in basins:
            cells.fault("basin", "the basin must be one whose outbursts are known", "See the table.", set(basins))
        if link and link not in links:
            cells.fault("link", "the link must be a rail or road link of the network", "See `sogdia route`.", links)
        km = cells.number("km", above=0.0, at_most=LONGEST_KM)
        drop = cells.number("drop_m", above=0.0, at_most=DEEPEST_M) if row.cells["drop_m"] else None
        if (basins.get(basin, ""), link) in paths:
            cells.fault("link", "this basin and link have a row already", "Keep one of them.")
        faults += cells.faults
        if not cells.faults:
            paths[basins[basin], link] = FlowPath(basins[basin], link, km, drop)
    if faults:
        raise InputError(faults)
    return tuple(paths.values())
