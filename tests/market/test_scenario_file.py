"""Is a scenario in TOML read whole, and is every fault in it named with its place?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia.errors import InputError
from sogdia.market.events import DemandChange, ExportDuty, ExportLimit, OutputChange, TransportChange
from sogdia.market.scenario_file import read_scenario

EVENT = '[[event]]\nkind = "export_limit"\ncountry = "CHN"\nshare = 0.4\n'
WHOLE = """
name = "everything at once"
mineral = "rare_earths"
stage = "compound"
base_years = [2006, 2007, 2008]
horizon_years = 2
contracted_share = 0.2
stock_days = { JPN = 60, "South Korea" = 30 }
spare = { Australia = 1.1 }

[[event]]
kind = "export_limit"
country = "China"
share = 0.4
destinations = ["Japan", "USA"]

[[event]]
kind = "export_duty"
country = "CHN"
rate = 0.25

[[event]]
kind = "output_change"
country = "MMR"
factor = 0.5

[[event]]
kind = "demand_change"
factor = 1.2
countries = ["JPN"]

[[event]]
kind = "transport_change"
country = "KAZ"
cost_factor = 1.1
capacity = 0.5
destinations = "JPN"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_can_say_everything_that_python_can(tmp_path: Path) -> None:
    found = read_scenario(written(tmp_path, WHOLE))
    assert (found.mineral, found.stage, found.base_years) == ("rare_earths", "compound", (2006, 2007, 2008))
    scenario = found.scenario
    assert (scenario.name, scenario.horizon_years, scenario.contracted_share) == ("everything at once", 2, 0.2)
    assert scenario.stock_days == {"JPN": 60, "KOR": 30}
    assert scenario.spare == {"AUS": 1.1}
    assert scenario.events == (
        ExportLimit("CHN", share=0.4, destinations=("JPN", "USA")),
        ExportDuty("CHN", 0.25),
        OutputChange("MMR", 0.5),
        DemandChange(1.2, ("JPN",)),
        TransportChange("KAZ", 1.1, 0.5, ("JPN",)),
    )


def test_one_event_is_enough_and_the_file_gives_its_name(tmp_path: Path) -> None:
    found = read_scenario(written(tmp_path, EVENT))
    assert (found.mineral, found.stage, found.base_years) == (None, None, None)
    assert found.scenario.name == "scenario"
    assert (found.scenario.horizon_years, found.scenario.contracted_share) == (1.0, 0.0)


def test_one_year_is_a_span_of_one(tmp_path: Path) -> None:
    assert read_scenario(written(tmp_path, "year = 2009\n" + EVENT)).base_years == (2009,)


