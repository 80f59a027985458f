"""Write what natural experiments and documented events say of the elasticities into the tables that shocks use.

    python tools/calibrate_elasticities.py

Builds the panel (a minute and a half), then writes `set_evidence`, the loss of every set of elasticities by class and
mineral, and `class_elasticities`. Short-run rows of classes with evidence become the posterior (centre, and 1.645
standard deviations in logs either way); the long-run row of the same kind is moved up where it would lie below. All
other rows stay as the priors have them. Run `tools/refresh_catalogue.py` and `tools/fit_model_error.py` afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import polars as pl

from sogdia.data import Store, open_store, snapshot_folder
from sogdia.data.events import restriction_events
from sogdia.files import atomic
from sogdia.hindcast import run
from sogdia.hindcast.learn import Posterior
from sogdia.hindcast.panel.build import build
from sogdia.hindcast.panel.evidence import Evidence, Key, points
from sogdia.hindcast.panel.learn import evidence
from sogdia.hindcast.panel.pairs import pairs_of
from sogdia.market.draws import NORMAL_95, SUBSTITUTION_MARGIN

KINDS = ("substitution", "demand", "supply")
ENDS = ("low", "central", "high")
DIGITS = 3
LOSS_DECIMALS = 6


def main() -> None:
    """Build the panel, learn, write both tables."""
    store = open_store()
    panel = evidence(pairs_of(build(store, progress=print)))
    write("set_evidence", evidence_rows(panel))
    write("class_elasticities", class_rows(store, panel))


def evidence_rows(panel: Mapping[Key, Evidence]) -> list[dict[str, Any]]:
    """The rows of `set_evidence`."""
    return [
        {
            "market_class": name, "mineral": mineral, "sigma": sigma, "eta": eta, "eps": eps,
            "loss": round(float(loss), LOSS_DECIMALS), "episodes": one.episodes, "source_id": "SOGDIA_BACKTEST",
        }
        for (name, mineral), one in sorted(panel.items())
        for (sigma, eta, eps), loss in zip(points().tolist(), one.loss, strict=True)
    ]  # fmt: skip


def class_rows(store: Store, panel: Mapping[Key, Evidence]) -> list[dict[str, Any]]:
    """The rows of `class_elasticities`."""
    learnt = run(store, restriction_events(store), modes=("conditional",), years_after=1, panel=panel).posteriors
    priors = store.scan("class_priors").collect().to_dicts()
    rows = [_learnt(row, learnt.get(row["market_class"])) for row in priors]
    short = {(row["market_class"], row["kind"]): row for row in rows if row["horizon"] == "short"}
    return apart([_not_below(row, short[row["market_class"], row["kind"]]) for row in rows])


def apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the low end of substitution above the high end of demand: all draws are gross substitutes then."""
    demand = {(row["market_class"], row["horizon"]): row["high"] for row in rows if row["kind"] == "demand"}

    def raised(row: dict[str, Any]) -> dict[str, Any]:
        least = _round(SUBSTITUTION_MARGIN * demand[row["market_class"], row["horizon"]])
        if row["kind"] != "substitution" or row["low"] >= least:
            return row
        return row | {"low": least, "note": f"{row['note']}; low end raised above the high end of demand"}

    return [raised(row) for row in rows]


def _learnt(row: dict[str, Any], learnt: Posterior | None) -> dict[str, Any]:
    """A row of the priors with what was learnt."""
    found = {**row, "prior": row["central"], "moved": 0.0, "episodes": None, "events": None}
    if learnt is None or row["horizon"] != "short" or not (learnt.episodes or learnt.events):
        return found
    place = KINDS.index(row["kind"])
    centre = float(learnt.centre()[place])
    factor = math.exp(NORMAL_95 * float(learnt.spread()[place]))
    ends = {name: _round(value) for name, value in zip(ENDS, (centre / factor, centre, centre * factor), strict=True)}
    return (
        found
        | ends
        | {
            "moved": round(math.log(ends["central"] / row["central"]), DIGITS),
            "episodes": learnt.episodes,
            "events": len(learnt.events),
            "source_id": "SOGDIA_HINDCAST",
            "evidence": "calibrated",
            "note": f"posterior from the prior, {learnt.episodes} supply falls of the class and "
            f"{len(learnt.events)} documented events: {', '.join(learnt.events)}; other classes at a discount",
        }
    )


def _not_below(row: dict[str, Any], short: Mapping[str, Any]) -> dict[str, Any]:
    """A long-run row that is nowhere below the short-run one: in the long run there is more to turn to, not less."""
    if row["horizon"] == "short" or all(row[name] >= short[name] for name in ENDS):
        return row
    ends = {name: max(row[name], short[name]) for name in ENDS}
    moved = round(math.log(ends["central"] / row["prior"]), DIGITS)
    return row | ends | {"moved": moved, "note": f"{row['note']}; raised to the short-run value where that is higher"}


def write(table: str, rows: list[dict[str, Any]]) -> None:
    """Write a table of the snapshot."""
    with atomic(snapshot_folder() / f"{table}.csv") as part:
        pl.DataFrame(rows, infer_schema_length=None).write_csv(part)


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


if __name__ == "__main__":
    main()
