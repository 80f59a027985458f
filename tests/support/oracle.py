"""What small files of the publishers say, read in the plainest way and by no code of the package.

Whatever is not plain (two readings, a row too many, a cell that is no number) is `Unclear`: a reader has to refuse such
a file or to say what it has done.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
UNKNOWN = ("", "NA", "N/A")
WORLD_BANK = (*UNKNOWN, "n/a", "n.a.", "#N/A", "..")
ISO2 = {"DE": "DEU", "FR": "FRA", "BR": "BRA", "CN": "CHN", "US": "USA", "KZ": "KAZ"}
JAPAN = {"105": "CHN", "409": "CHL", "152": "UZB", "112": "SGP", "103": "KOR"}
BACI = {"156": "CHN", "392": "JPN", "398": "KAZ", "152": "CHL", "604": "PER", "36": "AUS", "036": "AUS"}
NAMES = {
    "china": "CHN", "tajikistan": "TJK", "congo (kinshasa)": "COD", "canada": "CAN", "chile": "CHL", "ghana": "GHA",
    "united states": "USA", "south africa": "ZAF", "japan": "JPN", "morocco": "MAR", "russia": "RUS",
    "congo, democratic republic": "COD", "congo": "COG", "kazakhstan": "KAZ", "bolivia": "BOL",
}  # fmt: skip
CODED = {iso3: iso3 for iso3 in NAMES.values()}
YEN, EURO = {2022: 131.4589}, {2022: 1.0534}
Told = dict[tuple[Any, ...], tuple[float | None, ...]]


class Unclear(Exception):  # noqa: N818
    """A file that cannot be read in one plain way."""


def text_of(raw: bytes) -> str:
    """UTF-8, with a mark or without, or UTF-16 with one; a byte that is neither spoils the cell in which it stands."""
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig", "replace")
    except UnicodeDecodeError as why:
        raise Unclear("encoding") from why


def records(raw: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by the folded titles of their columns."""
    text = text_of(raw)
    if not text.endswith(("\n", "\r")):
        raise Unclear("no end of line")
    first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    separator = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as why:
        raise Unclear("quotes") from why
    lines = [row for row in lines if any(cell.strip() for cell in row)]
    if len(lines) < 2:
        raise Unclear("no rows")
    head = [" ".join(title.split()).strip('"').casefold() for title in lines[0]]
    named = [title for title in head if title]
    if len(set(named)) < len(named):
        raise Unclear("titles")
    made = []
    for line in lines[1:]:
        if len(line) < len(head) or any(cell.strip() for cell in line[len(head) :]):
            raise Unclear("cells")
        made.append({title: cell.strip() for title, cell in zip(head, line, strict=False)})
    return made


def json_records(raw: bytes) -> list[dict[str, str]]:
    """The records of a JSON file, as text, by folded names."""
    try:
        content = json.loads(text_of(raw))
        listed = content.get("data") if "data" in content else [each["properties"] for each in content["features"]]
        return [{k.casefold(): "" if v is None else str(v).strip() for k, v in each.items()} for each in listed]
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise Unclear("json") from why


def number(
    cell: str, *, negative: bool = False, unknown: bool = True, marks: tuple[str, ...] = UNKNOWN
) -> float | None:
    """A plain finite number, None where it is said to be unknown."""
    if cell in marks:
        if unknown:
            return None
        raise Unclear("a figure is missing")
    if not NUMBER.fullmatch(cell) or abs(float(cell)) == float("inf") or (float(cell) < 0 and not negative):
        raise Unclear(f"no number: {cell}")
    return float(cell)


def exact(cell: str) -> float:
    """A figure that has to be there."""
    value = number(cell, unknown=False)
    assert value is not None
    return value


def one(named: dict[str, str], cell: str) -> str:
    """What a word means."""
    if cell not in named:
        raise Unclear(f"unknown: {cell}")
    return named[cell]


