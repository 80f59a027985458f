"""Time and memory of reading a large file of UN Comtrade.

    python benchmarks/comtrade.py [--rows 2000000]

A generated file in the layout of Comtrade+ (48 columns, annual imports of six-digit codes by partner) is added to an
empty store. Sogdia checks every needed cell, looks for doubled flows, holds the columns against the embedded data,
converts units and countries, and writes Parquet. Measured are seconds and the greatest memory of the process.
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

SEED, YEAR, BYTES_PER_KIB, BYTES_PER_GB = 5, 2023, 2**10, 1e9
CODES, REPORTERS, PARTNERS = 5000, 40, 200
COLUMNS = """
typeCode freqCode refPeriodId refYear refMonth period reporterCode reporterISO reporterDesc flowCode flowDesc
partnerCode partnerISO partnerDesc partner2Code partner2ISO partner2Desc classificationCode
classificationSearchCode isOriginalClassification cmdCode cmdDesc aggrLevel isLeaf customsCode customsDesc
mosCode motCode motDesc qtyUnitCode qtyUnitAbbr qty isQtyEstimated altQtyUnitCode altQtyUnitAbbr altQty
isAltQtyEstimated netWgt isNetWgtEstimated grossWgt isGrossWgtEstimated cifvalue fobvalue primaryValue
legacyEstimationFlag isReported isAggregate
"""
HEADER = COLUMNS.split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--read", type=Path, help="internal: read FILE in this process")
    arguments = parser.parse_args()
    if arguments.read:
        print(json.dumps(measured(arguments.read)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "comtrade.csv"
        make = [sys.executable, "-c", f"import comtrade; comtrade.write({str(file)!r}, {arguments.rows})"]
        subprocess.run(make, check=True, cwd=Path(__file__).parent)
        size = file.stat().st_size / 2**20
        run = subprocess.run([sys.executable, __file__, "--read", file], check=True, capture_output=True, text=True)
        print(json.dumps({"rows": arguments.rows, "file_mib": round(size), **json.loads(run.stdout)}))


def write(file: str, rows: int) -> None:
    """A file of so many flows, each once."""
    from sogdia.codes import countries

    random = np.random.default_rng(SEED)
    iso3 = [code for code, country in countries().items() if country.status == "current"][:PARTNERS]
    flows = np.sort(random.choice(CODES * REPORTERS * PARTNERS, size=rows, replace=False))
    code, reporter, partner = flows // (REPORTERS * PARTNERS), flows // PARTNERS % REPORTERS, flows % PARTNERS
    value = np.round(10 ** random.uniform(2, 7, rows), 3)
    weight = np.round(value / 10 ** random.uniform(-1, 2, rows), 3)
    text = {name: pl.lit("") for name in HEADER} | {
        "typeCode": pl.lit("C"), "freqCode": pl.lit("A"), "refYear": pl.lit(YEAR), "period": pl.lit(YEAR),
        "flowCode": pl.lit("M"), "flowDesc": pl.lit("Import"), "classificationCode": pl.lit("H6"),
        "partner2Code": pl.lit(0), "customsCode": pl.lit("C00"), "motCode": pl.lit(0),
        "cmdDesc": pl.lit("Ores and concentrates; of a metal, whether or not agglomerated"),
        "isReported": pl.lit(value="True"), "isAggregate": pl.lit(value="False"),
    }  # fmt: skip
    names = pl.Series(iso3)
    frame = pl.DataFrame({"cmdCode": 250000 + code, "netWgt": weight, "primaryValue": value}).with_columns(
        cmdCode=pl.col("cmdCode").cast(pl.String), reporterISO=names.gather(reporter), partnerISO=names.gather(partner)
    )
    made = {name: text[name].alias(name) for name in HEADER if name not in frame.columns}
    frame.with_columns(**made).select(HEADER).write_csv(file)


def measured(file: Path) -> dict[str, float]:
    """Seconds and greatest memory of adding a file."""
    from sogdia.data.adding import add

    with tempfile.TemporaryDirectory() as scratch:
        start = perf_counter()
        added = add(file, folder=Path(scratch) / "store")
        seconds = perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    memory = used.ru_maxrss * BYTES_PER_KIB / BYTES_PER_GB
    cpu = round(used.ru_utime + used.ru_stime, 1)
    return {"added": added.rows, "seconds": round(seconds, 1), "cpu_seconds": cpu, "memory_gb": round(memory, 2)}


if __name__ == "__main__":
    main()