MALFORMED = {
    "not toml": ("mineral = rare_earths\n", "not readable as TOML"),
    "no event": ('mineral = "tin"\n', r"at least one \[\[event\]\]"),
    "event is no list": ('event = "export_limit"\n', r"at least one \[\[event\]\]"),
    "event is no table": ("event = [1]\n", "event 1.kind"),
    "unknown kind": (EVENT.replace("export_limit", "export_limits"), "Did you mean export_limit"),
    "no kind": ('[[event]]\ncountry = "CHN"\nshare = 0.4\n', "unknown kind of event"),
    "unknown key": ("horizon = 2\n" + EVENT, r"column horizon: unknown key. Did you mean horizon_years"),
    "unknown key of an event": (EVENT + "shares = 0.4\n", r"event 1.shares: unknown key. Did you mean share\?"),
    "unknown country": (EVENT.replace("CHN", "Chinna"), "unknown country"),
    "unknown destination": (EVENT + 'destinations = ["Japn"]\n', r"event 1.destinations: .*unknown country"),
    "share above one": (EVENT.replace("0.4", "40"), r"event 1.share: found '40'; a share lies between 0 and 1"),
    "share as text": (EVENT.replace("0.4", '"40 %"'), "a share lies between 0 and 1"),
    "share is no number": (EVENT.replace("0.4", "nan"), "a share lies between 0 and 1"),
    "share and quota": (EVENT + "quota_t = 100\n", "either a share or a quota"),
    "neither share nor quota": ('[[event]]\nkind = "export_limit"\ncountry = "CHN"\n', "either a share or a quota"),
    "no country": (
        '[[event]]\nkind = "output_change"\nfactor = 0.5\n',
        r"event 1.country: missing. output_change takes country, factor",
    ),
    "rate as text": (
        '[[event]]\nkind = "export_duty"\ncountry = "CHN"\nrate = "high"\n',
        r"event 1.rate: found 'high'; a duty rate is a fraction",
    ),
    "negative factor": ('[[event]]\nkind = "output_change"\ncountry = "CHN"\nfactor = -1\n', "not negative"),
    "year as text": ('year = "2009"\n' + EVENT, "a year is a whole number"),
    "year as truth": ("year = true\n" + EVENT, "a year is a whole number"),
    "no base years": ("base_years = []\n" + EVENT, "a year is a whole number"),
    "year and base years": ("year = 2009\nbase_years = [2006]\n" + EVENT, "exclude each other"),
    "mineral is no text": ("mineral = 3\n" + EVENT, "column mineral: found '3'; must be text"),
    "stage is no text": ('stage = ["ore"]\n' + EVENT, "column stage"),
    "stock is no table": ("stock_days = 60\n" + EVENT, "must be a table of numbers by country"),
    "stock of nowhere": ("stock_days = { Jpan = 60 }\n" + EVENT, r"stock_days.Jpan: .*unknown country"),
    "stock as text": ('stock_days = { JPN = "60" }\n' + EVENT, r"stock_days.JPN: found '60'; must be a number"),
    "stock twice": ("stock_days = { JPN = 60, Japan = 30 }\n" + EVENT, r"stock_days.Japan: .*JPN is given twice"),
    "negative stock": ("stock_days = { JPN = -60 }\n" + EVENT, "stock_days.JPN"),
    "spare is no table": ("spare = [1.1]\n" + EVENT, "must be a table of numbers by country"),
    "horizon as text": ('horizon_years = "long"\n' + EVENT, r"horizon_years: found 'long'; must be a number"),
    "horizon as truth": ("horizon_years = true\n" + EVENT, r"horizon_years: found 'True'; must be a number"),
    "factor as text": (
        '[[event]]\nkind = "output_change"\ncountry = "CHN"\nfactor = "half"\n',
        r"event 1.factor: found 'half'",
    ),
    "capacity as text": (
        '[[event]]\nkind = "transport_change"\ncountry = "CHN"\ncapacity = "half"\n',
        r"event 1.capacity: found 'half'",
    ),
    "share as truth": (EVENT.replace("0.4", "true"), "a share lies between 0 and 1"),
    "region as exporter": (EVENT.replace("CHN", "EU27"), r"event 1.country: .*EU27 is a region, and one country"),
    "region with a stock": ("stock_days = { EU27 = 60 }\n" + EVENT, r"stock_days.EU27: .*EU27 is a region"),
    "no destinations": (EVENT + "destinations = []\n", r"event 1.destinations: .*an empty list means nobody"),
    "destinations of output": (
        '[[event]]\nkind = "output_change"\ncountry = "CHN"\nfactor = 0.5\ndestinations = ["JPN"]\n',
        r"event 1.destinations: unknown key",
    ),
    "no horizon": ("horizon_years = 0\n" + EVENT, "a horizon is above 0 years"),
    "all under contract": ("contracted_share = 1\n" + EVENT, "contracted_share"),
    "contradiction": (EVENT + EVENT, "two events set exports of CHN"),
}


@pytest.mark.parametrize(("text", "message"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_file_is_refused_with_the_place(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=message) as error:
        read_scenario(path)
    assert all(fault.file == str(path) for fault in error.value.faults)


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = 'year = "x"\nmineral = 3\nhorzon = 2\n' + EVENT.replace("0.4", "4") + EVENT.replace("CHN", "Chinna")
    with pytest.raises(InputError) as error:
        read_scenario(written(tmp_path, text))
    assert len(error.value.faults) == 5


def test_faults_of_numbers_and_of_events_come_at_once(tmp_path: Path) -> None:
    text = 'horizon_years = "2"\ncontracted_share = 1.5\nstock_days = { JPN = "60", KOR = -1 }\n'
    with pytest.raises(InputError) as error:
        read_scenario(written(tmp_path, text + EVENT.replace("0.4", "4")))
    columns = {fault.column for fault in error.value.faults}
    assert columns == {"horizon_years", "contracted_share", "stock_days.JPN", "stock_days.KOR", "event 1.share"}


def test_a_region_in_a_list_is_its_members(tmp_path: Path) -> None:
    one, surge = read_scenario(
        written(
            tmp_path,
            EVENT + 'destinations = ["EU27", "Germany"]\n[[event]]\nkind = "demand_change"\nfactor = 1.1\n'
            'countries = ["EU27"]\n',
        )
    ).scenario.events
    assert isinstance(one, ExportLimit)
    assert isinstance(surge, DemandChange)
    assert len(one.destinations) == len(surge.countries) == 27


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_scenario(tmp_path / "none.toml")
    with pytest.raises(InputError, match="this is a folder"):
        read_scenario(tmp_path)
    (tmp_path / "b.toml").write_bytes(b"name = \x81")
    with pytest.raises(InputError, match=r"row 1.*text in UTF-8"):
        read_scenario(tmp_path / "b.toml")
