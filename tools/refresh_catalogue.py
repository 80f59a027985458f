"""Write the hashes and sources of the snapshot's CSV tables into its catalogue, after an edit by hand.

    python tools/refresh_catalogue.py

The Parquet tables keep their entries; `tools/build_snapshot.py` makes those.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from sogdia.data import catalogue, snapshot_folder, source
from sogdia.data.schema import conform

CURATED = {"products": ("CEPII_BACI",), "minerals": ("WMD_HS_MAP",)}
"""Sources of the CSV tables that do not name them row by row, in a column `source_id`."""


def main() -> None:
    """Read the arguments, check every CSV table, write the catalogue."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=snapshot_folder())
    folder = parser.parse_args().folder
    built = tuple(entry for entry in catalogue.read(folder) if not entry.file.endswith(".csv"))
    curated = curated_entries(folder)
    catalogue.write(folder, built + curated)
    for entry in curated:
        print(f"{entry.table:22} {entry.rows:6,} rows  {len(entry.source_ids):3} sources")


def curated_entries(folder: Path) -> tuple[catalogue.Entry, ...]:
    """The entries of the CSV tables in a folder; an error where one does not fit the schema or names no source."""
    return tuple(_entry(path) for path in sorted(folder.glob("*.csv")))


def _entry(path: Path) -> catalogue.Entry:
    frame = conform(pl.read_csv(path, infer_schema=False), path.stem)
    named = frame["source_id"].unique().sort().to_list() if "source_id" in frame.columns else CURATED[path.stem]
    ids = tuple(source(source_id).source_id for source_id in named)
    return catalogue.entry_for(path.parent, path.name, table=path.stem, rows=frame.height, source_ids=ids)


if __name__ == "__main__":
    main()
