"""What processing leaves with a partner."""

from __future__ import annotations

import pytest

from sogdia.codes import economy
from sogdia.data import sources
from sogdia.errors import UnknownNameError
from sogdia.stakes.jobs import direct_jobs
from sogdia.stakes.partner_ledger import LedgerFigure, PartnerLedger, partner_ledger, resource_countries
from sogdia.stakes.processing import processing

ASKED = ("direct_va", "indirect_va", "imports", "jobs")


def ledger(place: str, word: str) -> PartnerLedger:
    return partner_ledger(economy(place), processing(word))


def ordered(figure: LedgerFigure) -> bool:
    """Whether the central figure lies in its range."""
    assert figure.low is not None
    assert figure.high is not None
    return figure.low <= (figure.low if figure.central is None else figure.central) <= figure.high


def test_kazakh_ferroalloys_leave_most_of_a_dollar_at_home() -> None:
    figures = ledger("KAZ", "ferroalloys").figures
    assert figures["direct_va"].central == pytest.approx(0.538, abs=1e-3)
    assert figures["indirect_va"].central == pytest.approx(0.306, abs=1e-3)
    assert figures["imports"].central == pytest.approx(0.156, abs=1e-3)
    assert figures["land_transport"].central == pytest.approx(0.018, abs=1e-3)
    assert figures["ore_input"].central == pytest.approx(0.129, abs=1e-3)


@pytest.mark.parametrize("place", ["KAZ", "UZB", "KGZ", "TJK", "TKM", "IDN", "CENTRAL_ASIA"])
@pytest.mark.parametrize("word", ["ferroalloys", "copper", "chemicals", "ores"])
def test_every_partner_has_ranges(place: str, word: str) -> None:
    shown = {name: f for name, f in ledger(place, word).figures.items() if not f.reason}
    assert set(shown) >= {"direct_va", "indirect_va", "imports"}
    assert all(ordered(figure) for figure in shown.values())


@pytest.mark.parametrize("place", ["UZB", "KGZ", "TJK", "TKM"])
def test_a_partner_without_a_row_gets_a_range_alone_and_is_told_so(place: str) -> None:
    answer = ledger(place, "ferroalloys")
    assert not answer.own
    assert answer.figures["direct_va"].central is None
    assert answer.figures["direct_va"].evidence == "assumed"
    assert any("17 countries" in note and "no row" in note for note in answer.notes)


def test_the_range_is_that_of_17_resource_countries() -> None:
    assert len(resource_countries()) == 17
    peers = [ledger(iso3, "copper").figures["direct_va"].central for iso3 in resource_countries()]
    own = ledger("UZB", "copper").figures["direct_va"]
    known = [value for value in peers if value is not None]
    assert (own.low, own.high) == (min(known), max(known))


def test_direct_jobs_in_kazakh_metals_are_5_to_9_for_a_million() -> None:
    jobs = direct_jobs(economy("KAZ"), "C24A")
    assert jobs is not None
    assert jobs.low == pytest.approx(5.0)
    assert jobs.high == pytest.approx(8.7)
    assert jobs.central is not None
    assert jobs.low < jobs.central < jobs.high


def test_jobs_of_neighbours_are_a_range_and_assumed() -> None:
    jobs = direct_jobs(economy("KGZ"), "B07")
    assert jobs is not None
    assert (jobs.central, jobs.evidence) == (None, "assumed")


def test_jobs_are_not_carried_to_other_continents_and_sectors() -> None:
    assert direct_jobs(economy("CHL"), "B07") is None
    assert direct_jobs(economy("KAZ"), "C20") is None
    assert ledger("CHL", "copper").figures["jobs"].reason


@pytest.mark.parametrize("word", ["ferroalloys", "copper", "ores"])
def test_electricity_of_kazakh_metals_is_not_shown(word: str) -> None:
    answer = ledger("KAZ", word)
    assert answer.figures["electricity"].central is None
    assert answer.figures["electricity"].low is None
    assert "not credible" in answer.figures["electricity"].reason
    assert ledger("IDN", word).figures["electricity"].central is not None


def test_kazakh_copper_is_said_to_stand_in_another_row() -> None:
    assert any("copper" in note for note in ledger("KAZ", "copper").notes)
    assert not any("copper stands" in note for note in ledger("IDN", "copper").notes)


def test_value_added_is_said_to_hold_inputs_from_elsewhere() -> None:
    assert any("80 countries" in note and "lower bound" in note for note in ledger("KAZ", "ferroalloys").notes)


def test_processing_leaves_more_than_the_ore_in_it() -> None:
    answer = ledger("KAZ", "ferroalloys")
    gain, ore = answer.figures["gain_over_ore"].central, answer.figures["ore_input"].central
    assert gain is not None
    assert ore is not None
    left = answer.figures["direct_va"].central + answer.figures["indirect_va"].central
    ore_left = answer.ore["direct_va"].central + answer.ore["indirect_va"].central
    assert gain == pytest.approx(left - ore * ore_left)
    assert "gain_over_ore" not in answer.ore


@pytest.mark.parametrize(
    ("word", "sector"),
    [("ferroalloys", "C24A"), ("Ferro-alloys", "C24A"), ("ferrochrome", "C24A"), ("titanium sponge", "C24B"),
     ("ores", "B07"), ("c24b", "C24B"), ("C26", "C26"), ("titanium_sponge", "C24B")],
)  # fmt: skip
def test_words_of_the_trade_find_their_sector(word: str, sector: str) -> None:
    assert processing(word).sector == sector


def test_an_unknown_kind_of_processing_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="ferroalloys"):
        processing("feroalloys")
    with pytest.raises(UnknownNameError):
        processing("J61")


def test_the_answer_as_plain_values_has_what_a_check_asks_for() -> None:
    plain = ledger("KAZ", "ferroalloys").to_dict()
    for name in ASKED:
        assert set(plain[name]) >= {"low", "central", "high"}
    assert set(plain["sources"]) <= set(sources())
    table = ledger("KAZ", "ferroalloys").table()
    assert set(table["stat"]) == {"low", "central", "high"}
    assert set(table["sector"]) == {"C24A", "B07"}