def told(rows: Iterable[tuple[tuple[Any, ...], tuple[float | None, ...]]]) -> Told:
    """The rows by their keys, each once."""
    made: Told = {}
    for key, values in rows:
        if key in made:
            raise Unclear(f"twice: {key}")
        made[key] = values
    if not made:
        raise Unclear("nothing")
    return made


def year(cell: str) -> int:
    """A calendar year."""
    if not re.fullmatch(r"(19|20)\d\d", cell):
        raise Unclear(f"no year: {cell}")
    return int(cell)


def code(cell: str) -> str:
    """A six-digit code."""
    if not re.fullmatch(r"\d{6}", cell):
        raise Unclear(f"no code: {cell}")
    return cell


def comtrade(rows: list[dict[str, str]], names: dict[str, str]) -> Told:
    """Flows in thousand dollars and tonnes. names: of the columns, by reporter, partner, flow, code, weight, value."""
    made = []
    for row in rows:
        try:
            cell = {key: row[name.casefold()] for key, name in names.items()}
        except KeyError as why:
            raise Unclear("columns") from why
        whole = {"freqcode": "A", "partner2code": "0", "customscode": "C00", "motcode": "0"}
        if any(row.get(name, least) not in (least, "") for name, least in whole.items()):
            raise Unclear("not the whole year or flow")
        flow = one({"M": "M", "X": "X", "Import": "M", "Export": "X"}, cell["flow"])
        if cell["partner"] in ("W00", "WLD"):
            continue
        known = {iso3: iso3 for iso3 in (*NAMES.values(), "KOR", "PER", "AUS", "BRA", "IDN", "PHL", "VNM")}
        sides = one(known, cell["partner"]), one(known, cell["reporter"])
        exporter, importer = sides if flow == "M" else sides[::-1]
        value, weight = exact(cell["value"]), number(cell["weight"])
        quantity = None if weight is None or (weight == 0 and value > 0) else weight / 1000
        made.append(((year(cell["year"]), exporter, importer, code(cell["code"])), (value / 1000, quantity)))
    return told(made)


PLUS = {
    "reporter": "reporterISO", "partner": "partnerISO", "flow": "flowCode", "code": "cmdCode", "weight": "netWgt",
    "value": "primaryValue", "year": "refYear",
}  # fmt: skip
CLASSIC = {
    "reporter": "Reporter ISO", "partner": "Partner ISO", "flow": "Trade Flow", "code": "Commodity Code",
    "weight": "Netweight (kg)", "value": "Trade Value (US$)", "year": "Year",
}  # fmt: skip


def japan(rows: list[dict[str, str]]) -> Told:
    """Nine-digit lines in thousand yen and kilograms or tonnes, added up to six digits."""
    lines: dict[tuple[Any, ...], list[tuple[float, float | None]]] = {}
    seen = set()
    for row in rows:
        nine = row.get("hs", "").lstrip("'")
        if not re.fullmatch(r"\d{9}", nine):
            raise Unclear("code")
        at = year(row.get("year", ""))
        partner = one(JAPAN, row.get("country", ""))
        export = one({"1": "x", "2": "m"}, row.get("exp or imp", "")) == "x"
        if (at, nine, partner, export) in seen:
            raise Unclear("twice")
        seen.add((at, nine, partner, export))
        value, weight = exact(row.get("value-year", "")), number(row.get("quantity2-year", ""))
        times = {"KG": 0.001, "MT": 1.0, "T": 1.0}.get(row.get("unit2", ""))
        number(row.get("quantity1-year", ""))
        tonnes = None if times is None or weight is None or (weight == 0 and value > 0) else weight * times
        sides = ("JPN", partner) if export else (partner, "JPN")
        lines.setdefault((at, *sides, nine[:6]), []).append((value, tonnes))
    return summed(lines, lambda key, value: value / YEN[key[0]])


