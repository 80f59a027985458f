"""A reserve is divided by the world's only where both count the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import polars as pl

from sogdia.data import Store
from sogdia.data.reserves import reserves_of


@dataclass(frozen=True)
class Table:
    """Stands for a store with one table."""

    frame: pl.DataFrame

    def scan(self, _table: str) -> pl.LazyFrame:
        return self.frame.lazy()


def row(country: str, tonnes: float | None, **other: Any) -> dict[str, Any]:
    """A row on tin, counted by the USGS in contained metal where nothing else is said."""
    like = {"mineral": "tin", "subject": "tin", "measure": "usgs_economic", "form": "contained", "basis": "Sn"}
    aggregate = "world" if country == "WLD" else "country"
    return {**like, "country": country, "aggregate": aggregate, "reserves_t": tonnes, "share_of_world": None, **other}


def shares(*rows: dict[str, Any]) -> list[float | None]:
    """Shares of the world of Kazakhstan's rows."""
    frame = pl.DataFrame(rows, schema_overrides={"share_of_world": pl.Float64, "reserves_t": pl.Float64})
    return reserves_of(cast(Store, Table(frame)), ["KAZ"])["share_of_world"].to_list()


def test_a_share_is_the_quotient_of_two_figures_of_one_measure() -> None:
    assert shares(row("WLD", 200.0), row("KAZ", 50.0)) == [0.25]


def test_figures_of_another_measure_or_basis_are_never_divided() -> None:
    assert shares(row("WLD", 200.0), row("KAZ", 50.0, measure="national_balance")) == [None]
    assert shares(row("WLD", 200.0), row("KAZ", 50.0, basis="SnO2")) == [None]


def test_a_published_share_stays_as_it_is() -> None:
    assert shares(row("WLD", 200.0), row("KAZ", 50.0, share_of_world=0.3)) == [0.3]


def test_an_unknown_reserve_or_total_leaves_the_share_unknown() -> None:
    assert shares(row("WLD", 200.0), row("KAZ", None)) == [None]
    assert shares(row("WLD", None), row("KAZ", 50.0)) == [None]


def test_only_the_countries_asked_for_have_rows(store: Store) -> None:
    assert set(reserves_of(store, ["KAZ"])["country"]) == {"KAZ"}
    assert reserves_of(store, []).is_empty()
