"""Blocks cite what the store in use holds: a release of the user's own is cited as what it is."""

from __future__ import annotations

import pytest

from sogdia.brief import Report
from sogdia.brief.sections import sections
from sogdia.data import Store, catalogue, open_store
from sogdia.render.blocks import Figure, tables, walk
from sogdia.render.html import View
from sogdia.study import Study

SNAPSHOT, OWN_TRADE, OWN_GOVERNANCE = "CEPII_BACI", "SOGDIA_ASSUMPTION", "GTAP_2004"
YEAR = 2022


@pytest.fixture(scope="module")
def own_release(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Korea's tungsten by a store whose trade of every year and governance are the user's own."""
    folder = tmp_path_factory.mktemp("store")
    frames = {"trade": (store.trade().collect(), OWN_TRADE),
              "governance": (store.scan("governance").collect(), OWN_GOVERNANCE)}  # fmt: skip
    entries = []
    for table, (frame, source_id) in frames.items():
        frame.write_parquet(folder / f"{table}.parquet")
        years = tuple(sorted(frame["year"].unique()))
        entries.append(
            catalogue.entry_for(
                folder, f"{table}.parquet", table=table, rows=frame.height, source_ids=(source_id,), years=years
            )
        )
    catalogue.write(folder, tuple(entries))
    study = Study("KOR", ["UZB"], store=open_store(folder))
    return study.report(minerals=["tungsten"], year=YEAR, with_hindcast=False)


def test_a_release_of_ones_own_is_cited_and_the_embedded_one_is_not(own_release: Report) -> None:
    blocks = [block for section in sections(own_release) for block in walk(section.blocks)]
    cited = {source_id for block in blocks for source_id in block.source_ids}
    assert {OWN_TRADE, OWN_GOVERNANCE} <= cited
    assert cited & {SNAPSHOT, "WB_WGI"} == set()


def test_the_map_cites_trade_and_the_outlines(own_release: Report) -> None:
    (figure,) = (
        block
        for section in sections(own_release)
        for block in walk(section.blocks)
        if isinstance(block, Figure) and block.key == "suppliers-map"
    )
    assert figure.source_ids == (OWN_TRADE, "NATURAL_EARTH")


def test_the_list_of_sources_holds_the_release_in_use(own_release: Report) -> None:
    (listed,) = (table for table in tables(sections(own_release)) if table.key == "sources")
    assert OWN_TRADE in listed.frame["source_id"].to_list()
    assert SNAPSHOT not in listed.frame["source_id"].to_list()


def test_a_row_of_several_sources_links_to_each(japan: Report) -> None:
    table = next(table for table in tables(sections(japan)) if table.key == "corridor-upgrades")
    place = [column.name for column in table.columns if column.shown].index("source_id")
    for row, ids in zip(View({}).rows(table), table.frame["source_id"], strict=True):
        assert row[place].source_ids == tuple(dict.fromkeys(ids.split(";")))
