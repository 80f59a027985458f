"""Files that attack a reader: small on the disk, large or poisonous when read. Each maker writes one into a folder."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from support.reader_files import (
    FLOWS,
    PURCHASES,
    YEARLY,
    release_files,
    zipped,
)

Make = Callable[[Path], Path]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = "".join(
    f'<c r="{chr(65 + at)}1" t="inlineStr"><is><t>{name}</t></is></c>' for at, name in enumerate(PURCHASES.split(","))
)
HEADER_ROW = f'<row r="1">{HEAD}</row>'
LINKS = "from,to,mode,km,hours\n"
PLACES = "id,name,country,lat,lon,kind\n"
EVENTS = "event_id,mineral,hs6,country,start,first_year,kind\n"
GOVERNANCE = "code,year,indicator,estimate,stddev,nsource\n"
CONTROLS = {
    "NUL": "\0",
    "BEL": "\a",
    "BS": "\b",
    "VT": "\v",
    "ESC": "\x1b[2J",
    "US": "\x1f",
    "DEL": "\x7f",
    "NEL": "\x85",
    "CSI": "\x9b31m",
    "RLO": "\u202e",
    "LRI": "\u2066",
    "PDI": "\u2069",
    "LRM": "\u200e",
    "ALM": "\u061c",
}
"""One of every sort of character that has no place in data."""


def text(name: str, content: str | bytes) -> Make:
    """A file with this content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    return make


def parts(sheet: str = "", strings: str = "<sst/>", **more: str) -> dict[str, str]:
    """The parts of a workbook, written by hand. sheet: what stands in its only sheet."""
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="purchases" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><!--{noise(len(sheet))}-->'
        f"<sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": strings.replace("<sst>", f"<sst><!--{noise(len(strings))}-->", 1),
        **more,
    }


def noise(characters: int) -> str:
    """Text that does not shrink, so that an archive of so many characters shrinks less than a bomb does."""
    return random.Random(characters).randbytes(characters // 180).hex()


def book(sheet: str = "", strings: str = "<sst/>", name: str = "book.xlsx", **more: str) -> Make:
    """A workbook with these parts."""
    return lambda folder: zipped(folder, parts(sheet, strings, **more), name)


def release(files: Mapping[str, str | bytes]) -> Make:
    """A zip with these files."""
    return lambda folder: zipped(folder, files)


def overlapping(count: int) -> Make:
    """An archive whose many entries share one packed stream of zeros."""

    def make(folder: Path) -> Path:
        path = zipped(folder, {YEARLY: FLOWS + "0" * (9 * 2**20)}, "overlap.zip")
        raw = path.read_bytes()
        directory = raw.rindex(b"PK\x01\x02")
        end = raw.rindex(b"PK\x05\x06")
        entry = raw[directory:end]
        tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, directory, 0)
        path.write_bytes(raw[:directory] + entry * count + tail)
        return path

    return make


def many_members(count: int) -> Make:
    """An archive of empty files."""

    def make(folder: Path) -> Path:
        path = folder / "members.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}", b"")
        return path

    return make


def packed(method: int) -> Make:
    """A release packed by another method."""

    def make(folder: Path) -> Path:
        path = folder / "release.zip"
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, content in release_files().items():
                archive.writestr(name, content)
        return path

    return make


def nested_zip(levels: int) -> Make:
    """A zip in a zip in a zip."""

    def make(folder: Path) -> Path:
        content = FLOWS.encode()
        name = YEARLY
        for _ in range(levels):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, content)
            content, name = buffer.getvalue(), "inner.zip"
        path = folder / "nested.zip"
        path.write_bytes(content)
        return path

    return make


def letters(number: int) -> str:
    """A name that differs from all others, of letters only."""
    name = ""
    while True:
        number, rest = divmod(number, 26)
        name += chr(97 + rest)
        if not number:
            return name


def rows(line: Callable[[int], str], bytes_: int) -> str:
    """As many lines as fit."""
    made: list[str] = []
    size = 0
    while size < bytes_:
        made.append(line(len(made)))
        size += len(made[-1])
    return "".join(made)


def filled(cell: str, count: int, columns: int = 1) -> str:
    """Rows of a sheet, all of whose cells are the same."""
    return "".join(f'<row r="{at + 2}">{cell * columns}</row>' for at in range(count))


def feature(**changes: object) -> dict[str, object]:
    """A point of a drawn network with something else in it."""
    properties = {"id": "KAZ:Alpha", "name": "Alpha", "country": "KAZ", "kind": "mine"}
    whole: dict[str, object] = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [68.0, 48.0]},
        "properties": properties,
    }
    return {**whole, **changes}


def drawing(*features: object) -> str:
    """A drawn network with these features."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def network(places: str, links: str = "") -> Make:
    """A folder with a network of one's own."""

    def make(folder: Path) -> Path:
        made = folder / "net"
        made.mkdir()
        (made / "nodes.csv").write_bytes(places.encode("utf-8", "surrogatepass"))
        (made / "links.csv").write_text("from,to,mode\n" + (links or "KAZ:Alpha,KAZ:Beta,road\n"), encoding="utf-8")
        return made

    return make
