"""What is added is in the store to the last tonne, lies over the embedded data, and is written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sogdia.codes import baci_codes, baci_iso3
from sogdia.data import catalogue, open_store, snapshot_folder
from sogdia.data.adding import add
from sogdia.data.readers.baci import scan_release
from sogdia.data.readers.registry import keys, reader
from sogdia.data.store import Store
from sogdia.errors import MAX_FAULTS_SHOWN, DataError, InputError, SogdiaError, UnknownNameError
from support.reader_files import (
    FLOWS,
    PURCHASES,
    YEARLY,
    folder,
    governance,
    mining,
    purchases,
    release_files,
    workbook,
    zipped,
)

YEARS = (2021, 2022)


@pytest.fixture(scope="module")
def embedded() -> Store:
    return Store((snapshot_folder(),))


@pytest.fixture(scope="module")
def numbered(embedded: Store) -> pl.DataFrame:
    """Two years of the embedded flows with BACI's country numbers, as CEPII writes them."""
    flows = embedded.trade(years=YEARS).collect()
    number = {iso3: code for year in YEARS for code in baci_codes() if (iso3 := baci_iso3(code, year))}
    return flows.select(
        t="year",
        i=pl.col("exporter").replace_strict(number),
        j=pl.col("importer").replace_strict(number),
        k="hs6",
        v="value_kusd",
        q="quantity_t",
    )


def in_files(numbered: pl.DataFrame) -> dict[str, str]:
    """The yearly files of a release."""
    codes = "\n".join(["code,description", *(f"{code},x" for code in numbered["k"].unique().sort())])
    files = {
        f"BACI_HS92_Y{year}_V202501.csv": numbered.filter(pl.col("t") == year).write_csv(null_value="           NA")
        for year in numbered["t"].unique().sort()
    }
    return {**files, "product_codes_HS92_V202501.csv": codes + "\n"}


def test_totals_by_code_and_year_equal_those_of_the_file(numbered: pl.DataFrame, tmp_path: Path) -> None:
    result = add(zipped(tmp_path, in_files(numbered)), folder=tmp_path / "store")
    assert result.rows == numbered.height
    found = open_store(tmp_path / "store").trade(years=YEARS).collect()
    assert found["exporter"].null_count() == found["importer"].null_count() == 0
    sums = [pl.col("value_kusd", "quantity_t").sum(), pl.len()]
    ours = found.group_by("hs6", "year").agg(sums).sort("hs6", "year")
    theirs = numbered.rename({"v": "value_kusd", "q": "quantity_t"}).group_by("k", "t").agg(sums).sort("k", "t")
    assert ours["hs6"].to_list() == theirs["k"].to_list()
    assert ours["len"].to_list() == theirs["len"].to_list()
    for column in ("value_kusd", "quantity_t"):
        assert ours[column].to_list() == pytest.approx(theirs[column].to_list(), rel=1e-6)


def test_a_release_of_embedded_flows_gives_the_embedded_flows(
    numbered: pl.DataFrame, embedded: Store, tmp_path: Path
) -> None:
    found = scan_release(folder(tmp_path, in_files(numbered)))
    keys = ["year", "hs6", "exporter", "importer"]
    assert found.sort(keys).equals(embedded.trade(years=YEARS).collect().sort(keys))


def test_a_release_can_be_read_for_some_codes_only(numbered: pl.DataFrame, tmp_path: Path) -> None:
    found = scan_release(folder(tmp_path, in_files(numbered)), hs6=["280530", "284690"])
    assert set(found["hs6"]) == {"280530", "284690"}
    assert found.height == numbered.filter(pl.col("k").is_in(["280530", "284690"])).height


