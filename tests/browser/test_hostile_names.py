"""Names that hold markup, scripts or addresses are text in every page: a browser runs none of it and asks nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sogdia.brief import write
from sogdia.brief.route_map import write_map
from sogdia.data.adding import add
from sogdia.study import Study
from support.chromium import Browser, browser

NAMES = (
    "<script>window.hit=1;alert(1)</script>",
    "<img src=x onerror=window.hit=2>",
    "</title></style></script><svg onload=window.hit=3>",
    "\"'><details open ontoggle=window.hit=4><a href=javascript:window.hit=5>x</a>",
    "{{7*7}}${window.hit=6}<%=7%>[/foo][bold red]",
    "javascript:window.hit=7//http://example.org/x.png",
)
"""One of every sort; none has a character that no name may hold."""
COUNTRIES = ("KAZ", "UZB", "KGZ", "TJK", "TKM")
FILE = "<img src=x onerror='window.hit=8'>.csv"


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on regions with such names, from a store with a file and a company of such names."""
    place = tmp_path_factory.mktemp("hostile")
    header = "company,year,mineral,hs6,origin,quantity_t,value_kusd\n"
    quoted = NAMES[0].replace('"', '""')
    (place / FILE).write_text(f'{header}"{quoted}",2022,antimony,,TJK,40,500\n', encoding="utf-8")
    add(place / FILE, folder=place / "store")
    regions = {name: [iso3] for name, iso3 in zip(NAMES[1:], COUNTRIES, strict=True)}
    study = Study(
        importer=NAMES[0], partners=list(regions), regions={NAMES[0]: ["JPN"], **regions}, store=place / "store"
    )
    return write(study.report(minerals=["antimony"], with_hindcast=False), place / "report", study.store)


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Maps of a network with such names, as a page and as a drawing."""
    place = tmp_path_factory.mktemp("maps")
    network = place / "network"
    network.mkdir()
    names = [name.replace('"', '""') for name in NAMES]
    nodes = [
        f'KAZ:P{at},"{name}",KAZ,{45 + at},{60 + at},{"mine" if at == 0 else "rail"}' for at, name in enumerate(names)
    ]
    links = [f"KAZ:P{at},KAZ:P{at + 1},road,150,3" for at in range(len(names) - 1)]
    (network / "nodes.csv").write_text("\n".join(["id,name,country,lat,lon,kind", *nodes, ""]), encoding="utf-8")
    (network / "links.csv").write_text("\n".join(["from,to,mode,km,hours", *links, ""]), encoding="utf-8")
    routes = Study("JPN").route("KAZ:P0", "KAZ:P5", mineral="chromium", network=network)
    return [write_map(routes, place / name) for name in ("map.html", "map.svg")]


def must_be_quiet(window: Browser, path: Path) -> None:
    """Open a page, unfold all that can be, and see that nothing but its own scripts has run."""
    window.log.clear()
    window.requests.clear()
    window.open(path.as_uri())
    window.value("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    window.value("document.querySelectorAll('input[type=checkbox]').forEach(box => box.click())")
    assert window.value("window.hit ?? null") is None
    assert window.value("[...document.querySelectorAll('a')].every(a => !/^javascript:/i.test(a.href))")
    assert window.value("document.querySelectorAll('img, [onerror], [onload], [ontoggle]').length") == 0
    assert window.log == []
    assert all(address.startswith("file:") and "example" not in address for address in window.requests)


def test_a_report_with_hostile_names_runs_nothing_and_shows_them_as_text(window: Browser, report: Path) -> None:
    must_be_quiet(window, report / "annex.html")
    shown = window.value("document.body.textContent")
    for name in NAMES:
        assert name in shown
    assert NAMES[0] in window.value("document.title")


def test_figures_and_maps_with_hostile_names_run_nothing(window: Browser, report: Path, maps: list[Path]) -> None:
    for path in (*maps, *sorted((report / "figures").glob("*.svg"))):
        must_be_quiet(window, path)
    window.open(maps[0].as_uri())
    assert all(name in window.value("document.body.textContent") for name in (NAMES[0], NAMES[-1]))


def test_the_watch_sees_a_script_that_runs(window: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>x</title>{NAMES[1]}", encoding="utf-8")
    window.open(page.as_uri())
    window.wait("window.hit === 2")
