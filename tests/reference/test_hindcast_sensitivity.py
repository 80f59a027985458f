"""What does the hindcast show, and what do rules and priors decide? The tables of docs/hindcast.md, computed anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import Store
from sogdia.data.elasticities import class_elasticities
from sogdia.data.events import restriction_events
from sogdia.hindcast import Hindcast, run
from sogdia.hindcast.score import metrics
from sogdia.uncertain import ABOVE, BEYOND

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "hindcast.md"
CASE = ["event_id", "mineral", "year", "mode"]
judge = partial(run, modes=("conditional",), years_after=1)


@pytest.fixture(scope="module")
def history(store: Store) -> Hindcast:
    """The embedded events, conditional mode, first year."""
    return judge(store, restriction_events(store))


def because(*reasons: str) -> pl.Expr:
    """Pairs that are not scored for one of these reasons."""
    return pl.any_horizontal(pl.col("unscored").str.contains(reason) for reason in reasons).fill_null(False)


def with_pairs(history: Hindcast, also: pl.Expr) -> pl.DataFrame:
    """The metrics if these pairs counted too; nothing is learnt from them."""
    pairs = history.pairs.with_columns(scored=pl.col("scored") | also)
    counted = pairs.filter("scored").select(CASE).unique().with_columns(counts=True)
    volumes = history.volumes.join(counted, on=CASE, how="left").with_columns(scored=pl.col("counts").fill_null(False))
    return metrics(pairs, volumes)


def line(label: str, found: pl.DataFrame) -> str:
    """A row of the table in the page."""
    value = dict(found.filter(pl.col("years") == "first").select("metric", "value").iter_rows())
    cells = [
        label,
        f"{value['events']:.0f}",
        f"{value['pairs']:.0f}",
        f"{100 * value['share_error_median']:.1f} ({100 * value['share_error_median_no_change']:.1f})",
        f"{value['price_error_mean']:.2f} ({value['price_error_mean_no_change']:.2f})",
        f"{value['price_rank_correlation']:.2f}",
        f"{100 * value['price_band_coverage']:.0f} %",
        f"{100 * value['volumes_beat_no_change_and_reallocation']:.0f} %",
    ]
    return f"| {' | '.join(cells)} |"


def shown(row: str) -> bool:
    """Whether the page has the row."""
    return row in PAGE.read_text(encoding="utf-8").splitlines()


RULES = {
    "as scored": pl.lit(False),
    "and cases without a documented size": because("no documented size"),
    "and cases with few of their codes": because("of the event's codes"),
    "and cases not visible in annual data": because("not visible"),
    "and importers of 2 to 5 %": because("small importer"),
    "everything that is computed": pl.lit(True),
}


@pytest.mark.parametrize("label", RULES)
def test_the_page_shows_what_another_rule_of_scoring_would_give(history: Hindcast, label: str) -> None:
    row = line(label, with_pairs(history, RULES[label]))
    assert shown(row), row


@pytest.mark.parametrize(
    ("label", "least"), [("importers of 2 % and more, learning too", 0.02), ("importers of 10 % and more", 0.10)]
)
def test_the_page_shows_what_another_size_of_importers_would_give(store: Store, label: str, least: float) -> None:
    row = line(label, judge(store, restriction_events(store), min_share_of_world=least).metrics)
    assert shown(row), row


def alone(store: Store, history: Hindcast) -> pl.DataFrame:
    """Each event judged alone, so with the prior of its class."""
    scored = set(history.pairs.filter("scored").select("event_id", "mineral").iter_rows())
    runs = [judge(store, [e]) for e in restriction_events(store) if (e.event_id, e.mineral) in scored]
    return metrics(pl.concat(r.pairs for r in runs), pl.concat(r.volumes for r in runs))


def without_bands(row: str) -> str:
    """The row without the column of bands: alone, an event has no others whose errors could make one."""
    cells = row.split(" | ")
    return " | ".join([*cells[:6], "-", *cells[7:]])


def test_the_page_shows_what_the_priors_alone_give(store: Store, history: Hindcast) -> None:
    row = without_bands(line("priors alone, nothing learnt", alone(store, history)))
    assert shown(row), row


def test_the_page_shows_what_one_prior_for_all_classes_gives(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def same(of: Store, _: str, years: float, *, prior: bool = False) -> object:
        return class_elasticities(of, "all", years, prior=prior)

    replace: Callable[..., None] = monkeypatch.setattr
    replace(import_module("sogdia.hindcast.run"), "class_elasticities", same)
    row = line("one prior for all classes", judge(store, restriction_events(store)).metrics)
    assert shown(row), row


COLUMNS = [("conditional", "first"), ("conditional", "all"), ("ex_ante", "first"), ("ex_ante", "all")]
OTHERS = ("no_change", "pro_rata", "reallocation")


def figures(found: pl.DataFrame) -> list[str]:
    """The rows of the table of figures."""
    value = {tuple(key): number for *key, number in found.select("mode", "years", "metric", "value").iter_rows()}

    def row(label: str, cell: Callable[[Callable[[str], float]], str]) -> str:
        cells = [cell(lambda metric, at=at: value[(*at, metric)]) for at in COLUMNS]  # type: ignore[misc]
        return f"| {label} | {' | '.join(cells)} |"

    return [
        row("events, pairs", lambda v: f"{v('events'):.0f}, {v('pairs'):.0f}"),
        row("median share error", lambda v: f"{100 * v('share_error_median'):.1f}"),
        row(
            "... of no change, pro rata, reallocation",
            lambda v: ", ".join(f"{100 * v(f'share_error_median_{name}'):.1f}" for name in OTHERS),
        ),
        row("mean price error", lambda v: f"{v('price_error_mean'):.2f}"),
        row("... of no change", lambda v: f"{v('price_error_mean_no_change'):.2f}"),
        row("rank correlation of price changes", lambda v: f"{v('price_rank_correlation'):.2f}"),
        row(
            "bands hold price, share",
            lambda v: f"{100 * v('price_band_coverage'):.0f} %, {100 * v('share_band_coverage'):.0f} %",
        ),
        row("volumes beat both baselines", lambda v: f"{100 * v('volumes_beat_no_change_and_reallocation'):.0f} %"),
        row("median volume error", lambda v: f"{v('volume_error_median'):.2f}"),
        row(
            "... of no change, pro rata, reallocation",
            lambda v: ", ".join(f"{v(f'volume_error_median_{name}'):.2f}" for name in OTHERS),
        ),
    ]


def test_the_page_shows_the_figures_of_the_command(store: Store) -> None:
    missing = [row for row in figures(run(store, restriction_events(store)).metrics) if not shown(row)]
    assert missing == []


NAMES = {"JPN": "Japan", "USA": "United States", "FRA": "France", "DEU": "Germany", "KOR": "Korea"}


@pytest.mark.parametrize("importer", NAMES)
def test_the_page_shows_the_rare_earths_of_each_importer(history: Hindcast, importer: str) -> None:
    chosen = pl.col("event_id").eq("CHN_REE_QUOTA_2010") & pl.col("importer").eq(importer)
    found = history.pairs.filter(chosen).with_columns(pl.col("^log_price_(predicted|low|high|observed)$").exp())
    r = found.row(0, named=True)
    cells = [
        *(f"{100 * r[f'share_{name}']:.1f} %" for name in ("no_change", "predicted")),
        f"{100 * r['share_low']:.0f}-{100 * r['share_high']:.0f}",
        f"{100 * r['share_observed']:.1f} %",
        f"{r['log_price_predicted']:.1f}",
        f"{r['log_price_low']:.1f} to {ABOVE if r['log_price_high'] > BEYOND else format(r['log_price_high'], '.1f')}",
        f"{r['log_price_observed']:.1f}",
    ]
    note = " (not scored: 4.6 % of world imports)" if importer == "KOR" else ""
    row = f"| {NAMES[importer]}{note} | {' | '.join(cells)} |"
    assert shown(row), row
