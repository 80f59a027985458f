"""Derive the annual rates of export restrictions and losses of output from the documented events of the store.

    python tools/fit_annual_rates.py

An exporter-year is a mineral, a year and an exporter with at least 15 % of the mineral's exports by value. The rate is
the number of documented events among such exporters over the number of exporter-years, with the 90 % interval of a
Poisson count. A restriction is likelier where governance is worse: the rate is taken as r exp(-b (WGI - mean WGI)), and
b maximises the likelihood of the events (one per event, exporter and mineral, at the WGI of the year before its first).
The rows printed are those of `scenarios/tables/annual_rates.csv` marked derived.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.optimize import minimize_scalar
from scipy.stats import chi2

from sogdia.data.embedded import snapshot
from sogdia.data.events import restriction_events
from sogdia.data.minerals import without_fuels
from sogdia.data.store import Store
from sogdia.scenarios.restrictions import KINDS, LOSS_KIND

MAIN_SHARE = 0.15


def main_exporters(store: Store) -> pl.DataFrame:
    """mineral, exporter, year and WGI of every main exporter that the governance table knows."""
    codes = [(code.hs6, m.key) for m in without_fuels(store.minerals.values()) for code in m.codes]
    of = pl.DataFrame(codes, schema=["hs6", "mineral"], orient="row")
    flows = store.scan("trade").collect().join(of, on="hs6")
    by = flows.group_by("mineral", "exporter", "year").agg(pl.col("value_kusd").sum())
    share = pl.col("value_kusd") / pl.col("value_kusd").sum().over("mineral", "year")
    main = by.filter(share >= MAIN_SHARE)
    wgi = store.scan("governance").select("country", "year", "estimate").collect().drop_nulls()
    near = main.sort("year").join_asof(
        wgi.sort("year"), on="year", by_left="exporter", by_right="country", strategy="nearest", check_sortedness=False
    )
    return near.drop_nulls("estimate").sort("mineral", "exporter", "year")


def interval(count: int) -> tuple[float, float]:
    """90 % interval of the mean of a Poisson count."""
    return float(chi2.ppf(0.05, 2 * count) / 2), float(chi2.ppf(0.95, 2 * count + 2) / 2)


def main() -> None:
    """Print the rates and the slope."""
    store = snapshot()
    main = main_exporters(store)
    pairs = set(main.select("mineral", "exporter").unique().iter_rows())
    years = main.height
    print(f"{years} exporter-years, {main.select('exporter', 'year').unique().height} of a country")
    for name, kinds in (("restriction", KINDS), ("output loss", (LOSS_KIND,))):
        events = [e for e in restriction_events(store) if e.kind in kinds and (e.mineral, e.country) in pairs]
        low, high = interval(len(events))
        print(f"{name}: {len(events)} events, {len(events) / years:.5f} a year ({low / years:.5f}-{high / years:.5f})")
        sizes = sorted(e.size for e in events if e.size)
        print("  sizes", sizes, "quantiles", np.quantile(sizes, [0.05, 0.5, 0.95]).round(3))
        if name == "restriction":
            at = [
                main.filter(mineral=e.mineral, exporter=e.country).sort((pl.col("year") - (e.first_year - 1)).abs())[
                    "estimate"
                ][0]
                for e in events
            ]
            wgi = main["estimate"].to_numpy()

            def loss(b: float, at: list[float] = at, wgi: np.ndarray = wgi) -> float:
                return -float(np.sum(-b * np.array(at)) - len(at) * np.log(np.exp(-b * wgi).sum()))

            b = minimize_scalar(loss, bounds=(-3, 3), method="bounded").x
            curve = (loss(b + 0.01) - 2 * loss(b) + loss(b - 0.01)) / 1e-4
            scale = np.exp(-b * wgi).mean()
            print(f"  slope {b:.3f} +- {1.645 / np.sqrt(curve):.3f}; rate at WGI 0 {len(at) / years / scale:.5f}")


if __name__ == "__main__":
    main()
