"""The table of delivered cost on the page on corridors must be what the program says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sogdia.corridors.compare import pair
from sogdia.corridors.cost import COMPONENTS, cargo_of
from sogdia.corridors.standing import Today
from sogdia.network.closures import effects_of_closing

DOCS = Path(__file__).parents[2] / "docs"
CORRIDORS = {
    "China": {"avoid": ("RUS", "IRN", "AFG"), "must": "CHN"},
    "Russia (Pacific)": {
        "avoid": ("CHN", "IRN", "AFG", "RUS:Novorossiysk", "RUS:StPetersburg", "RUS:Taganrog", "BLR", "GEO"),
        "must": "RUS",
    },
    "Iran": {"avoid": ("CHN", "RUS", "AFG"), "must": "IRN"},
    "Caucasus": {"avoid": ("CHN", "RUS", "IRN", "AFG"), "must": "GEO"},
}
CARGOES = {
    "Chromite, Khromtau": ("KAZ:Khromtau", "chromium"),
    "Tungsten concentrate, Boguty": ("KAZ:Boguty", "tungsten"),
    "Antimony concentrate, Konchoch": ("TJK:Konchoch", "antimony"),
    "Copper concentrate, Balkhash": ("KAZ:Balkhash", "copper"),
}
HEADER = ["Cargo and origin", "Corridor", *COMPONENTS, "total", "days"]


def delivered_cost(corridors) -> list[list[str]]:
    rows = []
    for cargo, (origin, mineral) in CARGOES.items():
        for corridor, rule in CORRIDORS.items():
            asked = replace(pair(corridors, origin, "JPN:Yokohama", cargo_of(corridors.rates, mineral)), now=Today())
            best = asked.best(effects_of_closing(corridors.network, rule["avoid"]))
            if best is None:
                rows.append([cargo, corridor, *["no route"] * (len(HEADER) - 2)])
                continue
            assert rule["must"] in best.countries
            parts = [f"{best.components_usd_per_t[name].central:.0f}" for name in COMPONENTS]
            cost = best.cost_usd_per_t
            rows.append(
                [
                    cargo,
                    corridor,
                    *parts,
                    f"{cost.central:.0f} ({cost.low:.0f}-{cost.high:.0f})",
                    f"{best.days.central:.0f}",
                ]
            )
    return rows


def as_markdown(rows: list[list[str]]) -> str:
    lines = [HEADER, ["---"] * len(HEADER), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def test_the_table_of_delivered_cost_is_what_the_program_says(embedded):
    expected = as_markdown(delivered_cost(embedded))
    assert expected in (DOCS / "corridors.md").read_text(encoding="utf-8"), f"paste into docs/corridors.md:\n{expected}"
