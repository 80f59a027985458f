"""`sogdia hindcast`: the model against what really happened."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show

if TYPE_CHECKING:
    from sogdia.hindcast import Hindcast

YEARS = {"first": "first year", "all": "all years"}


def command(
    events: Annotated[
        Path | None, typer.Option(help="Your own table of events, same shape as the embedded one.")
    ] = None,
    min_share: Annotated[
        float | None, typer.Option(help="Share of world imports from which an importer is scored.")
    ] = None,
    as_json: options.AsJson = False,
    store: options.StoreFolder = None,
) -> None:
    """Predict every documented event that the data can judge, and compare with what the trade data show."""
    study = setup.study("JPN", store=store)
    steps = show.Steps()
    try:
        result = study.hindcast(events=events, min_share_of_world=min_share, progress=steps)
    finally:
        steps.close()
    if as_json:
        show.print_json(
            {
                "metrics": _finite(result.metrics.to_dicts()),
                "pairs": _finite(result.pairs.to_dicts()),
                "rivals": _finite(result.rivals.to_dicts()),
                "volumes": _finite(result.volumes.to_dicts()),
                "elasticities": {
                    name: {"centre": p.centre().tolist(), "log_sd": p.spread().tolist(), "events": list(p.events)}
                    for name, p in result.posteriors.items()
                },
                "left_out": result.left_out.to_dicts(),
            }
        )
        return
    _print(result)


def _finite(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()} for row in rows]


def _forecast(log: float) -> str:
    """A price relative to base; beyond the model's range it has no figure, and none is told where nothing is left."""
    from sogdia.uncertain import BEYOND

    if math.isnan(log):
        return "-"
    return f">{BEYOND:g}" if log > math.log(BEYOND) else f"{math.exp(log):.2f}"


def _note(row: dict[str, Any]) -> str:
    """Why a pair does not count, and whether its price could be told."""
    said = [] if row["scored"] else [f"not scored: {row['unscored']}"]
    return "; ".join([*said, *(["price beyond the model's range"] if row["beyond"] else [])])


def _print(result: Hindcast) -> None:
    import polars as pl

    headings = (
        ("Event", "left"), ("Mineral", "left"), ("Year", "left"), ("Importer", "left"), ("share before", "right"),
        ("predicted", "right"), ("band", "right"), ("observed", "right"), ("price x", "right"), ("band", "right"),
        ("observed", "right"), ("", "left"),
    )  # fmt: skip
    for mode in ("conditional", "ex_ante"):
        rows = [
            [
                r["event_id"], r["mineral"], str(r["year"]), r["importer"], show.percent(r["share_no_change"]),
                show.percent(r["share_predicted"]), f"{100 * r['share_low']:.0f}-{100 * r['share_high']:.0f}",
                show.percent(r["share_observed"]), _forecast(r["log_price_predicted"]),
                f"{_forecast(r['log_price_low'])} to {_forecast(r['log_price_high'])}",
                f"{math.exp(r['log_price_observed']):.2f}", _note(r),
            ]
            for r in result.pairs.filter(pl.col("mode") == mode).iter_rows(named=True)
        ]  # fmt: skip
        show.table(f"Hindcast, {mode} mode: share of the restricted supplier, import price over base", headings, rows)
    if result.metrics.is_empty():
        typer.echo("\nNo event is scored, so there are no errors to sum up.")
    else:
        column = pl.format("{}, {}", pl.col("mode").str.replace("_", " "), pl.col("years").replace(YEARS))
        shown = result.metrics.with_columns(column=column).pivot(on="column", index="metric", values="value")
        show.table(
            "\nErrors (share errors as fractions, price errors in logs)",
            [(c, "left" if c == "metric" else "right") for c in shown.columns],
            [[row[0], *(show.number(v) for v in row[1:])] for row in shown.iter_rows()],
        )
    show.table(
        "\nNot judged",
        (("Event", "left"), ("Subject", "left"), ("Why", "left")),
        [[r["event_id"], r["subject"], r["reason"]] for r in result.left_out.iter_rows(named=True)],
    )
