"""Write the tables of docs/hindcast.md, each between its two marks, from a run over the embedded events.

    python tools/write_hindcast.py

Takes about a minute of computing. What stands outside the marks is written by hand and stays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import polars as pl

from sogdia.data import Store, open_store
from sogdia.data.events import restriction_events
from sogdia.files import atomic
from sogdia.hindcast import Hindcast, run
from sogdia.hindcast.panel.price_measure import JUDGED, price_measures
from sogdia.hindcast.score import metrics
from sogdia.render.wording import country_names

PAGE = Path(__file__).parents[1] / "docs" / "hindcast.md"
CASE = ["event_id", "mineral", "year", "mode"]
COLUMNS = (("conditional", "first"), ("conditional", "all"), ("ex_ante", "first"), ("ex_ante", "all"))
OTHERS = ("pro_rata", "no_change", "reallocation")
FORMER = (
    "CHN_REE_QUOTA_2010", "IDN_NI_BAN_2014", "IDN_BAUX_BAN_2014", "IDN_BAUX_BAN_2023", "IND_FE_BANS_2010",
    "ZAF_PGM_STRIKE_2012", "ZAF_PGM_STRIKE_2014",
)  # fmt: skip
"""Events of documented size that show in annual data: the seven that were scored before the rules were widened."""


def main() -> None:
    """Run the hindcast and write the page."""
    store = open_store()
    text = filled(PAGE.read_text(encoding="utf-8"), tables(store))
    with atomic(PAGE) as part:
        part.write_text(text, encoding="utf-8")


def tables(store: Store) -> dict[str, list[str]]:
    """Name of a table -> its lines."""
    result = run(store, restriction_events(store))
    return {
        "figures": figures(result.metrics),
        "rules": rules(store, result),
        "pairs": pairs(result),
        "prices": prices(store),
        "elasticities": elasticities(store),
    }


def filled(text: str, parts: Mapping[str, Iterable[str]]) -> str:
    """The page with new lines between the marks of each table."""
    for name, lines in parts.items():
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        if not rest or not after:
            raise ValueError(f"docs/hindcast.md has no marks for the table {name!r}: {start.strip()} and {end}")
        text = before + start + "\n".join(lines) + "\n" + end + after
    return text


def figures(found: pl.DataFrame) -> list[str]:
    """Errors in both modes, first year and all years."""
    value = {(mode, years, metric): number for mode, years, metric, number in found.iter_rows()}

    def row(label: str, cell: Callable[[Callable[[str], float]], str]) -> str:
        cells = [cell(lambda metric, at=at: value.get((*at, metric), math.nan)) for at in COLUMNS]  # type: ignore[misc]
        return line(label, *cells)

    def share(metric: str) -> Callable[[Callable[[str], float]], str]:
        def cell(v: Callable[[str], float]) -> str:
            others = ", ".join(f"{100 * v(f'{metric}_{name}'):.1f}" for name in OTHERS)
            return f"{100 * v(metric):.1f} ({others})"

        return cell

    def volume(v: Callable[[str], float]) -> str:
        others = ", ".join(f"{v(f'volume_error_median_{name}'):.2f}" for name in OTHERS)
        return f"{v('volume_error_median'):.2f} ({others})"

    def price(metric: str) -> Callable[[Callable[[str], float]], str]:
        return lambda v: f"{v(metric):.2f} ({v(f'{metric}_no_change'):.2f})"

    return [
        line("", "conditional, first year", "conditional, all years", "ex ante, first year", "ex ante, all years"),
        line(*["---"] * 5),
        row("events, pairs", lambda v: f"{v('events'):.0f}, {v('pairs'):.0f}"),
        row("median share error (pro rata, no change, reallocation)", share("share_error_median")),
        row("mean share error (the same)", share("share_error_mean")),
        row("mean price error (no change)", price("price_error_mean")),
        row("... with a quotation", price("price_error_mean_quoted")),
        row("... without", price("price_error_mean_unquoted")),
        row("rank correlation of price changes", lambda v: f"{v('price_rank_correlation'):.2f}"),
        row("bands hold price", lambda v: percent(v("price_band_coverage"))),
        row("bands hold share", lambda v: percent(v("share_band_coverage"))),
        row("volumes beat pro rata", lambda v: percent(v("volumes_beat_pro_rata"))),
        row("... no change and reallocation", lambda v: percent(v("volumes_beat_no_change_and_reallocation"))),
        row("median volume error (pro rata, no change, reallocation)", volume),
    ]  # fmt: skip


def rules(store: Store, result: Hindcast) -> list[str]:
    """Conditional mode, first year, over other choices of pairs and of elasticities."""
    first = pl.col("mode").eq("conditional") & pl.col("years_since").eq(1)
    history, volumes = result.pairs.filter(first), result.volumes.filter(first)
    former = pl.col("event_id").is_in(FORMER) & ~pl.col("mineral").is_in(["palladium", "rhodium"])
    scored, small = pl.col("scored"), pl.col("unscored").eq("small importer").fill_null(False)
    faint = pl.col("unscored").str.starts_with("not visible").fill_null(False)
    choices = {
        "as scored": scored,
        "the seven events of documented size alone": scored & former,
        "prices with a quotation": scored & (pl.col("price_status") == JUDGED),
        "and importers of 2 to 5 %": scored | small,
        "and cases not visible in annual data": scored | faint,
        "everything that is computed": pl.lit(True),
    }  # fmt: skip
    rows = [rule(label, chosen(history, volumes, which)) for label, which in choices.items()]
    before = alone(store, history)
    rows += [
        rule("as scored, prior elasticities", before),
        rule("the seven events, prior elasticities", before, former),
    ]
    head = ("scored", "events", "pairs", "share error, points: median", "mean", "price error, logs",
            "rank correlation", "volumes beat pro rata")  # fmt: skip
    return [line(*head), line(*["---"] * len(head)), *rows]


def chosen(history: pl.DataFrame, volumes: pl.DataFrame, which: pl.Expr) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pairs and volumes with what is counted marked."""
    some = history.with_columns(scored=which)
    counted = some.filter("scored").select(CASE).unique().with_columns(counts=True)
    marked = volumes.join(counted, on=CASE, how="left").with_columns(scored=pl.col("counts").fill_null(False))
    return some, marked.drop("counts")


