"""Hostile files and names end in one error with a reason, in seconds and little memory, with nothing written."""

from __future__ import annotations

import os
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from sogdia.codes import country, economy, own_regions
from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.event_file import read_event_file
from sogdia.data.region_file import regions_of
from sogdia.errors import MAX_FAULTS_SHOWN, SogdiaError
from sogdia.market.events import ExportLimit
from sogdia.market.scenario import Scenario
from sogdia.market.scenario_file import read_scenario
from sogdia.network import Corridors, add_links, embedded_network, read_formalities, read_geojson, read_network
from sogdia.text import UNSAFE
from support.faults import often
from support.hostile_files import (
    CONTROLS,
    EVENTS,
    GOVERNANCE,
    HEADER_ROW,
    LINKS,
    PLACES,
    Make,
    book,
    drawing,
    feature,
    filled,
    letters,
    many_members,
    nested_zip,
    network,
    overlapping,
    packed,
    parts,
    release,
    rows,
    text,
)
from support.reader_files import FLOWS, PURCHASES, YEARLY, folder, purchases, release_files, zipped

SECONDS, MEGABYTES = 5.0, 300.0
# Other machines, and other tests beside these, may be several times slower; a defect is a hundred times slower.
SLOWER = 3.0
MB = 10**6
# What only costs time, and passes no limit of size, is smaller here than in a soak.
BULK = often(MB // 5, MB)
HEAD = PURCHASES + "\n"
HUGE = "9" * 5000
Read = Callable[[Path, Path], object]


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file and who reads it."""

    make: Make
    read: Read


def adding(kind: str | None = None) -> Read:
    return lambda path, store: add(path, kind=kind, folder=store)


@cache
def packaged() -> Corridors:
    """The packaged network, made once for all files."""
    return embedded_network()


def links(path: Path, store: Path) -> object:
    return add_links(packaged(), path)


def whole_network(path: Path, store: Path) -> object:
    return read_network(path)


def drawn(path: Path, store: Path) -> object:
    return read_geojson(path, packaged())


def events(path: Path, store: Path) -> object:
    return read_event_file(path, open_store())


def papers(path: Path, store: Path) -> object:
    return read_formalities(path)


def scenario(path: Path, store: Path) -> object:
    return read_scenario(path)


def regions(path: Path, store: Path) -> object:
    return regions_of(path)


def bought(content: str | bytes) -> Case:
    return Case(text("purchases.csv", content), adding("purchases"))


def indicators(content: str) -> Case:
    return Case(text("wgi.csv", content), adding("wgi"))


def sheet(rows_: str, strings: str = "<sst/>", **more: str) -> Case:
    return Case(book(rows_, strings, **more), adding("purchases"))


def flows(content: str | bytes, **more: str) -> Case:
    files: dict[str, str | bytes] = {**release_files(), YEARLY: content, **more}
    return Case(lambda path: folder(path, files), adding())


def toml(content: str | bytes, read: Read = scenario) -> Case:
    return Case(text("file.toml", content), read)


def geojson(content: str | bytes) -> Case:
    return Case(text("net.geojson", content), drawn)


def cell(content: str) -> str:
    return f'<c t="inlineStr"><is><t>{content}</t></is></c>'


def controlled(name: str) -> dict[str, Callable[[], Case]]:
    """The same character in the tables, documents and names of every reader."""
    bad = CONTROLS[name]
    escape = "".join(f"\\u{ord(character):04x}" for character in bad)
    return {
        f"{name} in a company": lambda: bought(purchases({"company": f"Ac{bad}me"})),
        f"{name} in a place": lambda: Case(network(PLACES + f"KAZ:Alpha,Al{bad}pha,KAZ,48,68,mine\n"), whole_network),
        f"{name} in a TOML text": lambda: toml(f'name = "a{bad}b"\nmineral = "tin"\n'),
        f"{name} in a TOML escape": lambda: toml(f'name = "a{escape}b"\nmineral = "tin"\n'),
        f"{name} in a drawing": lambda: geojson(drawing(feature(properties={"id": "KAZ:A", "name": f"a{bad}b"}))),
    }


CSV = {
    "header of 200,000 names": lambda: bought(",".join(letters(n) for n in range(200_000)) + "\n1\n"),
    "header of 1,000 unknown names": lambda: bought(HEAD[:-1] + "," + ",".join(letters(n) for n in range(1000)) + "\n"),
    "one name a thousand times": lambda: bought(",".join(["company"] * 1000) + "\n"),
    "lines of one letter": lambda: bought("a\n" * (5 * MB // 2)),
    "lines of two letters": lambda: bought("a,b\n" + "a,\n" * (5 * MB // 3)),
    "header over lines of separators": lambda: bought(HEAD + ",,,,,,\n" * (5 * BULK // 7)),
    "header over lines that are nearly empty": lambda: bought(HEAD + "a,,,,,,\n" * (5 * MB // 8)),
    "header over short lines": lambda: bought(HEAD + "aaaaaaaa\n" * (5 * MB // 9)),
    "lines beyond the header": lambda: bought(HEAD + "Acme,2022,tin,,CHN,1,2,more\n" * (BULK // 20)),
    "one cell of 5 MB": lambda: bought(HEAD + "a" * (5 * MB)),
    "open quote": lambda: bought(HEAD + '"' + "a\n" * (5 * MB // 2)),
    "quotes alone": lambda: bought(HEAD + '"' * (5 * MB + 1)),
    "digits and a letter": lambda: bought(purchases({"quantity_t": "1" * 30_000 + "x"})),
    "blanks in a cell": lambda: bought(purchases({"company": "a" + " " * 30_000 + "b", "quantity_t": "x"})),
    "blanks between line ends in a cell": lambda: bought(HEAD + '"a' + " \n" * 15_000 + 'b",2022,tin,,CHN,x,2\n'),
    "number of 5,000 digits": lambda: bought(purchases({"quantity_t": HUGE})),
    "number of a huge exponent": lambda: bought(purchases({"quantity_t": "1e999999999"})),
    "fraction of 5,000 digits": lambda: bought(purchases({"quantity_t": "0." + HUGE})),
    "year of 5,000 digits": lambda: bought(purchases({"year": HUGE})),
    "code of 5,000 digits": lambda: bought(purchases({"hs6": HUGE})),
    "code of 5,000 digits and .0": lambda: bought(purchases({"hs6": HUGE + ".0"})),
    "digits of another script": lambda: bought(purchases({"year": "２０２２", "quantity_t": "١٢"})),
    "40,000 unknown countries": lambda: bought(HEAD + rows(lambda n: f"Acme,2022,tin,,{letters(n)}land,1,2\n", MB)),
    "40,000 unknown minerals": lambda: bought(HEAD + rows(lambda n: f"Acme,2022,{letters(n)}ium,,CHN,1,2\n", MB)),
    "unknown country of 30,000 letters": lambda: bought(purchases({"origin": "a" * 30_000})),
    "a fault in every cell": lambda: bought(HEAD + "=a,x,y,z,w,v,u\n" * (5 * BULK // 15)),
    "different faults in every cell": lambda: bought(
        HEAD + rows(lambda n: f"{n},{n},{n},{n},{n}x,{n}y,{n}z\n", 3 * BULK)
    ),
    "company of 20,000 letters": lambda: bought(purchases({"company": "a" * 20_000})),
    "formula": lambda: bought(purchases({"company": "=cmd|' /C calc'!A0"})),
    "decimal marks that contradict each other": lambda: bought(
        HEAD + rows(lambda n: f"A,2022,tin,,CHN,{n}{'.' if n % 2 else ','}5,2\n", 2 * BULK)
    ),
    "random bytes": lambda: bought(bytes(range(256)) * 4000),
    "zeros": lambda: bought(b"\0" * (2 * MB)),
    "UTF-16 with half a pair": lambda: bought(b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\x00\xd8,\x00"),
    "UTF-32": lambda: bought(purchases({}).encode("utf-32")),
    "lone carriage returns": lambda: bought("a,b\r" * (2 * MB // 4)),
    "separators of records": lambda: bought("\x1c\x1d\x1e".join([HEAD] * 100)),
    "control characters at the ends of cells": lambda: bought(purchases({"company": "\x1cAcme\x1f"})),
    "control characters in the header": lambda: bought(HEAD.replace("company", "comp\x1bany")),
    "governance of a thousand columns": lambda: indicators(
        "Country Code,Series Name,Series Code," + ",".join(f"{n} [YR{n}]" for n in range(1000, 2000)) + "\nJPN\n"
    ),
    "governance with doubled rows": lambda: indicators(GOVERNANCE + "JPN,2022,pv,1,1,1\n" * (4 * BULK // 18)),
    "governance without its indicator": lambda: indicators(GOVERNANCE + "JPN,2022,rl,1,1,1\n" * (2 * BULK // 18)),
    "a header for three readers": lambda: Case(
        text("table.csv", "company,year,origin,quantity_t,value_kusd,Country,unit,data source,t,i,j,k,v,q\n"), adding()
    ),
    "links without end": lambda: Case(
        text("links.csv", LINKS + "KAZ:Almaty,KAZ:Semey,road,900,20\n" * (BULK // 8)), links
    ),
    "unknown places": lambda: Case(
        text("links.csv", LINKS + rows(lambda n: f"KAZ:{letters(n)},KAZ:Almaty,road,900,20\n", BULK // 2)), links
    ),
    "300 sea links to measure": lambda: Case(
        text("links.csv", "from,to,mode\n" + "CHN:Shanghai,JPN:Yokohama,sea\n" * 300), links
    ),
    "places apart from each other": lambda: Case(
        network(PLACES + rows(lambda n: f"KAZ:{letters(n)},{letters(n)},KAZ,48,{n % 90},mine\n", BULK // 2)),
        whole_network,
    ),
    "one place again and again": lambda: Case(
        network(PLACES + "KAZ:Alpha,Alpha,KAZ,48,68,mine\n" * (BULK // 100)), whole_network
    ),
    "places of 200 letters that are alike": lambda: Case(
        network(
            PLACES + rows(lambda n: f"KAZ:{'a' * 50}{letters(n)},A,KAZ,48,68,mine\n", MB // 3),
            "".join(f"KAZ:{'a' * 50}{letters(n)}q,KAZ:{'a' * 49}{letters(n)},road\n" for n in range(60)),
        ),
        whole_network,
    ),
    "country of 30,000 letters": lambda: Case(
        network(PLACES + f"KAZ:A,A,{'K' * 30_000},48,68,mine\n" * 40), whole_network
    ),
    "latitude of 5,000 digits": lambda: Case(network(PLACES + f"KAZ:A,A,KAZ,{HUGE},68,mine\n"), whole_network),
    "formula in a place": lambda: Case(network(PLACES + "KAZ:A,@SUM(1),KAZ,48,68,mine\n"), whole_network),
    "papers of unknown countries": lambda: Case(
        text(
            "papers.csv",
            "country,usd_per_t_low,usd_per_t_central,usd_per_t_high\n"
            + rows(lambda n: f"{letters(n)},1,2,3\n", MB // 4),
        ),
        papers,
    ),
    "5,000 events": lambda: Case(
        text("events.csv", EVENTS + rows(lambda n: f"E{n},tin,260900,IDN,2014,2014,export_ban\n", 200_000)), events
    ),
    "events with a fault in every cell": lambda: Case(text("events.csv", EVENTS + "=,q,q,q,q,q,q\n" * 60_000), events),
}
RELEASES = {
    "blank lines": lambda: flows("\n".join([FLOWS.splitlines()[0], "\n" * (5 * MB), "x"])),
    "one line of commas": lambda: flows(FLOWS + "," * (5 * MB)),
    "one line of digits": lambda: flows(FLOWS + "1" * (5 * MB)),
    "quotes around everything": lambda: flows(FLOWS + '"2022","392","156","284610","1","x"\n' * 100_000),
    "one flow 200,000 times": lambda: flows(FLOWS + "2022,156,392,284610,1,2\n" * 200_000),
    "wrong lines": lambda: flows(FLOWS + "x\n" * MB),
    "control characters in a flow": lambda: flows(FLOWS + "2022,156,392,284610,1,\x0b2\n"),
    "a mark of direction in a flow": lambda: flows(FLOWS + "2022,156,392,\u202e284610,1,2\n"),
    "header of 10,000 columns": lambda: flows(",".join(["t"] * 10_000) + "\n"),
    "no header and no line end": lambda: flows("t" * 10_000),
    "country of 5,000 digits": lambda: flows(FLOWS + f"2022,{HUGE},392,284610,1,2\n"),
    "code of 5,000 digits in a release": lambda: flows(FLOWS + f"2022,156,392,{HUGE},1,2\n"),
    "value of 5,000 digits": lambda: flows(FLOWS + f"2022,156,392,284610,{HUGE},2\n"),
    "product list of superscripts": lambda: flows(
        FLOWS + "2022,156,392,284699,1,2\n", **{"product_codes_HS92_V202501.csv": f"code,description\n²,x\n{HUGE},y\n"}
    ),
    "country list of 5,000 digits": lambda: flows(
        FLOWS + "x\n", **{"country_codes_V202501.csv": f"country_code,country_iso3\n{HUGE},JPN\n²,CHN\n"}
    ),
    "product list without end": lambda: flows(
        FLOWS, **{"product_codes_HS92_V202501.csv": "code,description\n" + "1,a\n" * MB}
    ),
    "bomb of zeros": lambda: Case(release({YEARLY: "0" * (60 * MB)}), adding()),
    "overlapping files": lambda: Case(overlapping(2000), adding()),
    "11,000 files": lambda: Case(many_members(11_000), adding()),
    "zip in a zip in a zip": lambda: Case(nested_zip(5), adding()),
    "packed by LZMA": lambda: Case(packed(zipfile.ZIP_LZMA), adding()),
    "packed by bzip2": lambda: Case(packed(zipfile.ZIP_BZIP2), adding()),
    "path that climbs": lambda: Case(release({f"../../{YEARLY}": FLOWS}), adding()),
    "absolute path": lambda: Case(release({f"/{YEARLY}": FLOWS}), adding()),
    "control characters in a member": lambda: Case(release({**release_files(), "a\x1b[2Jb.csv": "x"}), adding()),
    "a mark of direction in a member": lambda: Case(release({**release_files(), "a\u202eb.csv": "x"}), adding()),
}
DOCTYPE = '<!DOCTYPE sst [<!ENTITY a "{}">{}]><sst><si><t>{}</t></si></sst>'
LEVELS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 9))
ONE_STRING = '<row r="2"><c t="s"><v>0</v></c></row>'
WORKBOOKS = {
    "a stray cell at the far corner": lambda: sheet(
        HEADER_ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "100,000 cells in the last column": lambda: sheet(HEADER_ROW + filled('<c r="AMJ2"><v>1</v></c>', 100_000)),
    "wide header over 100,000 rows": lambda: sheet(
        '<row r="1"><c r="AMJ1"><v>1</v></c></row>' + filled('<c r="AMI2"><v>1</v></c>', 100_000)
    ),
    "a million empty rows": lambda: sheet(HEADER_ROW + "<row/>" * MB),
    "a million empty cells": lambda: sheet(HEADER_ROW + f'<row r="2">{"<c/>" * (11 * MB // 10)}</row>'),
    "elements without end": lambda: sheet(HEADER_ROW + "<x/>" * (2 * MB)),
    "elements inside each other": lambda: sheet(HEADER_ROW + "<x>" * MB),
    "text outside of cells": lambda: sheet(HEADER_ROW + "a" * (60 * MB)),
    "more than 64 MB": lambda: sheet(HEADER_ROW + " " * (70 * MB)),
    "an attribute of 10 MB": lambda: sheet(f'<row r="{"1" * (10 * MB)}"/>'),
    "100,000 attributes": lambda: sheet("<row " + " ".join(f"a{n}='1'" for n in range(60_000)) + "/>"),
    "50,000 names of elements": lambda: sheet("".join(f"<{letters(n)}/>" for n in range(50_000))),
    "a comment of 40 MB": lambda: sheet(HEADER_ROW + f"<!--{'a' * (40 * MB)}-->"),
    "entities that multiply": lambda: sheet(ONE_STRING, DOCTYPE.format("ha", LEVELS.replace("&e0;", "&a;"), "&e8;")),
    "entity of a megabyte": lambda: sheet(ONE_STRING, DOCTYPE.format("a" * MB, "", "&a;" * 1000)),
    "entity from a file": lambda: sheet(
        ONE_STRING, '<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'
    ),
    "a text of 5 MB": lambda: sheet(HEADER_ROW + f'<row r="2">{cell("a" * (5 * MB))}</row>'),
    "one long text in many cells": lambda: sheet(
        HEADER_ROW + filled('<c t="s"><v>0</v></c>', 20_000), f"<sst><si><t>{'a' * 30_000}</t></si></sst>"
    ),
    "shared texts without end": lambda: sheet(ONE_STRING, "<sst>" + "<si><t/></si>" * (6 * MB // 10) + "</sst>"),
    "shared text that is not there": lambda: sheet('<row r="1"><c t="s"><v>5</v></c></row>'),
    "shared text before the first": lambda: sheet(
        '<row r="1"><c t="s"><v>-1</v></c></row>', "<sst><si><t>a</t></si></sst>"
    ),
    "number of 5,000 digits in a workbook": lambda: sheet(HEADER_ROW + f'<row r="2"><c><v>{HUGE}</v></c></row>'),
    "row of 5,000 digits": lambda: sheet(f'<row r="{HUGE}"><c><v>1</v></c></row>'),
    "row before the first": lambda: sheet('<row r="-5"><c><v>1</v></c></row>'),
    "rows out of order": lambda: sheet('<row r="5"><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row>'),
    "text for a number": lambda: sheet(HEADER_ROW + '<row r="2"><c><v>abc</v></c></row>'),
    "control characters in a shared text": lambda: sheet(ONE_STRING, "<sst><si><t>a&#x9b;31m</t></si></sst>"),
    "a mark of direction in a cell": lambda: sheet(HEADER_ROW + f'<row r="2">{cell("a&#x202e;b")}</row>'),
    "NUL in a cell": lambda: sheet(HEADER_ROW + f'<row r="2">{cell("a&#0;b")}</row>'),
    "half a pair in a cell": lambda: sheet(HEADER_ROW + f'<row r="2">{cell("a&#xD800;b")}</row>'),
    "5,000 sheets": lambda: sheet(
        HEADER_ROW,
        **{
            "xl/workbook.xml": parts()["xl/workbook.xml"].replace(
                '<sheet name="purchases" r:id="a"/>', "".join(f'<sheet name="s{n}" r:id="a"/>' for n in range(5000))
            )
        },
    ),
    "900 sheets of one part": lambda: sheet(
        HEADER_ROW + filled("<c><v>1</v></c>", 20_000),
        **{
            "xl/workbook.xml": parts()["xl/workbook.xml"].replace(
                '<sheet name="purchases" r:id="a"/>', "".join(f'<sheet name="s{n}" r:id="a"/>' for n in range(900))
            )
        },
    ),
    "two sheets of one name": lambda: sheet(
        HEADER_ROW,
        **{
            "xl/workbook.xml": parts()["xl/workbook.xml"].replace(
                "</sheets>", '<sheet name="purchases" r:id="a"/></sheets>'
            )
        },
    ),
    "a mark of direction in a sheet's name": lambda: sheet(
        HEADER_ROW, **{"xl/workbook.xml": parts()["xl/workbook.xml"].replace("purchases", "pur&#x202e;chases")}
    ),
    "a part outside of the archive": lambda: sheet(
        HEADER_ROW,
        **{
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="../../../../etc/passwd"/>'
            "</Relationships>"
        },
    ),
    "a workbook that is its own sheet": lambda: sheet(
        HEADER_ROW,
        **{"xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="workbook.xml"/></Relationships>'},
    ),
    "no XML": lambda: sheet(HEADER_ROW, **{"xl/workbook.xml": "\0" * 1000}),
    "an unknown encoding": lambda: sheet(
        HEADER_ROW, **{"xl/workbook.xml": '<?xml version="1.0" encoding="klingon"?><workbook/>'}
    ),
    "old workbook": lambda: Case(text("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * MB), adding()),
}
DOCUMENTS = {
    "key of 20,000 parts": lambda: toml(".".join(["a"] * 20_000) + " = 1\n"),
    "2,000 keys of 8 parts": lambda: toml("".join(f"{'.'.join([letters(n)] * 8)} = 1\n" for n in range(5000))),
    "table of 20,000 parts": lambda: toml("[" + ".".join(["a"] * 20_000) + "]\n"),
    "lists inside each other": lambda: toml("a = " + "[" * 100_000 + "]" * 100_000 + "\n"),
    "tables inside each other": lambda: toml("a = " + "{a=" * 3000 + "1" + "}" * 3000 + "\n"),
    "a line of 200,000 characters": lambda: toml('name = "' + "a" * 200_000 + '"\n'),
    "30,000 keys": lambda: toml(rows(lambda n: f"{letters(n)} = 1\n", 250_000)),
    "5 MB of TOML": lambda: toml("# " + "a" * (5 * MB)),
    "whole number of 5,000 digits": lambda: toml(f"year = {HUGE}\n"),
    "whole number of 4,000 digits": lambda: toml(f"horizon_years = {'9' * 4000}\n"),
    "float of 5,000 digits": lambda: toml(f"horizon_years = 1.{HUGE}\n"),
    "hexadecimal number of 5,000 digits": lambda: toml(f"year = 0x{'f' * 5000}\n"),
    "countries that do not exist": lambda: toml(
        '[[event]]\nkind = "export_limit"\ncountry = "CHN"\nshare = 0.4\ndestinations = [\n'
        + rows(lambda n: f'"{letters(n)}stan",\n', 20_000)
        + "]\n"
    ),
    "stocks of countries that do not exist": lambda: toml(
        "[stock_days]\n" + rows(lambda n: f"{letters(n)}stan = 1\n", 20_000)
    ),
    "bytes that are no TOML": lambda: toml(bytes(range(256))),
    "texts that are not closed": lambda: toml('a = """' + '"' * 1000 + "\\" * 1000),
    "region of unknown countries": lambda: toml(
        "R = [\n" + rows(lambda n: f'"{letters(n)}stan",\n', 20_000) + "]\n", regions
    ),
    "region with control characters": lambda: toml('"R\\u001b[2J" = ["JPN"]\n', regions),
    "region with a mark of direction": lambda: toml('"R\\u202e" = ["JPN"]\n', regions),
    "region of 300 letters": lambda: toml(f'{"a" * 300} = ["JPN"]\n', regions),
    "region that is no list": lambda: toml("R = 5\n", regions),
    "JSON of a million levels": lambda: geojson("[" * MB + "]" * MB),
    "JSON of open levels": lambda: geojson('{"a":' * BULK),
    "JSON of 40 levels": lambda: geojson('{"features": ' + "[" * 40 + "]" * 40 + "}"),
    "two million objects": lambda: geojson('{"features": [' + "{}," * (5 * MB // 3) + "{}]}"),
    "20 MB of JSON": lambda: geojson(" " * (20 * MB)),
    "JSON number of 5,000 digits": lambda: geojson(drawing(feature()).replace("68.0", HUGE)),
    "JSON number of 4,000 digits": lambda: geojson(drawing(feature()).replace("68.0", "9" * 4000)),
    "JSON number of a huge exponent": lambda: geojson(drawing(feature()).replace("68.0", "1e999")),
    "JSON that is not a number": lambda: geojson(drawing(feature()).replace("68.0", "NaN")),
    "truth for a coordinate": lambda: geojson(drawing(feature()).replace("68.0", "true")),
    "an object for a point": lambda: geojson(
        drawing(feature(geometry={"type": "LineString", "coordinates": [{"0": 1}, {"1": 2}]}))
    ),
    "an object for coordinates": lambda: geojson(drawing(feature(geometry={"type": "Point", "coordinates": {"a": 1}}))),
    "a list for a geometry": lambda: geojson(drawing(feature(geometry=[1, 2]))),
    "a list for a type": lambda: geojson(drawing(feature(geometry={"type": [1], "coordinates": [1, 2]}))),
    "an object for a name": lambda: geojson(drawing(feature(properties={"id": "KAZ:A", "name": {"a": [1]}}))),
    "half a pair in a name": lambda: geojson(
        '{"features": [' + drawing(feature()).replace("Alpha", "\\ud800")[43:-2] + "]}"
    ),
    "names of properties without end": lambda: geojson(
        drawing(feature(properties={letters(n): 1 for n in range(BULK // 5)}))
    ),
    "features without end": lambda: geojson(drawing(*[feature()] * (BULK // 33))),
    "15,000 wrong features": lambda: geojson(drawing(*[{}] * 15_000)),
    "features that are no list": lambda: geojson('{"features": "x"}'),
    "nothing but a number": lambda: geojson("5"),
    "strings that are not closed": lambda: geojson('{"features": ["' + '\\"' * MB),
}
CASES: dict[str, Callable[[], Case]] = {
    **CSV,
    **RELEASES,
    **WORKBOOKS,
    **DOCUMENTS,
    **{key: case for name in CONTROLS for key, case in controlled(name).items()},
}


def attempt(read: Read, path: Path, store: Path) -> str:
    """What the reader says, in place of reading."""
    try:
        made = read(path, store)
    except SogdiaError as why:
        return str(why)
    return f"read without an error: {made!r}"[:200]


def everything(place: Path) -> dict[str, int]:
    return {path.relative_to(place).as_posix(): path.lstat().st_size for path in place.rglob("*")}


# Each meets, a second or two later, a limit that another file of the list meets as well.
SLOW = ("elements without end", "shared texts without end", "a million empty rows", "text outside of cells")


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.soak] if n in SLOW else []) for n in CASES])
def test_a_hostile_file_is_refused_in_seconds_and_little_memory_with_nothing_written(name: str, tmp_path: Path) -> None:
    case, inside = CASES[name](), tmp_path / "inside"
    inside.mkdir()
    path = case.make(inside)
    before, memory, started = everything(tmp_path), peak_megabytes(), time.process_time()
    message = attempt(case.read, path, inside / "store")
    assert time.process_time() - started < SLOWER * SECONDS
    assert peak_megabytes() - memory < MEGABYTES
    assert not message.startswith("read without an error"), message
    assert UNSAFE.search(message) is None
    assert len(message.splitlines()) <= MAX_FAULTS_SHOWN + 2
    assert max(map(len, message.splitlines())) < 2000
    assert everything(tmp_path) == before


def peak_megabytes() -> float:
    """The most memory this process has had so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


@pytest.mark.parametrize("read", [adding("purchases"), links, events, papers, drawn, scenario])
def test_a_file_of_200_megabytes_is_refused_by_its_size_before_it_is_read(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * MB)
    memory = peak_megabytes()
    assert "at most" in attempt(read, path, tmp_path / "store")
    assert peak_megabytes() - memory < 20


def test_the_hostile_files_are_many() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_character_is_named_with_its_row_and_column(name: str, tmp_path: Path) -> None:
    path = text("purchases.csv", purchases({}, {"company": f"Ac{CONTROLS[name]}me"}))(tmp_path)
    with pytest.raises(SogdiaError) as caught:
        add(path, folder=tmp_path / "store")
    said = str(caught.value)
    assert "row 3, column company" in said
    assert f"U+{ord(CONTROLS[name][0]):04X}" in said


@pytest.mark.parametrize("name", CONTROLS)
@pytest.mark.parametrize(
    "call",
    [
        lambda bad: own_regions({f"R{bad}": ["JPN"]}),
        lambda bad: own_regions({"R": [f"JP{bad}N"]}),
        lambda bad: Scenario(f"a{bad}b", (ExportLimit("CHN", 0.4),)),
        lambda bad: economy(f"Japan{bad}s"),
        lambda bad: country(f"Ja{bad}pan"),
        lambda bad: open_store().mineral(f"t{bad}in"),
        lambda bad: packaged().place(f"KAZ:{bad}"),
        lambda bad: add(Path(f"no{bad}where.csv"), folder=Path("never")),
        lambda bad: add(Path("nowhere.csv"), kind=f"wgi{bad}", folder=Path("never")),
        lambda bad: read_scenario(Path(f"no{bad}where.toml")),
    ],
    ids=["region", "member", "scenario", "economy", "country", "mineral", "place", "file", "kind", "scenario file"],
)
def test_a_name_with_a_control_character_is_refused_and_shown_without_it(
    call: Callable[[str], object], name: str
) -> None:
    with pytest.raises(SogdiaError) as caught:
        call(CONTROLS[name])
    assert UNSAFE.search(str(caught.value)) is None
    assert str(caught.value).isprintable() or "\n" in str(caught.value)


def test_a_name_that_is_no_text_is_refused_and_can_be_printed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/r\xff.csv"
    Path(os.fsdecode(name)).write_text(purchases({}), encoding="utf-8")
    with pytest.raises(SogdiaError, match="Rename the file") as caught:
        add(Path(os.fsdecode(name)), folder=tmp_path / "store")
    assert "<U+DCFF>" in str(caught.value).encode("utf-8").decode()


def test_what_is_no_ordinary_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for read in (adding(), links, drawn, events, papers, scenario, regions):
        for path in (pipe, Path("/dev/zero"), tmp_path / "none"):
            with pytest.raises(SogdiaError):
                read(path, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_folder_with_loops_and_odd_names_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "release"
    inside.mkdir()
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe.csv")
    (inside / "a\x1bb.csv").write_text("x")
    with pytest.raises(SogdiaError, match="Rename the file"):
        add(inside, folder=tmp_path / "store")


def test_hints_are_sought_only_for_the_faults_that_are_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sogdia.errors.get_close_matches", lambda name, *_, **__: asked.append(name) or [])
    path = CASES["40,000 unknown countries"]().make(tmp_path)
    with pytest.raises(SogdiaError):
        add(path, kind="purchases", folder=tmp_path / "store")
    assert 0 < len(asked) <= MAX_FAULTS_SHOWN


def test_a_workbook_is_parsed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from sogdia.tabular import user_file

    calls: list[Path] = []
    original = user_file.read_workbook
    monkeypatch.setattr(user_file, "read_workbook", lambda path, name: calls.append(path) or original(path, name))
    rows_ = HEADER_ROW + '<row r="2">' + "".join(map(cell, ["Acme", "2022", "tin", "", "CHN", "1", "20"])) + "</row>"
    add(zipped(tmp_path, parts(rows_), "book.xlsx"), folder=tmp_path / "store")
    assert len(calls) == 1


@pytest.mark.parametrize("read", [scenario, regions, drawn], ids=["scenario", "regions", "drawing"])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8", b"#" * (17 * MB)], ids=["no text", "too large"])
def test_the_remedy_for_a_document_is_not_that_for_a_table(read: Read, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(SogdiaError) as caught:
        read(path, tmp_path / "store")
    assert not any(word in str(caught.value) for word in ("CSV", "XLSX", "add rows up"))
