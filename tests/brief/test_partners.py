"""What the report says of the partners' output is true of the whole production table, uranium included."""

from __future__ import annotations

import polars as pl

from sogdia.brief import Report
from sogdia.data import Store
from sogdia.render.blocks import Figure, Section, walk

ENERGY = ("Coal", "Lignite", "Crude", "Petroleum", "Natural gas", "Oil")


def figure(parts: tuple[Section, ...], key: str) -> Figure:
    (found,) = [b for part in parts for b in walk(part.blocks) if isinstance(b, Figure) and b.key == key]
    return found


def test_the_mineral_of_which_the_partners_make_most_is_named_as_such(
    report: Report, parts: tuple[Section, ...], store: Store
) -> None:
    made = store.scan("production").filter(pl.col("year") == report.year).collect()
    members = [member for partner in report.partners for member in partner.members]
    own = made.filter(pl.col("country").is_in(members)).group_by("mineral").agg(own=pl.col("quantity").sum())
    shares = (
        made.group_by("mineral")
        .agg(world=pl.col("quantity").sum())
        .join(own, on="mineral")
        .filter(pl.col("mineral").is_in([m.key for m in report.minerals]))
        .with_columns(share=pl.col("own") / pl.col("world"))
        .sort("share", descending=True)
    )
    caption = figure(parts, "partner-production").caption
    most = store.mineral(shares["mineral"][0])
    assert most.key == "uranium"
    assert f"most of {most.name.lower()}, {100 * shares['share'][0]:.1f}" in caption


def test_bars_that_are_left_out_are_said(parts: tuple[Section, ...]) -> None:
    made = figure(parts, "partner-production")
    count = int(made.caption.split("output of ")[1].split()[0])
    shown = made.frame["name"].n_unique()
    assert shown < count
    assert f"The {shown} largest shares are shown." in made.caption


def test_only_coal_oil_and_gas_are_left_out_of_the_report(report: Report, store: Store) -> None:
    mapped = {m.key for m in store.minerals.values() if m.codes}
    left_out = {store.mineral(key).name for key in mapped - {m.key for m in report.minerals}}
    assert left_out
    assert all(any(word.lower() in name.lower() for word in ENERGY) for name in left_out)
