"""Small files in the publishers' formats, right or wrong in one place, for the tests of the readers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

YEARLY = "BACI_HS92_Y2022_V202501.csv"
RELEASE = "BACI_HS92_V202501"
FLOWS = "t,i,j,k,v,q\n2022,156,392,280530,1200.5,30.25\n2022,398,392,720241,88.1,           NA\n"
COUNTRY_CODES = (
    "country_code,country_name,country_iso2,country_iso3\n"
    '156,China,CN,CHN\n392,Japan,JP,JPN\n398,Kazakhstan,KZ,KAZ\n516,Namibia,NA,NAM\n490,"Other Asia, nes",,S19\n'
)
PRODUCT_CODES = (
    "code,description\n010111,Horses\n280530,Rare-earth metals\n284610,Cerium compounds\n720241,Ferro-chromium\n"
    "9999AA,Legacy\n"
)
PURCHASES = "company,year,mineral,hs6,origin,quantity_t,value_kusd"
PURCHASE = {
    "company": "Acme",
    "year": "2022",
    "mineral": "antimony",
    "hs6": "",
    "origin": "TJK",
    "quantity_t": "40",
    "value_kusd": "500",
}


def release_files(flows: str = FLOWS, **changed: str) -> dict[str, str]:
    """The files of a release of one year by name."""
    return {
        YEARLY: flows,
        "country_codes_V202501.csv": COUNTRY_CODES,
        "product_codes_HS92_V202501.csv": PRODUCT_CODES,
        **changed,
    }


def folder(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files."""
    made = path / RELEASE
    for name, content in files.items():
        target = made / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return made


def zipped(path: Path, files: Mapping[str, str | bytes], name: str = f"{RELEASE}.zip") -> Path:
    """An archive with these files."""
    made = path / name
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return made


def purchases(*rows: Mapping[str, str], header: str = PURCHASES) -> str:
    """Purchases as CSV: a row for every change of the ordinary one."""
    lines = [",".join(_quoted((PURCHASE | dict(row))[name]) for name in PURCHASE) for row in rows]
    return "\n".join([header, *lines]) + "\n"


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]], name: str = "book.xlsx") -> Path:
    """A workbook with these rows; text stays text, numbers are numbers, "{=A1}" is a formula with the result 7 and
    "{?=A1}" one that no program has calculated yet.
    """
    made = path / name
    with xlsxwriter.Workbook(str(made), {"strings_to_formulas": False, "nan_inf_to_errors": True}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("{="):
                        sheet.write_formula(number, at, cell[1:-1], None, 7)
                    elif isinstance(cell, str) and cell.startswith("{?="):
                        sheet.write_formula(number, at, cell[2:-1])
                    elif cell is not None:
                        sheet.write(number, at, cell)
    return made


def mining(country: str = "China", unit: str = "metr. t", figure: object = 1000, flag: str = "r") -> list[list[object]]:
    """A sheet of World Mining Data with one row that may be wrong, in row 4."""
    return [
        ["Antimony"],
        ["Country", "unit", "2021", "2022", "data source"],
        ["Tajikistan", "metr. t", 13000, 17000, "r"],
        [country, unit, 60000, figure, flag],
        ["Total", "metr. t", 73000, 18000],
    ]


STABILITY = "Political Stability and Absence of Violence/Terrorism"


def governance(code: str = "NAM", figure: str = "0.5", year: str = "2022 [YR2022]") -> str:
    """DataBank's layout with one row that may be wrong, in row 3."""
    return (
        f"Country Name,Country Code,Series Name,Series Code,2021 [YR2021],{year}\n"
        f"Japan,JPN,{STABILITY}: Estimate,PV.EST,1.03,1.05\n"
        f"Other,{code},{STABILITY}: Estimate,PV.EST,..,{figure}\n"
        f"Japan,JPN,{STABILITY}: Standard Error,PV.STD.ERR,0.2,0.21\n"
        "\n\nData from database: Worldwide Governance Indicators\nLast Updated: 01/15/2026\n"
    )