def alone(store: Store, history: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each scored event judged by the prior of its class, from nothing that was learnt."""
    scored = set(history.filter("scored").select("event_id", "mineral").iter_rows())
    events = [event for event in restriction_events(store) if (event.event_id, event.mineral) in scored]
    runs = [run(store, [event], modes=("conditional",), years_after=1, panel={}) for event in events]
    return pl.concat(one.pairs for one in runs), pl.concat(one.volumes for one in runs)


def rule(label: str, found: tuple[pl.DataFrame, pl.DataFrame], which: pl.Expr | None = None) -> str:
    """A row of the table of rules."""
    some, volumes = found if which is None else chosen(*found, pl.col("scored") & which)
    value = dict(metrics(some, volumes).filter(pl.col("years") == "first").select("metric", "value").iter_rows())

    def share(name: str) -> str:
        return f"{100 * value[name]:.1f} ({100 * value[f'{name}_pro_rata']:.1f})"

    return line(
        label, f"{value['events']:.0f}", f"{value['pairs']:.0f}",
        share("share_error_median"), share("share_error_mean"),
        f"{value['price_error_mean']:.2f} ({value['price_error_mean_no_change']:.2f})",
        f"{value['price_rank_correlation']:.2f}", percent(value["volumes_beat_pro_rata"]),
    )  # fmt: skip


def pairs(result: Hindcast) -> list[str]:
    """Every pair of the first year in conditional mode."""
    first = result.pairs.filter(pl.col("mode") == "conditional", pl.col("years_since") == 1)
    head = ("event", "importer", "kept", "share before", "predicted", "pro rata", "observed", "price predicted", "band",
            "observed", "scored")  # fmt: skip
    rows = [
        line(
            f"{row['event_id']} {row['mineral']}", country_names()[row["importer"]], percent(row["kept"]),
            *(f"{100 * row[f'share_{name}']:.1f}" for name in ("no_change", "predicted", "pro_rata", "observed")),
            ratio(row["log_price_predicted"]), f"{ratio(row['log_price_low'])}-{ratio(row['log_price_high'])}",
            ratio(row["log_price_observed"]) + {"no price": " (no price)"}.get(row["price_status"], ""),
            row["unscored"] or "yes",
        )
        for row in first.iter_rows(named=True)
    ]  # fmt: skip
    return [line(*head), line(*["---"] * len(head)), *rows]


def prices(store: Store) -> list[str]:
    """How the price of every code with a quotation is measured."""
    head = ("code", "quotation", "estimator", "correlation of importers", "of the world", "changes", "judged")
    rows = [
        line(
            one.hs6, one.series or "", one.estimator, correlation(one.correlation), correlation(one.world_correlation),
            str(one.changes), one.status,
        )
        for _, one in sorted(price_measures(store).items())
        if one.series is not None
    ]  # fmt: skip
    return [line(*head), line(*["---"] * len(head)), *rows]


def elasticities(store: Store) -> list[str]:
    """What was believed before, what the data made of it, and how much stands behind it."""
    table = store.scan("class_elasticities").filter(pl.col("horizon") == "short").collect()
    head = ("class", "elasticity of", "prior", "learnt", "range", "moved by a factor of", "supply falls", "events")
    rows = [
        line(
            row["market_class"], row["kind"], f"{row['prior']:g}", f"{row['central']:g}",
            f"{row['low']:g}-{row['high']:g}",
            f"{math.exp(row['moved']):.1f}", str(row["episodes"] or 0), str(row["events"] or 0),
        )
        for row in table.iter_rows(named=True)
    ]  # fmt: skip
    return [line(*head), line(*["---"] * len(head)), *rows]


def line(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def percent(value: float) -> str:
    """A fraction in per cent."""
    return "-" if math.isnan(value) else f"{100 * value:.0f} %"


def ratio(log: float | None) -> str:
    """A price over base."""
    return "-" if log is None or not math.isfinite(log) else f"{math.exp(log):.2f}"


def correlation(value: float | None) -> str:
    """A correlation, or a dash."""
    return "-" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
