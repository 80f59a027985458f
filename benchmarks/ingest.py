"""Time and memory of reading a year of BACI, against pandas and DuckDB, each in a process of its own.

    python benchmarks/ingest.py [--rows 10000000] [--years 1]

A generated file in CEPII's format is read, its country numbers are replaced by ISO codes for the year, and the result
is written as Parquet (zstd). Sogdia also checks every cell, looks for doubled flows, compares unit values with the
embedded data, sorts by product for fast filtered reading, and hashes the file; the others do none of this. With more
`--years` only Sogdia reads them all, to show that memory is bounded by one year.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl

from sogdia.codes import baci_codes, baci_iso3

FIRST_YEAR, PRODUCTS, MISSING_SHARE, SEED = 1995, 5000, 0.03, 11
MAP = "map.csv"
NOT_REPORTED = "           NA"
COLUMNS = {"t": "SMALLINT", "i": "SMALLINT", "j": "SMALLINT", "k": "VARCHAR", "v": "DOUBLE", "q": "DOUBLE"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--reader", choices=[*READERS, "generator"], help="internal: work on FOLDER in this process")
    parser.add_argument("--folder", type=Path, help="internal")
    parser.add_argument("--year", type=int, help="internal")
    arguments = parser.parse_args()
    if arguments.reader == "generator":
        write_year(arguments.folder, arguments.year, arguments.rows)
        print("{}")
        return
    if arguments.reader:
        print(json.dumps(measured(arguments.reader, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "BACI_HS92_V202501"
        folder.mkdir()
        for year in range(FIRST_YEAR, FIRST_YEAR + arguments.years):
            in_process("generator", folder, "--rows", str(arguments.rows), "--year", str(year))
        size = sum(file.stat().st_size for file in folder.iterdir())
        names = list(READERS) if arguments.years == 1 else ["sogdia"]
        found = {name: in_process(name, folder) for name in names}
    report(found, arguments.rows * arguments.years, size)


def report(found: dict[str, dict[str, float]], rows: int, size: int) -> None:
    """The table and the JSON line; the totals of all readers must agree."""
    print(f"{rows:,} rows, {size / 1e6:,.0f} MB of CSV")
    print(f"{'':12}{'rows/s':>14}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}{'Parquet MB':>12}")
    for name, result in found.items():
        speed = rows / result["seconds"]
        times = f"{result['seconds']:>10.1f}{result['cpu_seconds']:>10.1f}"
        print(f"{name:12}{speed:>14,.0f}{times}{result['peak_mb']:>10,.0f}{result['mb']:>12,.0f}")
        assert np.isclose(result["value_kusd"], found["sogdia"]["value_kusd"], rtol=1e-9), "the readers disagree"
    ours = rows / found["sogdia"]["seconds"]
    peers = {name: rows / result["seconds"] for name, result in found.items() if name != "sogdia"}
    line: dict[str, object] = {
        "name": f"BACI, {rows} rows read, checked, mapped and written",
        "ours": ours,
        "peer": peers.get("pandas"),
        "ratio": ours / peers["pandas"] if peers else None,
        "unit": "rows/s",
        "peer_name": "pandas",
        "peak_mb": found["sogdia"]["peak_mb"],
        "cpu_seconds": found["sogdia"]["cpu_seconds"],
    }
    for name, speed in peers.items():
        line |= {f"{name}_rows_per_s": speed, f"{name}_ratio": ours / speed}
        line |= {f"{name}_{key}": found[name][key] for key in ("peak_mb", "cpu_seconds")}
    print(json.dumps(line))


def write_year(folder: Path, year: int, rows: int) -> None:
    """A year of distinct random flows between the countries of that year, with the lists that come with a release."""
    rng = np.random.default_rng([SEED, year])
    numbers = np.array([number for number in baci_codes() if baci_iso3(number, year)])
    codes = np.sort(np.random.default_rng(SEED).choice(np.arange(10_100, 970_000), PRODUCTS, replace=False))
    flows = np.unique(rng.integers(0, PRODUCTS * numbers.size**2, int(rows * 1.1)))
    flows = flows[flows // PRODUCTS % (numbers.size + 1) != 0]  # no country trades with itself
    flows = np.sort(rng.permutation(flows)[:rows])
    pair, product = np.divmod(flows, PRODUCTS)  # sorted by exporter, importer, product, as CEPII's files are
    frame = pl.DataFrame(
        {
            "t": np.full(flows.size, year),
            "i": numbers[pair // numbers.size],
            "j": numbers[pair % numbers.size],
            "k": codes[product],
            "v": np.round(np.exp(rng.normal(3, 3, flows.size)), 3),
            "q": np.round(np.exp(rng.normal(2, 3, flows.size)), 3),
            "missing": rng.random(flows.size) < MISSING_SHARE,
        }
    )
    quantity = pl.when("missing").then(pl.lit(NOT_REPORTED)).otherwise(pl.col("q").cast(pl.String))
    code = pl.col("k").cast(pl.String).str.zfill(6)
    frame.select("t", "i", "j", code, "v", quantity.alias("q")).write_csv(folder / f"BACI_HS92_Y{year}_V202501.csv")
    listed = pl.DataFrame({"code": codes}).select(pl.col("code").cast(pl.String).str.zfill(6), description=pl.lit("x"))
    listed.write_csv(folder / "product_codes_HS92_V202501.csv")
    mapping = [(number, baci_iso3(number, year)) for number in numbers.tolist()]
    pl.DataFrame(mapping, schema=["code", "iso3"], orient="row").write_csv(folder.parent / MAP)


def in_process(reader: str, folder: Path, *more: str) -> dict[str, float]:
    """What a reader needs in a process of its own; a child inherits the peak of its parent, which stays small."""
    command = [sys.executable, __file__, "--reader", reader, "--folder", str(folder), *more]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def measured(reader: str, folder: Path) -> dict[str, float]:
    """Seconds, processor seconds and peak memory of this process, size of the Parquet, total value as a check."""
    out = folder.parent / reader
    seconds = READERS[reader](folder, out)
    used = resource.getrusage(resource.RUSAGE_SELF)
    files = sorted(out.rglob("*.parquet"))
    value = float(pl.scan_parquet(files).select(pl.col("value_kusd").sum()).collect().item())
    return {
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1e3,
        "mb": sum(file.stat().st_size for file in files) / 1e6,
        "value_kusd": value,
    }


def with_sogdia(folder: Path, out: Path) -> float:
    from sogdia.data.adding import add

    started = perf_counter()
    add(folder, folder=out)
    return perf_counter() - started


def with_pandas(folder: Path, out: Path) -> float:
    import pandas as pd

    out.mkdir()
    started = perf_counter()
    numbers = pd.read_csv(folder.parent / MAP, keep_default_na=False)
    kinds = {"t": "int16", "i": "int16", "j": "int16", "k": str, "v": "float64", "q": "float64"}
    (file,) = folder.glob("BACI_*.csv")
    flows = pd.read_csv(file, dtype=kinds, na_values={"q": [NOT_REPORTED]}, keep_default_na=False)
    for side, name in (("i", "exporter"), ("j", "importer")):
        flows = flows.merge(numbers.rename(columns={"code": side, "iso3": name}), on=side, how="left").drop(
            columns=side
        )
    flows = flows.rename(columns={"t": "year", "k": "hs6", "v": "value_kusd", "q": "quantity_t"})
    flows.to_parquet(out / "trade.parquet", compression="zstd", index=False)
    return perf_counter() - started


def with_duckdb(folder: Path, out: Path) -> float:
    import duckdb

    out.mkdir()
    started = perf_counter()
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    (file,) = folder.glob("BACI_*.csv")
    duckdb.connect().execute(
        f"""
        create table numbers as select * from read_csv('{folder.parent / MAP}', header=true);
        copy (
            select t as year, e.iso3 as exporter, m.iso3 as importer, k as hs6, v as value_kusd, q as quantity_t
            from read_csv('{file}', header=true, columns={{{kinds}}}, nullstr='{NOT_REPORTED}')
            left join numbers e on i = e.code left join numbers m on j = m.code
        ) to '{out / "trade.parquet"}' (format parquet, compression zstd);
        """
    )
    return perf_counter() - started


READERS = {"sogdia": with_sogdia, "pandas": with_pandas, "duckdb": with_duckdb}

if __name__ == "__main__":
    main()
