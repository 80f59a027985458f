"""A file of the reader's own purchases on the page of exposure, in Chromium: what is answered, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sogdia.data import open_store
from sogdia.questions.sheet import sheet
from sogdia.study import Study
from support.cli import output
from support.dashboard import Dashboard

EXAMPLE = Path(__file__).parents[2] / "examples/company_korea/purchases.csv"
COMPANY = "Example Battery Co."

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The example with a figure that is none and a country that is none."""
    path = tmp_path / "ours <2024>.csv"
    path.write_text(EXAMPLE.read_text().replace("5200", "abc").replace("MOZ", "Atlantis"))
    return path


def choose(window: Dashboard, path: Path) -> None:
    window.page.get_by_label("File of purchases").set_input_files(path)


def read(window: Dashboard) -> None:
    window.open("expose")
    choose(window, EXAMPLE)
    window.page.get_by_text("purchases.csv has been read. Purchases: 7; companies: 1.").wait_for()
    window.wait()


def test_purchases_are_answered_with_the_figures_of_the_command_line(window: Dashboard, tmp_path: Path) -> None:
    read(window)
    assert "company=Example+Battery+Co." in window.page.url
    assert window.page.locator("main figure svg").count() == 1
    with window.page.expect_download() as loading:
        window.page.locator(".downloads").get_by_text("CSV", exact=True).click()
    loading.value.save_as(tmp_path / "answer.csv")
    store = tmp_path / "store"
    output("data", "add", str(EXAMPLE), "--store", str(store))
    answer = Study(store=open_store(store)).expose_company(COMPANY, year=2024)
    assert (tmp_path / "answer.csv").read_bytes() == sheet(answer.table())
    shown = window.value("[...document.querySelectorAll('tbody tr')].map(row => row.querySelector('data').value)")
    assert sorted(map(float, shown)) == sorted(answer.records["import_value_kusd"].to_list())


def test_a_figure_of_purchases_names_the_file_as_its_source(window: Dashboard) -> None:
    read(window)
    window.page.get_by_role("link", name="Graphite", exact=True).first.click()
    window.wait()
    assert "China supplies 93% of the purchases" in window.text("figcaption")
    window.page.locator(".cards button").first.focus()
    window.page.locator("#tip").get_by_text("OWN_PURCHASES").wait_for()


def test_faults_show_file_row_column_rule_and_remedy_and_lose_nothing(window: Dashboard, wrong: Path) -> None:
    read(window)
    before = window.text(".answer")
    choose(window, wrong)
    window.page.locator(".refusal").wait_for()
    assert window.text(".refusal h2") == "ours <2024>.csv was not read. Faults: 2"
    assert window.value("document.activeElement.textContent") == window.text(".refusal h2")
    rows = [window.page.locator(".refusal tbody tr").nth(at).locator("td, th").all_inner_texts() for at in range(2)]
    assert rows[0][:4] == ["ours <2024>.csv", "2", "quantity_t", "abc"]
    assert rows[1][:4] == ["ours <2024>.csv", "3", "origin", "Atlantis"]
    assert all("digits" in rows[0][4:][at] or "plain number" in rows[0][4:][at] for at in range(2))
    assert "ISO alpha-3" in rows[1][5]
    assert window.text(".answer") == before
    window.log.clear()  # the browser itself notes a refused request
    choose(window, EXAMPLE)
    window.page.get_by_text("has been read").wait_for()
    assert window.page.locator(".refusal").count() == 0


def test_the_language_changes_and_the_purchases_stay(window: Dashboard) -> None:
    read(window)
    window.page.get_by_role("link", name="日本語").click()
    window.wait()
    assert COMPANY in window.text(".answer")
    assert "購入" in window.text("figcaption")
    assert window.page.locator(".notes [lang=en]").count() == 0
    window.page.get_by_label("対象").select_option("")
    window.wait()
    assert COMPANY not in window.text(".answer")


def test_another_visit_says_that_the_file_is_not_kept(window: Dashboard) -> None:
    window.open("expose?company=Example+Battery+Co.")
    window.page.reload()
    window.wait()
    assert "Choose the file again" in window.text(".answer")
    window.page.get_by_role("link", name="Show the country instead").click()
    window.wait()
    assert "company" not in window.page.url
    assert window.page.locator("main table").count() > 0


def test_an_empty_table_has_the_columns_of_purchases(window: Dashboard, tmp_path: Path) -> None:
    window.open("expose")
    with window.page.expect_download() as loading:
        window.page.get_by_role("button", name="Save an empty table").click()
    loading.value.save_as(tmp_path / "purchases.csv")
    [header] = csv.reader(io.StringIO((tmp_path / "purchases.csv").read_text("utf-8-sig")))
    assert header == EXAMPLE.read_text().splitlines()[0].split(",")


def test_a_name_of_a_company_is_text_and_nothing_else(window: Dashboard, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.csv"
    hostile.write_text(EXAMPLE.read_text().replace(COMPANY, "<img src=x onerror=alert(1)>"))
    window.open("expose")
    choose(window, hostile)
    window.page.get_by_text("has been read").wait_for()
    window.wait()
    assert "<img src=x" in window.text(".answer")
    assert window.value("document.querySelectorAll('main img').length") == 0


def test_the_file_is_reached_by_keyboard_and_axe_finds_nothing_serious(window: Dashboard, wrong: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    read(window)
    choose(window, wrong)
    window.page.locator(".refusal").wait_for()
    window.log.clear()  # the browser itself notes a refused request
    window.page.locator("[name=mineral]").focus()
    window.page.keyboard.press("Tab")
    assert window.value("document.activeElement.name") == "purchases"
    found = Axe().run(window.page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    for width in (390, 1400):
        window.page.set_viewport_size({"width": width, "height": 900})
        assert window.value("document.documentElement.scrollWidth") <= width
