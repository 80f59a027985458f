"""Put the curated CSV tables of the snapshot, with their present hashes, into its catalogue. Run after editing one.

python tools/refresh_catalogue.py
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from sogdia.data import catalogue, snapshot_folder
from sogdia.data.schema import conform

WHOLE_TABLE_SOURCE = {"products": "CEPII_BACI", "minerals": "WMD_HS_MAP"}


def curated_entries(folder: Path) -> list[catalogue.Entry]:
    """An entry for every CSV table; its sources are those its rows name in `source_id`."""
    entries = []
    for path in sorted(folder.glob("*.csv")):
        frame = conform(pl.read_csv(path, infer_schema=False), path.stem)
        named = frame["source_id"].unique().sort().to_list() if "source_id" in frame.columns else []
        ids = tuple(named) or (WHOLE_TABLE_SOURCE[path.stem],)
        entries.append(catalogue.entry_for(folder, path.name, table=path.stem, rows=frame.height, source_ids=ids))
    return entries


def main() -> None:
    """Keep the Parquet entries, renew the others."""
    folder = snapshot_folder()
    kept = [entry for entry in catalogue.read(folder) if entry.file.endswith(".parquet")]
    catalogue.write(folder, tuple(kept + curated_entries(folder)))


if __name__ == "__main__":
    main()
