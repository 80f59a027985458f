"""Write what the hindcast learnt into the class table that shocks use by default.

    python tools/calibrate_elasticities.py

Short-run rows of classes with scored events become the posterior (centre, and 1.645 standard deviations in logs either
way); all other rows stay as the priors have them. Run `tools/refresh_catalogue.py` afterwards.
"""

from __future__ import annotations

import math

import polars as pl

from sogdia.data import open_store, snapshot_folder
from sogdia.data.events import restriction_events
from sogdia.files import atomic
from sogdia.hindcast import run
from sogdia.market.draws import NORMAL_95

KINDS = ("substitution", "demand", "supply")
DIGITS = 3


def main() -> None:
    """Run the hindcast on the embedded events and write the table."""
    store = open_store()
    result = run(store, restriction_events(store), progress=print)
    rows = pl.read_csv(snapshot_folder() / "class_priors.csv").to_dicts()
    for row in rows:
        learnt = result.posteriors.get(row["market_class"])
        if learnt is None or not learnt.events or row["horizon"] != "short":
            continue
        place = KINDS.index(row["kind"])
        centre, spread = float(learnt.centre()[place]), float(learnt.spread()[place])
        factor = math.exp(NORMAL_95 * spread)
        row["low"], row["central"], row["high"] = (_round(v) for v in (centre / factor, centre, centre * factor))
        row["source_id"], row["evidence"] = "SOGDIA_HINDCAST", "calibrated"
        row["note"] = (
            f"posterior of the hindcast from the prior and {len(learnt.events)} events: {', '.join(learnt.events)}"
        )
    with atomic(snapshot_folder() / "class_elasticities.csv") as part:
        pl.DataFrame(rows).write_csv(part)


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


if __name__ == "__main__":
    main()
