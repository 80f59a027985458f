"""Write the one script of the dashboard from its modules.

    python tools/build_dashboard.py

The page's modules (`src/sogdia/web/page/*.js`) import each other by name. In the bundle each is a function that runs
once, after those that it imports, and hands out what it exports; comments of a whole line and indentation are left out.
Needs nothing but Python. A test compares the bundle in the package with `files()`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sogdia.files import write_text
from sogdia.render import theme

WEB = Path(__file__).resolve().parent.parent / "src" / "sogdia" / "web"
PAGE = WEB / "page"
STATIC = WEB / "static"
START = "main.js"
MADE = "// Made by tools/build_dashboard.py from the modules of the page; do not edit."
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+\.js)";$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|const|let|class) ([A-Za-z_$][\w$]*)", re.MULTILINE)
COLOURS = "colours.js"
NAMED_COLOURS = ("CHN", "ZAF", "RUS", "AUS", "BRA", "CHL", "USA", "KAZ")
"""Countries with a colour of their own, dark to light as in the ramp of the report."""
OTHER_COUNTRY = "#7b8794"
"""All others: a grey that is seen on white; their names stand beside it."""


def main() -> None:
    """Write the bundle and the catalogues of words beside it."""
    for name, text in files().items():
        write_text(STATIC / name, text)


def files() -> dict[str, str]:
    """What is built, by file name: the bundle, and the words of each language."""
    words = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("words_*.json"))}
    return {"app.js": bundle(modules()), **words}


def modules() -> dict[str, str]:
    """The text of every module by its file name; that of the colours is made from the theme of the report."""
    written = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("*.js"))}
    return {**written, COLOURS: colours()}


def colours() -> str:
    """The module of the theme's colours."""
    by_country = dict(zip(NAMED_COLOURS, theme.RAMP, strict=True))
    entries = ", ".join(f'{iso3}: "{colour}"' for iso3, colour in by_country.items())
    named = {"INK": theme.INK, "MUTED": theme.MUTED, "RULE": theme.RULE, "ACCENT": theme.ACCENT, "SECOND": theme.SECOND,
             "OTHER_COUNTRY": OTHER_COUNTRY}  # fmt: skip
    lines = [f'export const {name} = "{colour}";' for name, colour in named.items()]
    ramp = ", ".join(f'"{colour}"' for colour in theme.RAMP)
    return "\n".join([*lines, f"export const RAMP = [{ramp}];", f"export const COUNTRY_COLOURS = {{{entries}}};", ""])


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
