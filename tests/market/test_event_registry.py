"""A kind of event is one file: what registers is found in help, notation, scenario files and the words of an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia import Study
from sogdia.data import Store
from sogdia.errors import InputError
from sogdia.market.events import Effects, Event
from sogdia.market.events.registry import EventKind, EventOption, kinds, options, register, registered
from sogdia.market.lanes import Lanes
from sogdia.market.scenario_file import read_scenario
from sogdia.market.traded import TradedMarket
from support.cli import run


@dataclass(frozen=True, slots=True)
class ToyStrike(Event):
    """A strike of some months: the producer loses that part of its year."""

    country: str
    months: float

    def effects(self, market: TradedMarket, lanes: Lanes) -> Effects:
        none = Effects.none(market, lanes)
        supply = none.supply.copy()
        supply[market.producer(self.country)] = 1.0 - self.months / 12.0
        return replace(none, supply=supply)

    def touches(self) -> frozenset[tuple[str, str]]:
        return frozenset({("output", self.country)})

    def describe(self) -> str:
        return f"{self.country} strikes for {self.months:g} months"


TOY = EventKind(
    "toy_strike",
    ToyStrike,
    (
        EventOption(
            "strike",
            "Months of a strike: CHN=3.",
            lambda said: ToyStrike(said.country, said.number),
            destinations=False,
        ),
    ),
)


@pytest.fixture
def toy() -> Iterator[None]:
    with registered(TOY):
        yield


def test_every_kind_of_this_package_is_found_by_itself() -> None:
    assert [kind.key for kind in kinds()] == [
        "export_limit", "export_duty", "output_change", "demand_change", "transport_change", "outside_supply",
    ]  # fmt: skip
    assert [option.name for option in options()] == [
        "cut",
        "quota",
        "embargo",
        "duty",
        "output",
        "demand",
        "way",
        "outside",
    ]


def test_a_new_kind_stands_in_the_list_and_in_the_help_and_is_gone_afterwards(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with registered(TOY):
        assert kinds()[-1] is TOY
        shown = run(capsys, "shock", "--help")[1]
        assert "--strike" in shown
        assert "Months of a strike: CHN=3." in " ".join(shown.split())
    assert "--strike" not in run(capsys, "shock", "--help")[1]


@pytest.mark.usefixtures("toy")
def test_its_notation_asks_the_same_on_the_command_line_in_python_and_in_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "strike.toml"
    path.write_text('mineral = "rare_earths"\nyear = 2009\nstrike = "China=3"\n', encoding="utf-8")
    table = tmp_path / "table.toml"
    table.write_text(
        'mineral = "rare_earths"\nyear = 2009\n[[event]]\nkind = "toy_strike"\ncountry = "China"\nmonths = 3\n',
        encoding="utf-8",
    )
    assert read_scenario(path).scenario.events == read_scenario(table).scenario.events == (ToyStrike("CHN", 3),)
    status, out, _ = run(capsys, "shock", "rare_earths", "--year", 2009, "--strike", "CHN=3", "--draws", 2, "--json")
    assert status == 0
    by_option = json.loads(out)
    assert by_option["scenario"] == "CHN strikes for 3 months"
    in_python = Study(store=store).shock("rare_earths", strike="CHN=3", year=2009, draws=2)  # type: ignore[call-arg]
    assert_frame_equal(in_python.rows, pl.DataFrame(by_option["rows"], schema=in_python.rows.schema))
    assert in_python.title.endswith("CHN strikes for 3 months; base 2009, horizon 1 year(s)")
    assert_frame_equal(Study(store=store).shock(scenario=path, draws=2).rows, in_python.rows)


@pytest.mark.usefixtures("toy")
def test_a_fault_of_its_notation_names_its_option(capsys: pytest.CaptureFixture[str], store: Store) -> None:
    status, _, err = run(capsys, "shock", "rare_earths", "--strike", "CHN:JPN=3")
    assert status == 2
    assert "--strike: found 'CHN:JPN=3'" in " ".join(err.split())
    with pytest.raises(InputError, match=r"- strike: found 'CHN'; write PLACE=NUMBER"):
        Study(store=store).shock("rare_earths", strike="CHN")  # type: ignore[call-arg]


@pytest.mark.usefixtures("toy")
def test_a_key_or_an_option_is_registered_once() -> None:
    for kind in (TOY, replace(TOY, key="other"), replace(TOY, key="export_duty", options=())):
        with pytest.raises(ValueError, match="there is a kind of event or an option called"):
            register(kind)
