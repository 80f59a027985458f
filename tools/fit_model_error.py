"""Write the model's own error and the volatility of every code, as the backtest finds them, into the snapshot.

    python tools/fit_model_error.py

Reads the embedded data alone. Run `tools/refresh_catalogue.py` afterwards.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from sogdia.data import model_error as table
from sogdia.data import open_store, snapshot_folder
from sogdia.files import atomic
from sogdia.hindcast.panel import learn
from sogdia.hindcast.panel.build import EpisodePanel, build
from sogdia.hindcast.panel.forecast import CHANGE_OF, fitted, forecasts, residuals, usable
from sogdia.hindcast.panel.pairs import Pairs, pairs_of

MEASURES = (table.LOG_PRICE, table.SHARE, table.TONNES)
DIGITS = 4
STAMP = {"source_id": "SOGDIA_BACKTEST", "evidence": "derived"}


def main() -> None:
    """Build the panel, fit, write both tables."""
    panel = build(open_store(), progress=print)
    write(snapshot_folder() / "model_error.csv", error_rows(pairs_of(panel)))
    write(snapshot_folder() / "code_volatility.csv", volatility_rows(panel))


def error_rows(pairs: Pairs) -> list[dict[str, object]]:
    """The rows of `model_error`: central forecasts are learnt from the other minerals, the error from all."""
    made = forecasts(pairs, learn.weights(pairs)[pairs.episode])
    rows: list[dict[str, object]] = []
    for name in MEASURES:
        middle = made[name].central
        seen = residuals(pairs, name, middle)
        good = usable(pairs, seen)
        error = fitted(pairs, name, middle)
        size = {"pairs": int(good.sum()), "episodes": len(np.unique(pairs.episode[good]))}
        parts = zip(table.COEFFICIENTS, (error.floor, error.by_volatility, error.by_size), strict=True)
        rows += [{"measure": name, "item": item, "level": "", "value": _round(value), **size, **STAMP}
                 for item, value in parts]  # fmt: skip
        rows += [{"measure": name, "item": table.QUANTILE, "level": level, "value": _round(value), **size, **STAMP}
                 for level, value in zip(error.levels, error.quantiles, strict=True)]  # fmt: skip
    return rows


def volatility_rows(panel: EpisodePanel) -> list[dict[str, object]]:
    """The rows of `code_volatility`; a code with too few changes has none."""
    rows: list[dict[str, object]] = []
    for hs6 in sorted(panel.changes):
        for name in MEASURES:
            changes = panel.changes[hs6].others(CHANGE_OF[name], -1)
            value = panel.changes[hs6].volatility(CHANGE_OF[name])
            if np.isfinite(value):
                rows.append(
                    {"hs6": hs6, "measure": name, "volatility": _round(value), "changes": len(changes), **STAMP}
                )
    return rows


def write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write the rows as CSV."""
    every = list(rows)
    with atomic(path) as part, part.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, every[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(every)


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


if __name__ == "__main__":
    main()