def comext(rows: list[dict[str, str]]) -> Told:
    """Eight-digit lines in euros and kilograms, added up to six digits."""
    lines: dict[tuple[Any, ...], list[tuple[float, float | None]]] = {}
    seen = set()
    for row in rows:
        if not re.fullmatch(r"\d{8}", row.get("product_nc", "")) or not row.get("period", "").endswith("52"):
            raise Unclear("code or period")
        if tuple(row.values())[:6] in seen:
            raise Unclear("twice")
        seen.add(tuple(row.values())[:6])
        partner, reporter = one(ISO2, row.get("partner", "")), one(ISO2, row.get("reporter", ""))
        sides = one({"1": "m", "2": "x"}, row.get("flow", ""))
        exporter, importer = (partner, reporter) if sides == "m" else (reporter, partner)
        value, weight = exact(row.get("value_eur", "")), number(row.get("quantity_kg", ""))
        tonnes = None if weight is None or (weight == 0 and value > 0) else weight / 1000
        key = (year(row["period"][:4]), exporter, importer, row["product_nc"][:6])
        lines.setdefault(key, []).append((value, tonnes))
    return summed(lines, lambda key, value: value * EURO[key[0]] / 1000)


def summed(lines: dict[tuple[Any, ...], list[tuple[float, float | None]]], money: Callable[..., float]) -> Told:
    """Lines of one flow added up; a weight that is unknown in one of them is unknown in the sum."""
    if any(key[0] not in (2022,) for key in lines):
        raise Unclear("another year")
    return told(
        (
            key,
            (
                money(key, sum(value for value, _ in parts)),
                None if any(weight is None for _, weight in parts) else sum(weight or 0.0 for _, weight in parts),
            ),
        )
        for key, parts in lines.items()
    )


def baci(rows: list[dict[str, str]]) -> Told:
    """Flows by number of country; `NA` is a quantity that is not reported."""
    made = []
    for row in rows:
        if set(row) != set("tijkvq") or row["t"] != "2022":
            raise Unclear("columns or year")
        sides = one(BACI, row["i"]), one(BACI, row["j"])
        if sides[0] == sides[1]:
            raise Unclear("within")
        made.append(((2022, *sides, code(row["k"])), (exact(row["v"]), number(row["q"]))))
    return told(made)


def purchases(rows: list[dict[str, str]]) -> Told:
    """Purchases, all of whose cells are their key: rows of one kind may stand there several times."""
    wanted = {"company", "year", "mineral", "hs6", "origin", "quantity_t", "value_kusd"}
    made = []
    for row in rows:
        if set(row) - {""} != wanted or not row["company"] or (row["hs6"] and not re.fullmatch(r"\d{6}", row["hs6"])):
            raise Unclear("columns")
        origin = row["origin"] if row["origin"] in NAMES.values() else one(NAMES, row["origin"].casefold())
        mineral = one({key: key for key in ("antimony", "copper", "tungsten")}, row["mineral"])
        key = (row["company"], year(row["year"]), mineral, row["hs6"] or None, origin)
        made.append(((*key, number(row["quantity_t"]), number(row["value_kusd"])), ()))
    return told(made)


def wgi_long(rows: list[dict[str, str]]) -> Told:
    """Estimates, their standard errors and sources by country and year."""
    made = []
    for row in rows:
        if not {"code", "year", "indicator", "estimate", "stddev", "nsource"} <= set(row):
            raise Unclear("columns")
        if row["indicator"].strip('"').casefold() != "pv":
            continue
        if not re.fullmatch(r"[A-Z]{3}", row["code"]):
            raise Unclear("country")
        values = (
            number(row["estimate"], negative=True, marks=WORLD_BANK),
            number(row["stddev"], marks=WORLD_BANK),
            number(row["nsource"], marks=WORLD_BANK),
        )
        if values[0] is not None and abs(values[0]) > 4:
            raise Unclear("no estimate")
        made.append(((row["code"], year(row["year"])), values))
    return told(made)