def test_added_codes_replace_embedded_ones_of_their_year_and_the_others_stay(embedded: Store, tmp_path: Path) -> None:
    added = add(folder(tmp_path, release_files()), folder=tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert store.trade(["280530"], [2022]).collect().height == 1
    there = embedded.trade(["280530"], [2022]).collect().height
    assert [(each.key, each.year, each.rows) for each in added.replaced] == [("280530", 2022, there)]
    for code in ("260300", "261710"):
        assert store.trade([code], [2022]).collect().equals(embedded.trade([code], [2022]).collect())
    assert store.years == embedded.years
    before = embedded.trade(years=[2021]).select(pl.len()).collect().item()
    assert store.trade(years=[2021]).select(pl.len()).collect().item() == before


def test_adding_again_replaces_the_year_and_leaves_no_orphan(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = add(folder(tmp_path, release_files()), folder=store)
    other = FLOWS.replace("1200.5", "1300.5")
    second = add(folder(tmp_path, release_files(other)), folder=store)
    assert first.files != second.files
    assert [path.relative_to(store).as_posix() for path in store.rglob("*.parquet")] == list(second.files)
    assert [entry.file for entry in catalogue.read(store)] == list(second.files)
    assert catalogue.damaged(store) == ()


def test_adding_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    source = folder(tmp_path, release_files())
    first, second = add(source, folder=store), add(source, folder=store)
    assert replace(first, replaced=()) == replace(second, replaced=())
    assert [(each.key, each.rows) for each in second.replaced] == [("280530", 1), ("720241", 1)]


def test_other_tables_and_years_of_the_store_are_kept(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(folder(tmp_path, release_files()), folder=store)
    add(workbook(tmp_path, {"Antimony": mining()}), folder=store)
    later = {"BACI_HS92_Y2023_V202501.csv": FLOWS.replace("2022,", "2023,")}
    add(zipped(tmp_path, later), folder=store)
    (tmp_path / "p.csv").write_text(purchases({}))
    add(tmp_path / "p.csv", folder=store)
    (tmp_path / "w.csv").write_text(governance())
    add(tmp_path / "w.csv", folder=store)
    found = sorted((entry.table, entry.years) for entry in catalogue.read(store))
    assert found == [
        ("governance", YEARS),
        ("production", YEARS),
        ("purchases", (2022,)),
        ("trade", (2022,)),
        ("trade", (2023,)),
    ]
    assert catalogue.damaged(store) == ()
    assert all(file.scan().select(pl.len()).collect().item() for file in open_store(store).files)


def test_faults_in_a_later_year_leave_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(folder(tmp_path, release_files()), folder=store)
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    files = release_files(FLOWS.replace("1200.5", "9.5"))
    files["BACI_HS92_Y2023_V202501.csv"] = FLOWS
    with pytest.raises(InputError) as caught:
        add(zipped(tmp_path, files), folder=store)
    assert {fault.column for fault in caught.value.faults} == {"t"}
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before


def test_faults_of_all_years_are_collected_and_counted(tmp_path: Path) -> None:
    bad = "".join(f"2022,156,392,280530,-{n},1\n" for n in range(1, 200))
    files = {YEARLY: FLOWS + bad, "BACI_HS92_Y2023_V202501.csv": FLOWS}
    with pytest.raises(InputError) as caught:
        add(folder(tmp_path, files), folder=tmp_path / "store")
    assert len(caught.value.faults) == MAX_FAULTS_SHOWN
    assert caught.value.total >= 199
    assert caught.value.faults[0].row == 4
    assert len(str(caught.value).splitlines()) == MAX_FAULTS_SHOWN + 2


@pytest.mark.parametrize(
    ("column", "change", "remedy"),
    [
        ("q", {"q": pl.col("q") * 1000}, "divide them by 1000"),
        ("v", {"v": pl.col("v") * 1000}, "divide them by 1000"),
        ("q", {"q": pl.col("q") * 1e6}, "No unit explains them"),
        ("v", {"v": pl.col("q").fill_null(1), "q": pl.col("v")}, "exchange the two columns"),
        ("i", {"i": pl.col("j"), "j": pl.col("i")}, "exchange the two columns"),
    ],
    ids=["kilograms", "dollars", "grams", "value and quantity exchanged", "exporter and importer exchanged"],
)
def test_columns_in_the_wrong_unit_or_place_are_refused(
    column: str, change: dict[str, pl.Expr], remedy: str, numbered: pl.DataFrame, tmp_path: Path
) -> None:
    files = in_files(numbered.with_columns(**change).filter(pl.col("t") == 2022))
    with pytest.raises(InputError) as caught:
        add(folder(tmp_path, files), folder=tmp_path / "store")
    assert [fault.column for fault in caught.value.faults] == [column]
    assert remedy in caught.value.faults[0].remedy
    assert not (tmp_path / "store").exists()


def test_files_that_are_no_part_of_a_release_are_named(tmp_path: Path) -> None:
    result = add(
        folder(tmp_path, release_files(**{"extra.csv": "a\n1\n", "Readme.txt": "hello"})), folder=tmp_path / "s"
    )
    assert [("extra.csv" in warning) for warning in result.warnings] == [True]


def test_a_release_without_its_lists_is_read_with_a_warning(tmp_path: Path) -> None:
    result = add(folder(tmp_path, {YEARLY: FLOWS}), folder=tmp_path / "store")
    assert ["product_codes" in warning for warning in result.warnings] == [True, False]
    assert ["country_codes" in warning for warning in result.warnings] == [False, True]


def test_a_release_that_names_other_countries_is_read_with_a_warning(tmp_path: Path) -> None:
    named = "country_code,country_name,country_iso2,country_iso3\n516,Namibia,NA,NAM\n156,China,CN,TWN\n"
    files = release_files(**{"country_codes_V202501.csv": named})
    result = add(folder(tmp_path, files), folder=tmp_path / "store")
    assert ["156 is TWN there and CHN here" in warning for warning in result.warnings] == [True]


def test_one_yearly_file_is_a_release(tmp_path: Path) -> None:
    (tmp_path / YEARLY).write_text(FLOWS)
    assert add(tmp_path / YEARLY, folder=tmp_path / "store").years == (2022,)


def test_a_shorter_table_says_which_embedded_years_and_countries_it_hides(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(governance())
    hidden = " ".join(add(tmp_path / "w.csv", folder=tmp_path / "store").warnings)
    assert "also had years 1996, 1998" in hidden
    assert "also had countries ABW" in hidden


def test_a_workbook_replaces_the_mineral_years_it_holds_and_no_other_production(
    embedded: Store, tmp_path: Path
) -> None:
    keys = ["mineral", "year"]
    before = embedded.scan("production").collect()
    result = add(workbook(tmp_path, {"Antimony": mining()}), folder=tmp_path / "store")
    assert (result.rows, result.years, result.warnings) == (4, YEARS, ())
    found = open_store(tmp_path / "store").scan("production").collect()
    own = (pl.col("mineral") == "antimony") & pl.col("year").is_in(YEARS)
    assert found.filter(own).select("country", "year", "quantity").sort(pl.all()).rows() == [
        ("CHN", 2021, 60000.0), ("CHN", 2022, 1000.0), ("TJK", 2021, 13000.0), ("TJK", 2022, 17000.0),
    ]  # fmt: skip
    assert found.filter(~own).sort(*keys, "country").equals(before.filter(~own).sort(*keys, "country"))


def test_a_second_workbook_leaves_the_minerals_of_the_first(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(workbook(tmp_path, {"Antimony": mining()}, "a.xlsx"), folder=store)
    add(workbook(tmp_path, {"Tin": [["Tin"], *mining()[1:]]}, "t.xlsx"), folder=store)
    entry = catalogue.read(store)[0]
    assert (entry.rows, entry.transformations[0], "a.xlsx" in entry.transformations) == (8, "t.xlsx", True)
    corrected = add(workbook(tmp_path, {"Antimony": mining(figure=2000)}, "b.xlsx"), folder=store)
    assert corrected.rows == 4
    assert [len(list(store.rglob("*.parquet"))), len(catalogue.read(store))] == [1, 1]
    found = open_store(store).scan("production").filter(pl.col("country") == "CHN", pl.col("year") == 2022).collect()
    assert dict(found.filter(pl.col("mineral").is_in(["antimony", "tin"])).select("mineral", "quantity").rows()) == {
        "antimony": 2000.0,
        "tin": 1000.0,
    }


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_damaged_table_of_the_store_is_mended_by_adding_again(harm: str, tmp_path: Path) -> None:
    store, book = tmp_path / "store", workbook(tmp_path, {"Antimony": mining()})
    file = store / add(book, folder=store).files[0]
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-9] + b"damaged!!")
    again = add(book, folder=store)
    assert [harm in warning for warning in again.warnings] == [True]
    assert catalogue.damaged(store) == ()


def test_the_catalogue_says_where_the_figures_come_from(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(folder(tmp_path, release_files()), folder=store)
    entry = catalogue.read(store)[0]
    assert entry.source_ids == ("CEPII_BACI",)
    assert entry.transformations[:2] == ("BACI_HS92_V202501", "release 202501")
    assert [source.source_id for source in open_store(store).sources("trade")] == ["CEPII_BACI"]


def test_progress_names_every_year(tmp_path: Path) -> None:
    steps: list[str] = []
    add(folder(tmp_path, release_files()), folder=tmp_path / "store", progress=steps.append)
    assert [step for step in steps if "2022" in step] == ["reading 2022 of BACI_HS92_V202501"]


def test_an_unknown_kind_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="purchases"):
        add(tmp_path, kind="purchase", folder=tmp_path / "store")


def test_a_path_without_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        add(tmp_path / "nowhere.csv", folder=tmp_path / "store")


@pytest.mark.parametrize("kind", [kind for kind in keys() if not reader(kind).folders])
def test_a_folder_is_no_table(kind: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        add(tmp_path, kind=kind, folder=tmp_path / "store")


def test_a_store_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / YEARLY).write_text(FLOWS)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DataError, match="taken"):
        add(tmp_path / YEARLY, folder=tmp_path / "taken" / "store")


def test_a_damaged_catalogue_is_put_aside_and_the_data_are_added(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / catalogue.FILE_NAME).write_text("{")
    (tmp_path / YEARLY).write_text(FLOWS)
    added = add(tmp_path / YEARLY, folder=store)
    assert "is damaged" in added.warnings[0]
    assert (store / f"{catalogue.FILE_NAME}.bad").read_text() == "{"
    assert [entry.file for entry in catalogue.read(store)] == list(added.files)
    assert catalogue.damaged(store) == ()


ROW = b"Acme,2022,antimony,,TJK,40,500\n"
PIECES = st.sampled_from(
    [
        PURCHASES.encode() + b"\n", ROW, b"t,i,j,k,v,q\n", b"2022,156,392,280530,1,2\n", b'"', b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0", b"\n", b",", b";", b"NA",
        governance().encode(), b"=1+1", b"\x93\x8c", b"1e999", b"-", b"\xc3\xa9",
    ]
)  # fmt: skip
ANY_BYTES = st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=8), max_size=12).map(b"".join)


