"""Write the names of countries in Japanese and Russian from the Unicode CLDR that the package Babel carries.

    python tools/make_country_names.py

Rows whose evidence is not `seen` were chosen by hand (short forms for print, regions, countries that CLDR no longer
names) and stay as they are. The version of CLDR is that of the source in the data; another one is an error.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version

from sogdia.codes import countries
from sogdia.data import source
from sogdia.files import write_text
from sogdia.render.languages import LANGUAGES

TABLE = Path(__file__).parents[1] / "src/sogdia/render/languages/tables/country_names.csv"
SOURCE = "UNICODE_CLDR"
COLUMNS = ("key", "language", "name", "source_id", "evidence", "note")


def main() -> None:
    """Read the rows chosen by hand, fill in the others, write the table."""
    if get_cldr_version() not in source(SOURCE).vintage:
        raise SystemExit(f"Babel carries CLDR {get_cldr_version()}; {SOURCE} says {source(SOURCE).vintage}.")
    with TABLE.open(encoding="utf-8", newline="") as file:
        chosen = {(row["key"], row["language"]): row for row in csv.DictReader(file) if row["evidence"] != "seen"}
    rows = {**cldr_rows(), **chosen}
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[key] for key in sorted(rows))
    write_text(TABLE, text.getvalue())
    print(f"{len(rows)} names, {len(chosen)} of them chosen by hand")


def cldr_rows() -> dict[tuple[str, str], dict[str, str]]:
    """The names that CLDR gives to the countries of the codes, by key and language."""
    rows = {}
    for code in (code for code in LANGUAGES if code != "en"):
        territories = Locale.parse(code).territories
        for iso3, country in countries().items():
            if country.status == "current" and country.iso2 in territories:
                name = territories[country.iso2]
                rows[iso3, code] = dict(zip(COLUMNS, (iso3, code, name, SOURCE, "seen", ""), strict=True))
    return rows


if __name__ == "__main__":
    main()
