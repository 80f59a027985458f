"""What is not known is a gap in the chart of a mineral, and a mix of stages is not called a price."""

from __future__ import annotations

import re

import polars as pl
import pytest

from sogdia.brief import Report
from sogdia.exposure.caveats import FULL_SCORE, WORLD_ALONE
from sogdia.render.blocks import Fold, Section, Text, figures, walk
from sogdia.render.charts.trend import trend
from sogdia.render.plot.picture import WIDE

YEARS = list(range(2000, 2010))


def areas(known: list[int]) -> list[str]:
    """The classes of areas and lines drawn for one supplier whose share by weight is known in some years."""
    shares = pl.DataFrame(
        {
            "year": YEARS,
            "supplier": ["China"] * len(YEARS),
            "weight_share": [1.0 if year in known else None for year in YEARS],
            "value_share": [1.0] * len(YEARS),
        }
    )
    strips = pl.DataFrame(
        {"year": YEARS, "import_quantity_t": [5.0 if year in known else None for year in YEARS]},
    ).with_columns(price_usd_per_kg=pl.lit(1.0), import_hhi_weight=pl.lit(1.0))
    drawn = trend(pl.concat([shares, strips], how="diagonal"), {"China": "c0"}, (YEARS[0], YEARS[-1]), None, WIDE)
    return re.findall(r'<path class="(f-c0 edge|s-accent w2)"', drawn.body)


def test_a_year_without_a_known_share_or_amount_is_a_gap_in_areas_and_lines():
    whole = areas(YEARS)
    broken = areas([year for year in YEARS if year not in (2003, 2004)])
    assert (whole.count("f-c0 edge"), whole.count("s-accent w2")) == (2, 3)
    assert (broken.count("f-c0 edge"), broken.count("s-accent w2")) == (3, 4)


def test_the_chart_of_rare_earths_has_no_weight_before_2000(parts: tuple[Section, ...]):
    frame = next(f.frame for f in figures(parts) if f.key == "trend-rare_earths").filter(pl.col("year") < 2000)
    assert frame.height > 0
    for column in ("weight_share", "import_quantity_t", "price_usd_per_kg", "import_hhi_weight"):
        assert frame[column].null_count() == frame.height, column


def test_all_panels_of_a_mineral_span_the_same_years(parts: tuple[Section, ...]):
    drawn = next(f.draw(WIDE) for f in figures(parts) if f.key == "trend-rare_earths")
    first_years = [re.search(r">(\d{4})</text>", piece.body) for _, piece in drawn.pieces]
    assert [year and year[1] for year in first_years] == ["1995", "1995", None, "1995", "1995", "1995"]


def test_ore_and_metal_together_are_called_a_mix_and_no_price(report: Report, parts: tuple[Section, ...]):
    gold = next(f for f in figures(parts) if f.key == "trend-gold")
    assert "is no price" in gold.caption
    assert "USD" not in gold.caption
    assert "USD/kg of ore and metal together" in gold.draw(WIDE).body
    tin = next(f for f in figures(parts) if f.key == "trend-tin")
    assert "USD/kg of ore" not in tin.draw(WIDE).body


def test_one_weight_stands_in_text_table_and_losses(report: Report, parts: tuple[Section, ...]):
    text = said(parts, "mineral-diatomite")
    assert "States supplied 27.3" in text
    assert "Weights were imputed from value for 13.6" in text
    lost = report.losses.rows.filter(pl.col("mineral") == "diatomite", pl.col("supplier") == "USA")["share"].item()
    shown = report.exposure.suppliers.filter(pl.col("mineral") == "diatomite", pl.col("supplier") == "USA")
    assert shown["weight_share"].item() == pytest.approx(lost)


def test_the_opening_sentence_ranks_full_scores_and_names_the_others_apart(report: Report, parts: tuple[Section, ...]):
    lead = next(part.lead for part in parts if part.key == "overview")
    ranked, apart = lead.split("highest for ")[1].split("; judged by the world's concentration alone")
    scope = {m.name.lower(): s for m in report.minerals for s in scopes(report, m.key)}
    assert [scope[name] for name in re.split(", | and ", ranked)] == [FULL_SCORE] * 3
    apart = apart.split(" would")[0]
    named = [name for name, told in scope.items() if told == WORLD_ALONE and re.search(rf"\b{name}\b", apart)]
    assert named == ["cobalt"]


def test_why_reliance_is_not_known_and_what_the_score_is_then_are_told(parts: tuple[Section, ...]):
    text = said(parts, "mineral-cobalt")
    assert "Net import reliance is not known (on record exports reach or exceed imports and production)" in text
    assert "is therefore the world's concentration alone" in text
    assert "283030 (compound) not mapped since 2014" in said(parts, "mineral-cadmium")


def scopes(report: Report, mineral: str) -> list[str | None]:
    return report.exposure.records.filter(pl.col("mineral") == mineral)["ec_scope"].to_list()


def said(parts: tuple[Section, ...], key: str) -> str:
    """The paragraphs of a fold."""
    fold = next(b for part in parts for b in part.blocks if isinstance(b, Fold) and b.key == key)
    return " ".join(p for block in walk(fold.blocks) if isinstance(block, Text) for p in block.paragraphs)
