"""The page on the corridor data is true."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from sogdia.network import add_links, embedded_network, read_formalities

PAGE = Path(__file__).parents[2] / "docs" / "corridor_data.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_python_of_the_page_runs() -> None:
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(code, names)
    assert names["network"] == embedded_network()


def test_the_example_of_a_users_table_is_accepted(tmp_path: Path) -> None:
    table, _ = blocks("csv")
    path = tmp_path / "links.csv"
    path.write_text(table, encoding="utf-8")
    assert add_links(embedded_network(), path).links[-1].km == 420


def test_the_example_of_a_users_export_papers_is_accepted(tmp_path: Path) -> None:
    _, papers = blocks("csv")
    path = tmp_path / "formalities.csv"
    path.write_text(papers, encoding="utf-8")
    assert [row.country for row in read_formalities(path)] == ["COD"]


def test_the_page_names_every_packaged_table_and_no_other() -> None:
    shipped = {entry.name for entry in files("sogdia.network").joinpath("tables").iterdir()}
    listed = PAGE.read_text(encoding="utf-8").split("## How lengths")[0]
    assert set(re.findall(r"`(\w+\.csv)`", listed)) == shipped
