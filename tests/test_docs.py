"""Does the documentation say what the code and the data say?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sogdia.brief import collect
from support.programs import TOOLS, loaded
from support.whole_report import documented

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GENERATED = ("api.md", "cli.md", "data-dictionary.md", "measures.md")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "examples").glob("*.md")])
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def pages():
    """The generated pages as they should be."""
    with loaded(TOOLS / "write_docs.py") as program:
        yield program.pages()


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_up_to_date(pages, name):
    assert (DOCS / name).read_text(encoding="utf-8") == pages[name], "stale: run `make docs`"


def test_every_generated_page_is_compared(pages):
    assert set(pages) == set(GENERATED)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


def code_of(page: Path) -> str:
    """The Python of a page, as one program."""
    return "\n".join(CODE.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [p for p in PAGES if code_of(p)], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_run(page, store, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # The part of a report that does not depend on the question is computed once for all tests.
    monkeypatch.setattr(collect, "first_years", lambda _: documented(tmp_path_factory, store))
    exec(compile(code_of(page), str(page), "exec"), {"__name__": "__main__"})


def test_the_readme_counts_what_ships(store):
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    production = store.scan("production").select("mineral", "year").unique().collect()
    codes = store.trade().select("hs6").unique().collect().height
    countries = store.scan("governance").select("country").unique().collect().height
    mined = production["mineral"].n_unique()
    first, last = production["year"].min(), production["year"].max()
    assert f"{codes} six-digit codes, {store.years[0]}-{store.years[-1]}" in text
    assert f"mine production of {mined} minerals, {first}-{last}" in text
    assert f"political stability of {countries} countries" in text
