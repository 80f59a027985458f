"""Years are drawn as often as the rates say, each stream by numbers of its own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sogdia.errors import InputError
from sogdia.scenarios.rates import annual_rates
from sogdia.scenarios.sampling import ROUNDS, occurrences, parts, share_at, timetable, uniforms, uniforms_at, years_at
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.uncertain import Range

YEARS = 40_000
DAYS = Range(30, 100, 900)


def stream(*rates: float, days: Range = DAYS, name: str = "toy") -> EventStream:
    possible = tuple(Possibility(rate, (Hit("output", "CHN", None, days),), f"e{k}") for k, rate in enumerate(rates))
    return EventStream(name, "toy", "a toy", possible, "assumed", ())


@pytest.mark.parametrize("rate", [0.03, 0.2, 0.9])
def test_the_number_of_events_that_hold_in_a_year_is_poisson(rate):
    """Chi-square of 0, 1, 2 and more events in 40,000 years."""
    table = timetable(stream(rate))
    drawn = occurrences(table, 7, YEARS, 1.0)
    seen = np.bincount(np.bincount(drawn.years, minlength=YEARS), minlength=ROUNDS + 1)
    least = 1 + int(np.flatnonzero(YEARS * stats.poisson.pmf(np.arange(ROUNDS), table.mean) >= 5)[-1])
    expected = YEARS * np.append(
        stats.poisson.pmf(np.arange(least), table.mean), stats.poisson.sf(least - 1, table.mean)
    )
    assert stats.chisquare(np.append(seen[:least], seen[least:].sum()), expected).pvalue > 1e-3


def test_possibilities_of_a_stream_come_in_proportion_to_rate_and_length():
    table = timetable(stream(0.05, 0.02, 0.01))
    drawn = occurrences(table, 3, YEARS, 1.0)
    seen = np.bincount(drawn.possibility, minlength=3)
    assert stats.chisquare(seen, len(drawn.possibility) * np.array([5, 2, 1]) / 8).pvalue > 1e-3


def test_odds_of_a_rare_stream_are_raised_and_weighted_back():
    table = timetable(stream(0.01))
    p = -math.expm1(-table.mean)
    drawn = occurrences(table, 5, YEARS, 4.0)
    raised = 4 * p / (1 + 3 * p)
    assert len(drawn.held) / YEARS == pytest.approx(raised, rel=0.06)
    none, some = drawn.weight
    assert raised * some == pytest.approx(p)
    assert raised * some + (1 - raised) * none == pytest.approx(1.0)


def test_the_same_rate_is_found_whatever_the_odds():
    table = timetable(stream(0.01))
    hit = table.stream.possibilities[0].hits[0]
    means = []
    for odds in (1.0, 2.0, 5.0):
        drawn = occurrences(table, 11, 200_000, odds)
        part = parts(drawn, np.arange(len(drawn.years)), hit)
        means.append(float((part * drawn.weight[1]).sum()) / 200_000)
    assert means == pytest.approx([means[0]] * 3, rel=0.1)


def test_the_mean_part_of_a_year_is_rate_times_length():
    """Little's law: the mean loss a year is how often times how long, whatever years an event straddles."""
    days = Range(365.25 * 2, 365.25 * 3, 365.25 * 4)
    table = timetable(stream(0.004, days=days))
    hit = table.stream.possibilities[0].hits[0]
    drawn = occurrences(table, 2, 400_000, 1.0)
    lost = parts(drawn, np.arange(len(drawn.years)), hit).sum() / 400_000
    length = np.mean(years_at(days, (np.arange(8) + 0.5) / 8))
    assert lost == pytest.approx(0.004 * length, rel=0.05)


def test_an_event_of_several_years_fills_most_years_that_it_touches():
    table = timetable(stream(0.01, days=Range(3652.5, 3652.5, 3652.5)))
    drawn = occurrences(table, 2, YEARS, 1.0)
    part = parts(drawn, np.arange(len(drawn.years)), table.stream.possibilities[0].hits[0])
    assert (part == 1.0).mean() == pytest.approx(9 / 11, abs=0.05)


def test_years_do_not_depend_on_where_a_run_begins_or_how_long_it_is():
    for rate in (0.002, 0.3):
        table = timetable(stream(rate))
        whole, late = occurrences(table, 1, 500, 2.0), occurrences(table, 1, 200, 2.0, first=300)
        assert np.array_equal(late.years + 300, whole.years[whole.years >= 300])
        assert np.array_equal(late.level, whole.level[whole.years >= 300])


def test_streams_have_numbers_of_their_own():
    one, other, again = (uniforms(1, name, 1000)[:, 0, 0] for name in ("a", "b", "a"))
    assert np.array_equal(one, again)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.1
    assert not np.array_equal(one, uniforms(2, "a", 1000)[:, 0, 0])


def test_lengths_and_shares_pass_through_low_central_and_high():
    assert years_at(Range(36.525, 365.25, 3652.5), np.array([0, 0.5, 1.0])) == pytest.approx([0.1, 1.0, 10.0])
    assert share_at(Range(0.1, 0.4, 0.5), np.array([0, 0.25, 1.0])) == pytest.approx([0.1, 0.25, 0.5])


@pytest.mark.parametrize(
    ("possibility", "column", "value"),
    [
        (Possibility(-0.1, (Hit("output", "CHN", None, Range(1, 2, 3)),)), "rate_per_year", "-0.1"),
        (Possibility(0.1, (Hit("output", "CHN", None, Range(1, 2, 3), Range(0.5, 0.9, 1.2)),)), "share", "1.2"),
        (Possibility(0.1, (Hit("output", "CHN", None, Range(1, 2, 3), factor=7.0),)), "factor", "7"),
        (Possibility(0.1, (Hit("output", "CHN", None, Range(3, 2, 1)),)), "days", "3, 2, 1"),
        (Possibility(0.1, (Hit("volcano", "CHN", None, Range(1, 2, 3)),)), "kind", "volcano"),
    ],
)
def test_a_stream_that_makes_no_sense_is_refused(possibility, column, value):
    with pytest.raises(InputError) as refused:
        EventStream("toy", "toy", "a toy", (possibility,), "assumed", ())
    fault = refused.value.faults[0]
    assert fault.file == "toy"
    assert fault.column == column
    assert value in fault.value


def test_every_annual_rate_has_a_range_a_unit_and_sources_that_resolve():
    from sogdia.data.provenance import sources

    for rate in annual_rates().values():
        assert rate.value.low <= rate.value.central <= rate.value.high
        assert rate.unit
        assert set(rate.source_ids) <= set(sources())
        assert rate.evidence != "assumed" or rate.note


@pytest.mark.parametrize("rounds", [1, 4])
@pytest.mark.parametrize("years", [[], [3, 3, 9], [0, 1, 1000, 1999], list(range(0, 2000, 3))])
def test_uniforms_of_some_years_are_those_of_all(rounds, years):
    found = uniforms_at(5, "a", np.array(years, dtype=np.int64), 2000, rounds)
    np.testing.assert_array_equal(found, uniforms(5, "a", 2000, rounds)[np.array(years, dtype=np.int64)])
