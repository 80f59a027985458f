from __future__ import annotations

import polars as pl
import pytest

from sogdia.data.repair import repair, repaired
from sogdia.data.spikes import LARGE_KUSD, spikes

YEARS = range(2018, 2023)
SPIKE_YEAR = 2020


def series(unit_values: list[float], exporter: str = "GIN", value: float = 10 * LARGE_KUSD) -> pl.DataFrame:
    """Bauxite of one exporter to China at a unit value [kUSD/t] in each of the years."""
    return pl.DataFrame(
        {
            "year": pl.Series(YEARS, dtype=pl.Int16),
            "exporter": exporter,
            "importer": "CHN",
            "hs6": "260600",
            "value_kusd": value,
            "quantity_t": [value / unit for unit in unit_values],
        }
    )


def market(unit_values: list[float], **kwargs: float) -> pl.DataFrame:
    """The series beside four suppliers whose unit value stays at 0.06."""
    others = [series([0.06] * 5, exporter) for exporter in ("AUS", "IDN", "BRA", "JAM")]
    return pl.concat([series(unit_values, **kwargs), *others])


def test_a_leap_for_one_year_and_back_is_found_and_the_neighbours_say_what_to_use():
    found = spikes(market([0.06, 0.06, 0.45, 0.06, 0.06]))
    row = found.row(0, named=True)
    assert found.height == 1
    assert (row["exporter"], row["year"]) == ("GIN", SPIKE_YEAR)
    assert row["quantity_spike_t"] == pytest.approx(10 * LARGE_KUSD / 0.06)


def test_a_step_that_stays_is_a_new_price_not_a_spike():
    assert spikes(market([0.06, 0.06, 0.45, 0.45, 0.45])).is_empty()


def test_a_leap_of_the_whole_market_is_no_spike():
    everyone = pl.concat([series([0.06, 0.06, 0.45, 0.06, 0.06], name) for name in ("GIN", "AUS", "IDN", "BRA")])
    assert spikes(everyone).is_empty()


def test_the_first_and_the_last_year_cannot_be_judged():
    assert spikes(market([0.45, 0.06, 0.06, 0.06, 0.45])).is_empty()


def test_small_lots_are_not_judged():
    assert spikes(market([0.06, 0.06, 0.45, 0.06, 0.06], value=0.5 * LARGE_KUSD)).is_empty()


def test_a_spike_inside_the_band_is_flagged_and_replaced_in_completed_weights_only():
    flow = repair(market([0.06, 0.06, 0.45, 0.06, 0.06])).filter(pl.col("quality") != "reported").row(0, named=True)
    assert (flow["quality"], flow["exporter"], flow["year"]) == ("spike", "GIN", SPIKE_YEAR)
    assert flow["quantity_t"] == flow["quantity_reported_t"] == pytest.approx(10 * LARGE_KUSD / 0.45)
    assert flow["quantity_completed_t"] == pytest.approx(10 * LARGE_KUSD / 0.06)


def test_a_spike_outside_the_band_is_absurd_and_replaced_everywhere():
    """Kilograms written as tonnes do not escape because their neighbouring years are right."""
    flow = repair(market([0.08, 0.08, 0.00008, 0.08, 0.08])).filter(pl.col("quality") != "reported").row(0, named=True)
    assert (flow["quality"], flow["exporter"], flow["year"]) == ("absurd", "GIN", SPIKE_YEAR)
    assert flow["quantity_t"] == flow["quantity_completed_t"] == pytest.approx(10 * LARGE_KUSD / 0.08)


def test_asking_for_one_year_sees_its_neighbours_too(store):
    flow = repaired(store, ["260600"], [2023]).filter(pl.col("exporter") == "GIN", pl.col("importer") == "CHN")
    assert flow["year"].to_list() == [2023]
    assert flow["quality"].to_list() == ["spike"]
    assert flow["quantity_completed_t"].item() > 3 * flow["quantity_reported_t"].item()
