"""A user can add links, places and whole networks, and every mistake is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.data.provenance import OWN_NETWORK
from sogdia.errors import Fault, InputError
from sogdia.network import Network, add_links, embedded_network, great_circle_km, read_network
from sogdia.tabular.rows import RowTable, rows_of
from sogdia.tabular.text import parse
from support.reader_files import workbook

GOOD = "from,to,mode,km,hours,capacity_t_per_year,gauge_mm\nKAZ:Zhezkazgan,KAZ:Kyzylorda,rail,520,20,1000000,1520\n"

PLACES = """id,name,country,lat,lon,kind
KAZ:Alpha,Alpha,KAZ,48.0,68.0,mine
KAZ:Beta,Beta,KAZ,49.0,69.0,rail
UZB:Gamma,Gamma,UZB,41.0,69.0,rail
"""
BORDERS = (
    "id,name,country_a,country_b,mode,hours_low,hours_central,hours_high,"
    "usd_per_t_low,usd_per_t_central,usd_per_t_high\n"
    "crossing,Crossing,KAZ,UZB,rail,5,10,20,1,2,3\n"
)
LINKS = """from,to,mode,gauge_mm,border
KAZ:Alpha,KAZ:Beta,rail,1520,
KAZ:Beta,UZB:Gamma,rail,1520,crossing
"""

Write = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def network() -> Network:
    return embedded_network()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def faults_of(network: Network, links: Path, places: Path | None = None, borders: Path | None = None) -> list[Fault]:
    with pytest.raises(InputError) as caught:
        add_links(network, links, places, borders)
    return list(caught.value.faults)


def test_a_good_link_is_added_at_the_end_and_the_base_is_untouched(network: Network, write: Write) -> None:
    count = len(network.links)
    larger = add_links(network, write("links.csv", GOOD))
    assert len(network.links) == count
    assert larger.links[:-1] == network.links
    added = larger.links[-1]
    assert (added.km, added.hours, added.gauge_mm, added.evidence) == (520, 20, 1520, "assumed")
    assert (added.source_ids, added.note) == ((OWN_NETWORK,), "links.csv")


def test_a_users_own_words_on_a_source_stand_in_the_note_beside_the_file(network: Network, write: Write) -> None:
    text = "from,to,mode,source,note\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,survey of 2025,gravel\n"
    added = add_links(network, write("links.csv", text)).links[-1]
    assert (added.source_ids, added.note) == ((OWN_NETWORK,), "gravel; links.csv: survey of 2025")


def test_a_user_may_name_sources_of_the_table_of_sources(network: Network, write: Write) -> None:
    text = "from,to,mode,source_id\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,CAREC_CPMM_2022;CAREC_CPMM_2020\n"
    added = add_links(network, write("links.csv", text)).links[-1]
    assert added.source_ids == ("CAREC_CPMM_2022", "CAREC_CPMM_2020")


def test_a_link_without_km_and_hours_gets_them_from_the_tables_of_factors(network: Network, write: Write) -> None:
    text = "from,to,mode,gauge_mm\nKAZ:Zhezkazgan,KAZ:Kyzylorda,rail,1520\n"
    added = add_links(network, write("links.csv", text)).links[-1]
    start, end = network.place(added.start), network.place(added.end)
    assert added.km == pytest.approx(1.18 * great_circle_km(start.lat, start.lon, end.lat, end.lon))
    assert added.hours == pytest.approx(added.km / 30.0)
    assert added.capacity_t_per_year is None


def test_a_new_mine_with_its_branch_line_is_added(network: Network, write: Write) -> None:
    places = write("places.csv", "id,name,country,lat,lon,kind\nKAZ:NewMine,New mine,KAZ,49.5,73.9,mine\n")
    links = write("links.csv", "from,to,mode\nKAZ:NewMine,KAZ:Karaganda,road\n")
    assert add_links(network, links, places).place("KAZ:NewMine").kind == "mine"


def test_a_new_port_gets_its_sea_legs_with_and_without_suez(network: Network, write: Write) -> None:
    places = write("places.csv", "id,name,country,lat,lon,kind\nITA:Ravenna,Ravenna,ITA,44.5,12.4,destination\n")
    links = write("links.csv", "from,to,mode\nGEO:Poti,ITA:Ravenna,sea\nCHN:Shanghai,ITA:Ravenna,sea\n")
    added = add_links(network, links, places).links[len(network.links) :]
    from_shanghai = [link for link in added if link.start == "CHN:Shanghai"]
    assert any("suez" in link.chokepoints for link in from_shanghai)
    assert any("suez" not in link.chokepoints for link in from_shanghai)
    assert [link.chokepoints for link in added if link.start == "GEO:Poti"] == [("bosporus",)]


def test_a_network_is_read_from_a_folder_and_from_files_alike(write: Write, tmp_path: Path) -> None:
    files = write("nodes.csv", PLACES), write("links.csv", LINKS), write("borders.csv", BORDERS)
    assert read_network(tmp_path) == read_network(*files)
    assert len(read_network(tmp_path).links) == 2


def test_a_folder_without_borders_is_enough_inside_one_country(write: Write, tmp_path: Path) -> None:
    write("nodes.csv", "\n".join(PLACES.splitlines()[:3]))
    write("links.csv", "\n".join(LINKS.splitlines()[:2]))
    assert read_network(tmp_path).borders == ()


MALFORMED = {
    "unknown place": ("from,to,mode\nKAZ:Kromtau,KAZ:Aktobe,road\n", "from", "KAZ:Khromtau"),
    "negative capacity": (GOOD.replace("1000000", "-5"), "capacity_t_per_year", "above 0"),
    "zero capacity": (GOOD.replace("1000000", "0"), "capacity_t_per_year", "above 0"),
    "miles column": (GOOD.replace("km,", "miles,"), "miles", "km"),
    "km shorter than the great circle": (GOOD.replace(",520,", ",230,"), "km", "miles"),
    "km in metres": (GOOD.replace(",520,", ",520000,"), "km", "metres"),
    "comma of thousands or decimals": (GOOD.replace(",520,", ',"1,520",'), "km", "1520 or 1.520"),
    "two decimal marks in a column": (
        GOOD.replace(",520,", ',"520,5",') + "KAZ:Almaty,KAZ:Semey,road,900.5,20,,\n",
        "km",
        "decimal points",
    ),
    "number of too many digits": (GOOD.replace(",520,", f",{'5' * 5000},"), "km", "characters at most"),
    "formula": (GOOD.replace("gauge_mm\n", "gauge_mm,note\n").replace(",1520", ",1520,=1+1"), "note", "leading '='"),
    "unit in the cell": (GOOD.replace(",520,", ",520 km,"), "km", "alone"),
    "not a number": (GOOD.replace(",520,", ",far,"), "km", "digits"),
    "infinite": (GOOD.replace(",520,", ",inf,"), "km", "finite"),
    "zero hours": (GOOD.replace(",20,", ",0,"), "hours", "above 0"),
    "negative hours": (GOOD.replace(",20,", ",-4,"), "hours", "above 0"),
    "hours in days": (GOOD.replace(",20,", ",0.8,"), "hours", "days"),
    "days column": (GOOD.replace("hours", "days"), "days", "hours"),
    "figures of capacity in Mt": (GOOD.replace("1000000", "5"), "capacity_t_per_year", "tonnes"),
    "figures of capacity in kg": (GOOD.replace("1000000", "5000000000"), "capacity_t_per_year", "tonnes"),
    "hours in minutes": (GOOD.replace(",20,", ",1200,"), "hours", "minutes"),
    "gauge in metres": (GOOD.replace(",1520", ",1.52"), "gauge_mm", "1520 (Russian)"),
    "gauge in cm": (GOOD.replace(",1520", ",152"), "gauge_mm", "1435 (standard)"),
    "gauge that is no whole number": (GOOD.replace(",1520", ",1520.5"), "gauge_mm", "whole mm"),
    "ferry in metres": ("from,to,mode,km\nKAZ:Aktau,TKM:Turkmenbashi,ferry,470000\n", "km", "metres"),
    "capacity in Mt": (GOOD.replace("capacity_t_per_year", "capacity_mt_per_year"), "capacity_mt_per_year", "_t_per"),
    "self-loop": (GOOD.replace("KAZ:Kyzylorda", "KAZ:Zhezkazgan"), "to", "another end"),
    "existing link again": ("from,to,mode,gauge_mm\nKAZ:Dostyk,KAZ:Aktogay,rail,1520\n", "to", "both ways"),
    "link twice": (GOOD + GOOD.splitlines()[1] + "\n", "to", "both ways"),
    "sea link on land": ("from,to,mode,km\nKAZ:Almaty,JPN:Yokohama,sea,9000\n", "from", "port"),
    "sea link from the Caspian": ("from,to,mode,km\nKAZ:Aktau,JPN:Yokohama,sea,20000\n", "from", "ferry"),
    "unmeasurable sea link": ("from,to,mode\nKAZ:Aktau,JPN:Yokohama,sea\n", "to", "rail, road or ferry"),
    "ferry on land": ("from,to,mode,km\nKAZ:Almaty,AZE:Alat,ferry,3000\n", "from", "port"),
    "missing column": ("from,to\nKAZ:Almaty,KAZ:Semey\n", "mode", "Add the column"),
    "unknown column": (GOOD.replace("hours", "houres"), "houres", "hours"),
    "column twice": (GOOD.replace("hours", "km"), "km", "Keep one of them"),
    "unknown mode": (GOOD.replace("rail", "train"), "mode", "rail"),
    "unknown status": ("from,to,mode,status\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,open\n", "status", "existing"),
    "unknown source id": (
        "from,to,mode,source_id\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,CAREC_2022\n",
        "source_id",
        "CAREC_CPMM_2022",
    ),
    "rail without gauge": (GOOD.replace(",1520", ","), "gauge_mm", "1520"),
    "road with gauge": (GOOD.replace("rail", "road"), "gauge_mm", "1520"),
    "border missing": ("from,to,mode\nKAZ:Shymkent,UZB:Tashkent,road\n", "border", "crossing"),
    "unknown border": (
        "from,to,mode,border\nKAZ:Shymkent,UZB:Tashkent,road,zhibek_gishtkupri\n",
        "border",
        "zhibek_gishtkuprik",
    ),
    "border of other countries": (
        "from,to,mode,border\nKAZ:Shymkent,UZB:Tashkent,road,torkham\n",
        "border",
        "these two countries",
    ),
    "border of another mode": (
        "from,to,mode,border\nKAZ:Shymkent,UZB:Tashkent,road,saryagash_keles\n",
        "border",
        "this mode",
    ),
    "unknown chokepoint": (
        "from,to,mode,km,chokepoints\nCHN:Shanghai,JPN:Kobe,sea,1700,suezz\n",
        "chokepoints",
        "suez",
    ),
    "unknown CO2 class": (
        "from,to,mode,co2_class\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,coach\n",
        "co2_class",
        "rail_diesel",
    ),
    "unknown speed class": (
        "from,to,mode,speed_class\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,rode\n",
        "speed_class",
        "road",
    ),
    "ragged row": (GOOD + "KAZ:Almaty,KAZ:Semey\n", None, "commas"),
    "broken quotes": (GOOD + '"KAZ:Almaty,KAZ:Semey\n', None, "quotes"),
    "empty file": ("", None, "from, to, mode"),
    "header only": ("from,to,mode\n", None, "at least one row"),
    "empty cell": ("from,to,mode\nKAZ:Almaty,,road\n", "to", "Fill"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_link_is_refused_with_its_place_and_a_remedy(name: str, network: Network, write: Write) -> None:
    text, column, remedy = MALFORMED[name]
    faults = faults_of(network, write("links.csv", text))
    matching = [fault for fault in faults if fault.column == column and remedy in f"{fault.rule}. {fault.remedy}"]
    assert matching, [str(fault) for fault in faults]
    assert all(fault.file.endswith("links.csv") for fault in faults)
    assert all(fault.row is not None or not text or name == "header only" for fault in matching)


MALFORMED_PLACES = {
    "unknown country": ("KAZ", "KAS", "country"),
    "id of another country": ("KAZ:Alpha,", "UZB:Alpha,", "id"),
    "id with a space": ("KAZ:Alpha,", "KAZ:Al pha,", "id"),
    "latitude out of range": ("48.0", "148.0", "lat"),
    "longitude with a comma": (",68.0", ',"68,0"', "lon"),
    "unknown kind": ("mine", "mines", "kind"),
    "place twice": ("KAZ:Beta,", "KAZ:Alpha,", "id"),
    "empty name": (",Alpha,", ",,", "name"),
}


@pytest.mark.parametrize("name", MALFORMED_PLACES)
def test_a_malformed_place_is_refused(name: str, write: Write, tmp_path: Path) -> None:
    old, new, column = MALFORMED_PLACES[name]
    write(
        "nodes.csv",
        PLACES.replace(old, new, 1) if name != "unknown country" else PLACES.replace("Alpha,KAZ", "Alpha,KAS"),
    )
    write("links.csv", LINKS)
    write("borders.csv", BORDERS)
    with pytest.raises(InputError) as caught:
        read_network(tmp_path)
    assert column in {fault.column for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("5,10,20", "5,4,20", "hours_central"),
        ("5,10,20", "300,600,1200", "hours_high"),
        ("1,2,3", "1,-2,3", "usd_per_t_central"),
        ("KAZ,UZB", "KAZ,UZX", "country_b"),
    ],
)
def test_a_malformed_border_is_refused(old: str, new: str, column: str, write: Write, tmp_path: Path) -> None:
    write("nodes.csv", PLACES)
    write("links.csv", LINKS)
    write("borders.csv", BORDERS.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_network(tmp_path)
    assert column in {fault.column for fault in caught.value.faults}


def test_an_added_part_that_is_cut_off_is_refused(network: Network, write: Write) -> None:
    places = write(
        "places.csv",
        "id,name,country,lat,lon,kind\nKAZ:Alpha,Alpha,KAZ,48.0,68.0,mine\nKAZ:Beta,Beta,KAZ,49.0,69.0,rail\n",
    )
    links = write("links.csv", "from,to,mode,gauge_mm\nKAZ:Alpha,KAZ:Beta,rail,1520\n")
    (fault,) = faults_of(network, links, places)
    assert "2 are cut off from the rest: KAZ:Alpha, KAZ:Beta" in fault.rule
    assert (fault.file, fault.row) == (str(places), 2)


def test_a_network_in_two_parts_is_refused(write: Write, tmp_path: Path) -> None:
    write("nodes.csv", PLACES)
    write("links.csv", "\n".join(LINKS.splitlines()[:2]))
    with pytest.raises(InputError, match="UZB:Gamma"):
        read_network(tmp_path)


def test_all_faults_of_all_files_are_named_at_once(network: Network, write: Write) -> None:
    places = write("places.csv", "id,name,country,lat,lon,kind\nKAZ:Alpha,Alpha,KAZ,98.0,68.0,mien\n")
    links = write(
        "links.csv",
        "from,to,mode,km,hours\nKAZ:Alpha,KAZ:Karaganda,road,-1,x\nKAZ:Almaty,KAZ:Nowhere,road,10,1\n",
    )
    borders = write("borders.csv", BORDERS.replace("crossing,Crossing", ",Crossing"))
    faults = faults_of(network, links, places, borders)
    where = {(Path(fault.file).name, fault.row, fault.column) for fault in faults}
    assert where == {
        ("places.csv", 2, "lat"),
        ("places.csv", 2, "kind"),
        ("links.csv", 2, "km"),
        ("links.csv", 2, "hours"),
        ("links.csv", 3, "to"),
        ("borders.csv", 2, "id"),
    }


def test_the_row_of_a_fault_is_the_line_in_an_editor_even_after_quoted_line_breaks(
    network: Network, write: Write
) -> None:
    text = 'from,to,mode,note\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,"two\nlines"\n\nKAZ:Almaty,KAZ:Nowhere,road,\n'
    (fault,) = faults_of(network, write("links.csv", text))
    assert fault.row == 5


JAPANESE_PLACE = "id,name,country,lat,lon,kind\nJPN:Yokkaichi,四日市,JPN,34.96,136.65,destination\n"
FRENCH_PLACE = "id,name,country,lat,lon,kind\nFRA:Sete,Sète,FRA,43.4,3.7,destination\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (JAPANESE_PLACE, "cp932", "四日市"),
        (JAPANESE_PLACE, "utf-16", "四日市"),
        (JAPANESE_PLACE, "utf-8-sig", "四日市"),
        (FRENCH_PLACE, "cp1252", "Sète"),
    ],
)
def test_names_survive_the_encodings_of_spreadsheets_and_the_repair_is_reported(
    text: str, encoding: str, name: str, network: Network, write: Write, tmp_path: Path
) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(text.encode(encoding))
    end = text.splitlines()[1].partition(",")[0]
    links = write("links.csv", f"from,to,mode,km\nJPN:Yokohama,{end},sea,20000\n")
    larger = add_links(network, links, path)
    assert larger.places[-1].name == name
    assert [("text is UTF-8" in repair.rule, repair.file) for repair in larger.repaired] == [(True, str(path))]


def test_semicolons_and_decimal_commas_are_read_by_the_column_and_reported(network: Network, write: Write) -> None:
    rows = ["KAZ:Zhezkazgan;KAZ:Kyzylorda;road;520,5;20", "KAZ:Almaty;KAZ:Semey;road;1.034,5;20"]
    larger = add_links(network, write("links.csv", "\n".join(["from;to;mode;km;hours", *rows]) + "\n"))
    assert [link.km for link in larger.links[-2:]] == [520.5, 1034.5]
    assert [(repair.row, repair.column) for repair in larger.repaired] == [(1, None), (2, "km")]


def test_a_list_of_countries_with_semicolons_does_not_cut_the_lines(network: Network, write: Write) -> None:
    text = "from,to,mode,countries\nKAZ:Zhezkazgan,KAZ:Kyzylorda,road,KAZ;UZB;KGZ;TJK;TKM\n"
    assert add_links(network, write("links.csv", text)).links[-1].countries == ("KAZ", "UZB", "KGZ", "TJK", "TKM")


def test_marks_for_an_unknown_figure_are_unknown(network: Network, write: Write) -> None:
    larger = add_links(network, write("links.csv", GOOD.replace("1000000", "n.a.")))
    assert larger.links[-1].capacity_t_per_year is None
    assert [repair.column for repair in larger.repaired] == ["capacity_t_per_year"]


def test_links_are_read_from_a_workbook_as_from_a_csv(network: Network, write: Write, tmp_path: Path) -> None:
    book = workbook(tmp_path, {"links": [line.split(",") for line in GOOD.splitlines()], "notes": [["anything"]]})
    assert add_links(network, book).links[-1].km == add_links(network, write("links.csv", GOOD)).links[-1].km == 520


def test_a_file_of_no_text_is_refused_with_the_line(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_bytes(GOOD.encode() + b"\x81\xff\x8d\xfe\n")
    (fault,) = faults_of(network, path)
    assert (fault.row, "UTF-8" in fault.rule) == (3, True)


def test_a_missing_file_or_folder_is_named(network: Network, tmp_path: Path) -> None:
    (fault,) = faults_of(network, tmp_path / "none.csv")
    assert fault.file.endswith("none.csv")
    with pytest.raises(InputError, match=r"nodes\.csv and links\.csv"):
        read_network(tmp_path / "none")


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read = rows_of(parse(text, "any.csv"), ("from", "to", "mode"))
    except InputError as why:
        read = RowTable(faults=why.faults)
    assert read.rows or read.faults


@given(lat=st.floats(-89, 89), lon=st.floats(-179, 179), lat_b=st.floats(-89, 89), lon_b=st.floats(-179, 179))
def test_the_great_circle_is_symmetric_and_at_most_half_the_equator(
    lat: float, lon: float, lat_b: float, lon_b: float
) -> None:
    there = great_circle_km(lat, lon, lat_b, lon_b)
    assert there == pytest.approx(great_circle_km(lat_b, lon_b, lat, lon))
    assert 0 <= there <= 20016
