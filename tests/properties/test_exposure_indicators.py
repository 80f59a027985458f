"""What must hold of the indicators whatever the numbers are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sogdia.concentration import herfindahl, largest, shares, totals
from sogdia.exposure.indicators.ec_supply_risk import governance_weighted_hhi, supply_risk
from sogdia.exposure.indicators.geopolrisk import characterisation_factor, import_risk, import_risk_half_width, score
from sogdia.exposure.indicators.reliance import net_import_reliance

amounts = st.floats(1e-3, 1e9)
suppliers = st.lists(amounts, min_size=1, max_size=12)
fractions = st.floats(0, 1)
ONE = np.array([0])
CLOSE = 1e-9


def alone(values: list[float]) -> tuple[np.ndarray, np.ndarray, int]:
    """All flows in one record."""
    return np.array(values), np.zeros(len(values), dtype=np.intp), 1


@st.composite
def several_records(draw):
    """Amounts, their records, and the number of records; some records have no flow."""
    records = draw(st.integers(1, 5))
    size = draw(st.integers(0, 15))
    amount = draw(st.lists(amounts, min_size=size, max_size=size))
    record = draw(st.lists(st.integers(0, records - 1), min_size=size, max_size=size))
    return np.array(amount, dtype=np.float64), np.array(record, dtype=np.intp), records


@given(several_records())
def test_shares_of_a_record_sum_to_one(market):
    amount, record, records = market
    summed = totals(shares(amount, record, records), record, records)
    assert summed[np.unique(record)] == pytest.approx(1.0)


@given(several_records())
def test_a_record_without_flows_has_no_concentration_and_no_leader(market):
    amount, record, records = market
    empty = np.setdiff1d(np.arange(records), record)
    winner, share = largest(amount, record, records)
    assert np.isnan(herfindahl(amount, record, records)[empty]).all()
    assert (winner[empty] == -1).all()
    assert np.isnan(share[empty]).all()


@given(several_records())
def test_records_do_not_touch_each_other(market):
    amount, record, records = market
    together = herfindahl(amount, record, records)
    for number in np.unique(record):
        own = amount[record == number]
        assert together[number] == pytest.approx(herfindahl(*alone(own.tolist()))[0], rel=CLOSE)


@given(suppliers)
def test_concentration_lies_between_equal_shares_and_a_single_supplier(values):
    index = herfindahl(*alone(values))[0]
    assert 1 / len(values) - CLOSE <= index <= 1 + CLOSE


@given(st.integers(1, 50), amounts)
def test_equal_suppliers_have_concentration_one_over_their_number(count, amount):
    assert herfindahl(*alone([amount] * count))[0] == pytest.approx(1 / count)


@given(suppliers, st.floats(1e-3, 1e3))
def test_concentration_does_not_depend_on_the_unit(values, factor):
    scaled = [value * factor for value in values]
    assert herfindahl(*alone(scaled))[0] == pytest.approx(herfindahl(*alone(values))[0], rel=CLOSE)


@given(suppliers.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
def test_concentration_does_not_depend_on_the_order(pair):
    assert herfindahl(*alone(pair[0]))[0] == pytest.approx(herfindahl(*alone(pair[1]))[0], rel=CLOSE)


@given(st.lists(amounts, min_size=2, max_size=12))
def test_merging_two_suppliers_never_lowers_concentration(values):
    merged = [values[0] + values[1], *values[2:]]
    assert herfindahl(*alone(merged))[0] >= herfindahl(*alone(values))[0] - CLOSE


@given(suppliers)
def test_the_leader_has_the_largest_share_and_the_rest_is_what_is_left_without_it(values):
    winner, share = largest(*alone(values))
    assert values[winner[0]] == max(values)
    rest = sum(value for number, value in enumerate(values) if number != winner[0])
    assert 1 - share[0] == pytest.approx(rest / sum(values), abs=CLOSE)


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_net_import_reliance_is_a_fraction_or_unknown(imports, exports, production):
    reliance = net_import_reliance(np.array([imports]), np.array([exports]), np.array([production]))[0]
    if production + (imports - exports) > 0:
        assert 0 <= reliance <= 1
    else:
        assert np.isnan(reliance)


@given(amounts, amounts)
def test_reliance_is_unknown_where_production_is(imports, exports):
    assert np.isnan(net_import_reliance(np.array([imports]), np.array([exports]), np.array([np.nan])))[0]


@given(amounts, amounts, st.floats(0, 1e9))
def test_more_production_never_raises_reliance(imports, production, more):
    less, greater = (
        net_import_reliance(np.array([imports]), np.zeros(1), np.array([made]))[0]
        for made in (production, production + more)
    )
    assert greater <= less + CLOSE


@st.composite
def sourcing(draw):
    """Quantities and instabilities of the suppliers of one record, and its own production."""
    quantity = draw(suppliers)
    instability = draw(st.lists(fractions, min_size=len(quantity), max_size=len(quantity)))
    return np.array(quantity), np.array(instability), np.array([draw(st.floats(0, 1e9))])


def risk_of(quantity, instability, production):
    return import_risk(quantity, instability, production, np.zeros(len(quantity), dtype=np.intp))[0][0]


@given(sourcing(), fractions)
def test_import_risk_and_score_lie_between_zero_and_one(market, concentration):
    risk = risk_of(*market)
    assert 0 <= risk <= 1 + CLOSE
    assert 0 <= score(np.array([concentration]), np.array([risk]))[0] <= 1 + CLOSE


@given(sourcing(), st.data())
def test_a_less_stable_supplier_never_lowers_the_risk(market, data):
    quantity, instability, production = market
    which = data.draw(st.integers(0, len(quantity) - 1))
    worse = instability.copy()
    worse[which] = data.draw(st.floats(instability[which], 1))
    assert risk_of(quantity, worse, production) >= risk_of(quantity, instability, production) - CLOSE


@given(sourcing(), st.floats(0, 1e9))
def test_own_production_never_raises_the_risk(market, more):
    quantity, instability, production = market
    assert risk_of(quantity, instability, production + more) <= risk_of(quantity, instability, production) + CLOSE


@given(sourcing())
def test_unknown_instability_counts_as_one_half(market):
    quantity, instability, production = market
    unknown = np.full_like(instability, np.nan)
    assert risk_of(quantity, unknown, production) == risk_of(quantity, np.full_like(instability, 0.5), production)


@given(amounts)
def test_without_imports_and_production_the_risk_is_unknown_not_zero(quantity):
    risk, imports = import_risk(np.array([quantity]), np.array([0.3]), np.zeros(2), ONE)
    assert imports[1] == 0
    assert np.isnan(risk[1])


@given(sourcing(), st.floats(0, 1))
def test_the_band_is_never_wider_than_if_all_errors_went_together(market, std_error):
    quantity, _, production = market
    record = np.zeros(len(quantity), dtype=np.intp)
    half = import_risk_half_width(quantity, np.full(len(quantity), std_error), production, record)[0]
    together = import_risk_half_width(
        np.array([quantity.sum()]), np.array([std_error]), production, np.zeros(1, dtype=np.intp)
    )[0]
    assert 0 <= half <= together + CLOSE


@given(fractions, amounts, st.floats(1, 1e3))
def test_the_characterisation_factor_grows_with_the_price(value, price, factor):
    risk = np.array([value])
    dear, cheap = (characterisation_factor(risk, np.array([p]))[0] for p in (price * factor, price))
    assert dear == pytest.approx(cheap * factor, rel=CLOSE)


@given(sourcing())
def test_governance_weighted_concentration_never_exceeds_ten_times_concentration(market):
    quantity, instability, _ = market
    record = np.zeros(len(quantity), dtype=np.intp)
    weighted = governance_weighted_hhi(quantity, instability, np.ones(len(quantity)), record, 1)[0]
    assert weighted <= 10 * herfindahl(quantity, record, 1)[0] + CLOSE


@given(st.floats(0, 10), st.floats(0, 10), fractions, fractions, st.floats(0.5, 1))
def test_supply_risk_lies_between_those_of_its_two_scopes(world, importer, reliance, recycling, substitution):
    def risk(world_hhi: float, importer_hhi: float) -> float:
        values = (world_hhi, importer_hhi, reliance, recycling, substitution)
        return float(supply_risk(*(np.array([value]) for value in values))[0])

    low, high = sorted((risk(world, world), risk(importer, importer)))
    assert low - CLOSE <= risk(world, importer) <= high + CLOSE


@given(st.floats(0.1, 10), st.floats(0, 10), fractions)
def test_recycling_lowers_supply_risk_and_full_recycling_ends_it(world, importer, recycling):
    assume(recycling < 1)
    arguments = [np.array([world]), np.array([importer]), ONE.astype(float)]
    none, some, full = (supply_risk(*arguments, np.array([r]), np.ones(1))[0] for r in (0.0, recycling, 1.0))
    assert none >= some >= full == 0