def whole_or_refused(path: Path, kind: str | None) -> bool:
    """Whether `add` either wrote a store in which all is in order, or gave a reason and wrote nothing at all."""
    store = path.parent / "store"
    try:
        add(path, kind=kind, folder=store)
    except SogdiaError as why:
        return bool(str(why)) and not store.exists()
    named = {entry.file for entry in catalogue.read(store)}
    there = {file.relative_to(store).as_posix() for file in store.rglob("*") if file.is_file()}
    return there == named | {catalogue.FILE_NAME} and catalogue.damaged(store) == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=ANY_BYTES,
    name=st.sampled_from([YEARLY, "p.csv", "p.xlsx", "p.zip", "p"]),
    kind=st.none() | st.sampled_from(keys()),
)
def test_any_bytes_are_added_whole_or_refused_with_a_reason(
    content: bytes, name: str, kind: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any")
    (path / name).write_bytes(content)
    assert whole_or_refused(path / name, kind)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound workbook and a sound release."""
    path = tmp_path_factory.mktemp("sound")
    rows = [PURCHASES.split(","), ROW.decode().strip().split(",")]
    return {
        "p.xlsx": workbook(path, {"purchases": rows}).read_bytes(),
        "r.zip": zipped(path, release_files()).read_bytes(),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["p.xlsx", "r.zip"]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=4),
    kept=st.integers(500, 1000),
)
def test_a_damaged_archive_is_added_whole_or_refused_with_a_reason(
    name: str,
    changes: list[tuple[int, int]],
    kept: int,
    archives: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    raw = bytearray(archives[name])
    for at, byte in changes:
        raw[at % len(raw)] = byte
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(raw[: len(raw) * kept // 1000])
    assert whole_or_refused(path, None)


def test_the_catalogue_stays_readable_text(tmp_path: Path) -> None:
    add(folder(tmp_path, release_files()), folder=tmp_path / "store")
    content = json.loads((tmp_path / "store" / catalogue.FILE_NAME).read_text())
    assert [item["table"] for item in content["files"]] == ["trade"]