def wgi_sdmx(rows: list[dict[str, str]]) -> Told:
    """Estimates alone, an observation a row."""
    made = []
    for row in rows:
        if not {"ref_area", "indicator", "time_period", "obs_value"} <= set(row):
            raise Unclear("columns")
        if not re.search(r"(^|_)PV_EST$", row["indicator"]):
            continue
        value = number(row["obs_value"], negative=True, marks=WORLD_BANK)
        if not re.fullmatch(r"[A-Z]{3}", row["ref_area"]) or (value is not None and abs(value) > 4):
            raise Unclear("country or figure")
        made.append(((row["ref_area"], year(row["time_period"])), (value, None, None)))
    return told(made)


def usgs(rows: list[dict[str, str]]) -> Told:
    """Cobalt, gold, gallium and lithium of the world data of 2025; sums over countries are no countries."""
    made = []
    for row in rows:
        if not {"commodity", "country", "type", "unit_meas", "prod_2023", "prod_est_ 2024"} <= set(row):
            raise Unclear("columns")
        label = row["country"].casefold()
        mineral = one(
            {"Cobalt": "cobalt", "Gold": "gold", "Gallium": "gallium", "Lithium": "lithium"}, row["commodity"]
        )
        times = one({"metric tons": "1", "kilograms": "0.001"}, row["unit_meas"].casefold())
        factor = float(times) * {"gold": 1000, "lithium": 2.1527}.get(mineral, 1)
        for at, title in ((2023, "prod_2023"), (2024, "prod_est_ 2024")):
            cell = re.sub(r"(?<=\d),(?=\d{3}\b)", "", row[title])
            value = None if cell in ("W", "") else number(cell)
            if not (label.startswith("world total") or label == "other countries"):
                key = (mineral, one(NAMES, label), at)
                made.append((key, (None if value is None else value * factor,)))
    return told(made)


def bgs(rows: list[dict[str, str]]) -> Told:
    """Output of cobalt, gold and asbestos; forms of one commodity are added up."""
    parts: dict[tuple[Any, ...], dict[str, float | None]] = {}
    for row in rows:
        try:
            if row["bgs_statistic_type_trans"].casefold() != "production":
                continue
            mineral = one(
                {"cobalt, mine": "cobalt", "gold, mine": "gold", "asbestos": "asbestos"},
                row["bgs_commodity_trans"].casefold(),
            )
            country = coded = one(
                {**CODED, "COD": "COG" if row["country_iso2_code"] == "CG" else "COD"}, row["country_iso3_code"]
            )
            if NAMES.get(row.get("country_trans", "").casefold(), country) != coded:
                raise Unclear("two countries")
            if row.get("data_precision_description", "") == "Figures not available" and row["quantity"]:
                raise Unclear("a figure that is not available")
            stamp = re.fullmatch(r"((?:19|20)\d\d)(-01-01.*)?", row["year"])
            unit = row["units"].casefold()
            value = number(row["quantity"])
        except KeyError as why:
            raise Unclear("columns") from why
        if unit != {"cobalt": "tonnes (metal content)", "gold": "kilograms", "asbestos": "tonnes (metric)"}[mineral]:
            raise Unclear("unit")
        if stamp is None:
            raise Unclear("year")
        forms = parts.setdefault((mineral, country, int(stamp[1])), {})
        form = row.get("bgs_sub_commodity_trans", "").casefold()
        if form in forms or (forms and "" in {*forms, form}):
            raise Unclear("twice")
        forms[form] = value
    return told(
        (key, (None if None in forms.values() else sum(v or 0.0 for v in forms.values()),))
        for key, forms in parts.items()
    )


def wmd(rows: list[dict[str, str]]) -> Told:
    """Output of antimony by country in a sheet; a total is no country."""
    made = []
    for row in rows:
        label = row.get("country", "").casefold()
        if label == "total":
            continue
        if row.get("unit") != "metr. t" or row.get("data source", "") not in ("", "r", "e", "p"):
            raise Unclear("unit or source")
        made += [(("antimony", one(NAMES, label), at), (number(row[str(at)]),)) for at in (2021, 2022)]
    return told(made)
