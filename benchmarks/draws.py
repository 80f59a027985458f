"""Time of one shock with 10,000 draws of the elasticities, from the store to the tables of bands.

    python benchmarks/draws.py [--draws 10000]

The shock is a Chinese cut of rare earths by 40 % in 2009. The last line is one JSON object; seconds are wall clock and
processor time of this process.
"""

from __future__ import annotations

import argparse
import json
import os
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from sogdia import Study

WARM_UP = 10


def main() -> None:
    """Read the number of draws, time the shock, print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10_000)
    draws = parser.parse_args().draws
    study = Study("JPN")
    study.shock("rare_earths", cut="CHN=0.4", year=2009, draws=WARM_UP)
    wall, processor = perf_counter(), process_time()
    answer = study.shock("rare_earths", cut="CHN=0.4", year=2009, draws=draws)
    wall, processor = perf_counter() - wall, process_time() - processor
    paid = answer.rows.filter(role="importer", variable="price_paid").row(0, named=True)
    print(f"{draws:,} draws in {wall:.2f} s ({processor:.2f} s of processor)")
    print(
        json.dumps(
            {
                "draws": draws, "seconds": round(wall, 3), "processor_seconds": round(processor, 3),
                "price_paid": [paid["low"], paid["central"], paid["high"]],
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
