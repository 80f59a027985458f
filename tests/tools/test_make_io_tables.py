"""The tool that derives the input-output tables: on a small table in the package's own form."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from support.programs import TOOLS, loaded

COUNTRIES = ("JPN", "KAZ", "USA")
SECTORS = ("B07", "B08", "C20", "C23", "C24A", "C24B", "C25", "C26", "C27", "D", "G", "H49", "H50")
IDLE = ("USA", "C24B")


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with loaded(TOOLS / "make_io_tables.py") as program:
        yield program


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of three countries as the package keeps it: input mix and share of inputs in output, sector-major."""
    random = np.random.default_rng(5)
    count = len(COUNTRIES) * len(SECTORS)
    mix = random.uniform(0.0, 1.0, (count, count))
    spent = random.uniform(0.2, 0.6, count)
    idle = SECTORS.index(IDLE[1]) * len(COUNTRIES) + COUNTRIES.index(IDLE[0])
    mix[idle, :] = mix[:, idle] = spent[idle] = 0.0
    mix /= np.where((whole := mix.sum(axis=0)) > 0, whole, 1.0)
    final = random.uniform(10.0, 100.0, count)
    final[idle] = 0.0
    output = np.linalg.solve(np.eye(count) - mix * spent, final)
    path = tmp_path_factory.mktemp("package") / "bench_cache.npz"
    np.savez(path, A=mix, omb=spent, go=output, countries=np.array(COUNTRIES), sectors=np.array(SECTORS))
    return path


@pytest.fixture(scope="module")
def rows(tool: ModuleType, cache: Path) -> dict[tuple[str, str], dict[str, float]]:
    world = tool.read(cache)
    made = tool.rows(world, tool.cost_passing(world), SECTORS)
    return {(row["country"], row["sector"]): row for row in made}


def test_the_order_of_the_package_is_read_sector_by_sector(
    tool: ModuleType, cache: Path, rows: dict[tuple[str, str], dict[str, float]]
) -> None:
    world = tool.read(cache)
    place = SECTORS.index("C24A") * len(COUNTRIES) + COUNTRIES.index("KAZ")
    assert rows["KAZ", "C24A"]["gross_output_musd"] == pytest.approx(world.output[place], abs=0.01)
    ores = SECTORS.index("B07") * len(COUNTRIES)
    bought = world.inputs[ores : ores + len(COUNTRIES), place].sum()
    assert rows["KAZ", "C24A"]["input_B07"] == pytest.approx(bought)


def test_a_dollar_of_output_is_value_added_at_home_or_imports(rows: dict[tuple[str, str], dict[str, float]]) -> None:
    active = [row for row in rows.values() if "va_total" in row]
    assert len(active) == len(rows) - 1
    assert [row["va_total"] + row["imports_total"] for row in active] == pytest.approx([1.0] * len(active))


def test_cost_put_on_one_industry_returns_whole_over_final_demand_of_the_whole_table(
    tool: ModuleType, cache: Path, rows: dict[tuple[str, str], dict[str, float]]
) -> None:
    world = tool.read(cache)
    passed = tool.cost_passing(world)
    assert passed.inverse @ passed.final == pytest.approx(world.output)
    parts = ("paid_in_own_product", "paid_in_home_products", "paid_abroad")
    sums = [sum(row[name] for name in parts) for row in rows.values() if "paid_abroad" in row]
    assert sums == pytest.approx([1.0] * len(sums))


def test_an_industry_without_output_is_left_empty_and_said_so(rows: dict[tuple[str, str], dict[str, float]]) -> None:
    assert rows[IDLE]["note"] == "no output in the table"
    assert "va_direct" not in rows[IDLE]


def test_what_is_written_is_no_matrix_and_names_its_source(
    tool: ModuleType, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "TABLES", tmp_path)
    monkeypatch.setattr(tool, "SECTORS", SECTORS)
    monkeypatch.setattr("sys.argv", ["make_io_tables.py", str(cache)])
    tool.main()
    with (tmp_path / "input_output.csv").open(encoding="utf-8", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert {row["source_id"] for row in written} == {"OECD_ICIO_2025"}
    assert len(written) == len(COUNTRIES) * len(SECTORS)
    assert len(written[0]) < len(SECTORS) * len(COUNTRIES) + 10
    with (tmp_path / "economies.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["country"] for row in csv.DictReader(stream)] == list(COUNTRIES)


def test_the_tool_says_how_to_get_the_package_and_what_the_source_is(tool: ModuleType) -> None:
    said = tool.__doc__ or ""
    assert "pip install" in said
    assert "OECD ICIO, 2025 edition, year 2022; adapted" in said
