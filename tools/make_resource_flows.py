"""Make src/sogdia/exports/tables/resource_flows.csv: which elementary flows of ecoinvent stand for which mineral.

Run with the list of elementary flows of ecoinvent 3.9 in XML, as the Python package bw2io (extra `peers`) carries it:

    python tools/make_resource_flows.py
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "sogdia" / "exports" / "tables" / "resource_flows.csv"
SOURCE = "lci/ecoinvent elementary flows 3.9.xml"
COMPARTMENT = ("natural resource", "in ground")
COLUMNS = ("mineral", "flow", "category", "subcategory", "unit", "flow_uuid", "source_id", "evidence", "note")
RARE_EARTHS = (
    "Lanthanum", "Cerium", "Praseodymium", "Neodymium", "Samarium", "Europium", "Gadolinium", "Terbium", "Dysprosium",
    "Holmium", "Erbium", "Thulium", "Ytterbium", "Lutetium", "Yttrium",
)  # fmt: skip
NAMES = {
    "aluminium": ("Aluminium",), "antimony": ("Antimony",), "arsenic": ("Arsenic",), "asbestos": ("Chrysotile",),
    "baryte": ("Barite",), "bentonite": ("Clay, bentonite",), "beryllium": ("Beryllium",), "bismuth": ("Bismuth",),
    "boron": ("Borax", "Colemanite", "Ulexite"), "cadmium": ("Cadmium",), "chromium": ("Chromium",),
    "cobalt": ("Cobalt",), "copper": ("Copper", "Cu"), "diatomite": ("Diatomite",), "feldspar": ("Feldspar",),
    "fluorspar": ("Fluorspar",), "gallium": ("Gallium",), "germanium": ("Germanium",), "gold": ("Gold",),
    "graphite": ("Graphite",), "gypsum": ("Gypsum",), "indium": ("Indium",), "iron": ("Iron",),
    "kaolin": ("Kaolinite",), "lead": ("Lead",), "lithium": ("Lithium",), "magnesite": ("Magnesite",),
    "manganese": ("Manganese",), "mercury": ("Mercury",), "molybdenum": ("Molybdenum",), "nickel": ("Nickel", "Ni"),
    "niobium": ("Niobium",), "palladium": ("Palladium", "Pd"), "perlite": ("Perlite",), "platinum": ("Platinum", "Pt"),
    "rare_earths": RARE_EARTHS, "rhenium": ("Rhenium",), "rhodium": ("Rhodium", "Rh"), "salt": ("Sodium chloride",),
    "selenium": ("Selenium",), "silver": ("Silver",), "sulphur": ("Sulfur",), "talc": ("Talc",),
    "tantalum": ("Tantalum",), "tellurium": ("Tellurium",), "tin": ("Tin",), "titanium": ("TiO2",),
    "tungsten": ("Tungsten",), "uranium": ("Uranium",), "vanadium": ("Vanadium",), "vermiculite": ("Vermiculite",),
    "zinc": ("Zinc",), "zirconium": ("Zirconium",),
}  # fmt: skip
"""The first word of the flows of each mineral."""


def flows() -> dict[str, tuple[str, str]]:
    """Unit and UUID of each flow from the ground, by name."""
    text = files("bw2io").joinpath("data", SOURCE).read_bytes()
    root = ET.fromstring(text)
    space = root.tag.partition("}")[0] + "}"
    made = {}
    for flow in root:
        place = flow.find(f"{space}compartment")
        if place is None:
            continue
        where = tuple(str(part.text) for part in place if part.tag in {f"{space}compartment", f"{space}subcompartment"})
        if where == COMPARTMENT:
            name, unit = (str(flow.findtext(f"{space}{tag}")) for tag in ("name", "unitName"))
            made[name] = (unit, flow.attrib["id"])
    return made


def main() -> None:
    """Write the table."""
    known, rows = flows(), []
    for mineral, names in NAMES.items():
        for flow, (unit, uuid) in sorted(known.items()):
            if unit == "kg" and any(flow == name or re.match(rf"{re.escape(name)}, ", flow) for name in names):
                evidence = ("ECOINVENT_FLOWS_3_9", "derived", "")
                rows.append((mineral, flow, *COMPARTMENT, unit, uuid, *evidence))
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main()
