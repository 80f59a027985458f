"""The template for a company's purchases: its columns, their rules, and two invented examples."""

from __future__ import annotations

from collections.abc import Mapping

from sogdia.codes import countries
from sogdia.data.embedded import snapshot
from sogdia.data.readers.reader import Template, TemplateColumn
from sogdia.tabular.checks import FIRST_YEAR, LAST_YEAR

FIGURE = "#,##0.###"
CALENDAR = {"validate": "integer", "criteria": "between", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
NOT_NEGATIVE = {"validate": "decimal", "criteria": ">=", "value": 0}


def _minerals() -> Mapping[str, str]:
    return {key: mineral.name for key, mineral in sorted(snapshot().minerals.items())}


def _origins() -> Mapping[str, str]:
    return {iso3: country.name for iso3, country in sorted(countries().items())}


PURCHASES = Template(
    sheet="purchases",
    columns=(
        TemplateColumn("company", 28),
        TemplateColumn("year", 8, "0", CALENDAR),
        TemplateColumn("mineral", 20, choices=_minerals, choices_title="mineral name"),
        TemplateColumn("hs6", 10, "@"),
        TemplateColumn("origin", 10, choices=_origins, choices_title="country"),
        TemplateColumn("quantity_t", 16, FIGURE, NOT_NEGATIVE),
        TemplateColumn("value_kusd", 16, FIGURE, NOT_NEGATIVE),
    ),
    rules=(
        "One row per purchase, or per year and origin: rows of the same kind are added up.",
        "Fill in mineral or hs6, and quantity_t or value_kusd; leave a cell empty where a figure is unknown. "
        "Zero is zero.",
        "Quantities are tonnes of traded product (kilograms divided by 1000), values thousand US dollars of the year.",
        "origin is the country the goods come from: ISO alpha-3 (NAM is Namibia). "
        "Sums such as EU or World are refused.",
        "hs6 is text of six digits with its leading zero, in the revision of 1992 (HS 1992).",
    ),
    examples=(
        ("Example Magnets Ltd", 2023, "rare_earths", "280530", "CHN", 120.5, 9800.0),
        ("Example Magnets Ltd", 2023, "antimony", "", "TJK", 40.0, None),
    ),
)
