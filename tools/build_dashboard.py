"""Write the one script of the dashboard from its modules.

    python tools/build_dashboard.py

The page's modules (`src/sogdia/web/page/*.js`) import each other by name. In the bundle each is a function that runs
once, after those that it imports, and hands out what it exports; comments of a whole line and indentation are left out.
Needs nothing but Python. A test compares the bundle in the package with `files()`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from sogdia.codes import countries
from sogdia.files import write_text
from sogdia.render import theme
from sogdia.render.languages.said.sentences import entries
from sogdia.web.meta import LANGUAGES

WEB = Path(__file__).resolve().parent.parent / "src" / "sogdia" / "web"
PAGE = WEB / "page"
STATIC = WEB / "static"
START = "main.js"
MADE = "// Made by tools/build_dashboard.py from the modules of the page; do not edit."
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+\.js)";$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|const|let|class) ([A-Za-z_$][\w$]*)", re.MULTILINE)
COLOURS = "colours.js"
CATALOGUES = ("definitions", "notes", "terms")
"""Catalogues of what the server says that the dashboard takes along; the others are of the report alone."""
THEME = ("ink", "muted", "rule", "accent", "second", "wash")
"""The colours of the theme that the page's pictures take, on white paper."""


def main() -> None:
    """Write the bundle and the catalogues of words beside it."""
    for name, text in files().items():
        write_text(STATIC / name, text)


def files() -> dict[str, str]:
    """What is built, by file name: the bundle, and for each language its words and what the server says."""
    words = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("*.json"))}
    return {"app.js": bundle(modules()), **words, **{f"said_{code}.json": sentences(code) for code in LANGUAGES}}


def sentences(code: str) -> str:
    """What the server says, as the catalogues of a language have it, in their order."""
    texts = [entry.texts[code] for entry in entries() if entry.file in CATALOGUES]
    return json.dumps(texts, ensure_ascii=False, indent=1) + "\n"


def modules() -> dict[str, str]:
    """The text of every module by its file name; that of the colours is made from the theme of the report."""
    written = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("*.js"))}
    return {**written, COLOURS: colours()}


def colours() -> str:
    """The module of the theme's colours, and of the colour of each country, as the report has them."""
    light = theme.colours()
    named = [f'export const {name.upper()} = "{light[name]}";' for name in THEME]
    steps = ", ".join(f'"{pair[0]}"' for pair in theme.BLUES)
    palette = ", ".join(f'"{pair[0]}"' for pair in theme.COUNTRY)
    groups: list[list[str]] = [[] for _ in theme.COUNTRY]
    for iso3 in countries():
        groups[theme.country_place(iso3)].append(iso3)
    places = ", ".join(f'"{" ".join(group)}"' for group in groups)
    return "\n".join(
        [
            *named, f"export const STEPS = [{steps}];", f"export const COUNTRY_PALETTE = [{palette}];",
            f"export const COUNTRY_GROUPS = [{places}];", "",
        ]
    )  # fmt: skip


def bundle(texts: Mapping[str, str]) -> str:
    """All modules as one script; ValueError for a missing module or name, one that nobody imports, and a circle."""
    order = ordered(texts)
    _check_names(texts, order)
    body = "\n".join(_as_function(name, texts[name]) for name in order)
    return f'{MADE}\n(() => {{\n"use strict";\n{body}\n}})();\n'


def ordered(texts: Mapping[str, str]) -> list[str]:
    """The modules that the start needs, each after those that it imports."""
    done: list[str] = []

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            raise ValueError(f"modules import each other in a circle: {' -> '.join((*way, name))}")
        if name not in texts:
            raise ValueError(f"{way[-1]} imports {name}, which is not there")
        if name in done:
            return
        for _, other in IMPORT.findall(texts[name]):
            visit(other, (*way, name))
        done.append(name)

    visit(START, ())
    unused = sorted(set(texts) - set(done))
    if unused:
        raise ValueError(f"no module imports {unused[0]}")
    return done


def _check_names(texts: Mapping[str, str], order: list[str]) -> None:
    for name in order:
        for names, other in IMPORT.findall(texts[name]):
            absent = [one for one in _listed(names) if one not in EXPORTED.findall(texts[other])]
            if absent:
                raise ValueError(f"{name} imports {absent[0]}, which {other} does not export")
            unused = [one for one in _listed(names) if _uses(one, texts[name]) < 2]
            if unused:
                raise ValueError(f"{name} imports {unused[0]} and does not use it")


def _uses(name: str, text: str) -> int:
    return len(re.findall(rf"(?:(?<![\w$.])|(?<=\.\.\.)){re.escape(name)}\b", text))


def _as_function(name: str, text: str) -> str:
    """A module as a function that is run on the spot: what it imports comes first, what it exports is returned."""
    taken = [f"const {{{', '.join(_listed(names))}}} = {_variable(other)};" for names, other in IMPORT.findall(text)]
    bare = re.sub(r"^export ", "", IMPORT.sub("", text), flags=re.MULTILINE)
    lines = [line.strip() for line in bare.splitlines()]
    kept = [line for line in lines if line and not line.startswith("//")]
    given = f"return {{{', '.join(EXPORTED.findall(text))}}};"
    return "\n".join([f"const {_variable(name)} = (() => {{", *taken, *kept, given, "})();"])


def _variable(name: str) -> str:
    return f"module_{name.removesuffix('.js')}"


def _listed(names: str) -> list[str]:
    return [part.strip() for part in names.split(",") if part.strip()]


if __name__ == "__main__":
    main()
