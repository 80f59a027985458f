"""Write the pages of the documentation that are made from the code and the data.

    python tools/write_docs.py

`docs/data-dictionary.md` comes from the schema, the catalogue of the snapshot and the sources; `docs/measures.md` from
the registry of indicators; `docs/cli.md` from the command line itself; `docs/api.md` from the docstrings of public
names. A test compares the files with `pages()`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import sogdia
from sogdia.answer import Answer
from sogdia.cli.examples import EXAMPLES
from sogdia.data import Store, catalogue, snapshot_folder, sources
from sogdia.data.schema import SchemaColumn, columns, tables
from sogdia.exposure import measures
from sogdia.files import write_text
from sogdia.stakes.measures import STAKE_MEASURES

DOCS = Path(__file__).resolve().parent.parent / "docs"
EVENTS = frozenset({"AtStage", "DemandChange", "ExportDuty", "ExportLimit", "OutputChange", "TransportChange"})
EVENT_INSIDE = frozenset({"splits", "effects", "notes", "touches"})
"""Methods by which the market reads an event; a user has no use for them."""
MAX_SIGNATURE = 100
MADE = "<!-- Made by tools/write_docs.py; do not edit. `make docs` writes it anew. -->"


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        write_text(DOCS / name, text)


def pages() -> dict[str, str]:
    """The text of every generated page by its file name."""
    makers: Mapping[str, Callable[[], str]] = {
        "data-dictionary.md": data_dictionary,
        "measures.md": measures_page,
        "cli.md": command_line,
        "api.md": api,
    }
    return {name: make() for name, make in makers.items()}


def data_dictionary() -> str:
    """Every table with its columns, and every source."""
    store = Store((snapshot_folder(),))
    held = {entry.table for entry in catalogue.read(snapshot_folder())}
    parts = [
        "# Data dictionary",
        MADE,
        "Every table of the store, what its columns mean, how much of it ships with Sogdia and where it comes from. "
        "An empty cell is unknown, never zero. `sogdia data list` shows what is in force on your machine.",
        table(("table", "rows", "years", "sources"), (_overview(store, name, held) for name in tables())),
    ]
    for name in tables():
        parts += [f"## {name}", *(_held(store, name) if name in held else ["Not in the snapshot: yours to add."])]
        parts.append(table(("column", "type", "unit", "empty", "meaning"), map(_column, columns(name))))
    parts += ["## Sources", "The licence of a source is `verified` where it was read at the publisher."]
    heads = ("id", "publisher, title", "year", "vintage", "licence")
    parts.append(table(heads, (_source(i) for i in sorted(sources()))))
    return page(parts)


def measures_page() -> str:
    """Every measure of the exposure."""
    rows = ((f"`{m.variable}`", m.label, m.unit, m.definition, ", ".join(m.tables)) for m in measures().values())
    return page(
        [
            "# Measures of the exposure",
            MADE,
            "The columns of `Study.expose().records`. [exposure.md](exposure.md) gives the mathematics, "
            "[data-dictionary.md](data-dictionary.md) the tables they rest on.",
            "Flows come from `trade`, for a company from `purchases`. `repair` is the "
            "[method that imputes weights](decisions/quantity-repair.md), `trade_history` the trade of the ten years "
            "that end in the one asked for. An answer names the sources of the tables that it has read.",
            table(("variable", "name", "unit", "definition", "rests on"), rows),
            "## Stakes and ledger",
            "The variables of `Study.stakes().table()` and `Study.ledger().table()`; [stakes.md](stakes.md) gives the "
            "formulas. Every row names its sources.",
            table(
                ("variable", "answer", "unit", "definition"),
                ((f"`{m.variable}`", m.answer, m.unit, m.definition) for m in STAKE_MEASURES),
            ),
        ]
    )


def command_line() -> str:
    """Every command with its arguments and options."""
    import typer

    from sogdia.cli.app import app

    return page(["# The command line", MADE, *_command(typer.main.get_command(app), "sogdia")])


def _command(command: Any, path: str) -> Iterator[str]:
    """A command and all below it. Read from its parameters: the look of `--help` changes with the version of typer."""
    import typer

    yield f"## {path}"
    yield (command.help or "").replace("\b\n", "").strip()
    examples = EXAMPLES.get(path.removeprefix("sogdia").strip())
    if examples:
        yield "\n".join(("```sh", *examples, "```"))
    params = [param for param in command.get_params(typer.Context(command)) if param.name != "help"]
    if params:
        yield table(("option", "meaning", "default"), map(_parameter, params))
    for name, below in getattr(command, "commands", {}).items():
        yield from _command(below, f"{path} {name}")


def _parameter(parameter: Any) -> tuple[str, ...]:
    names = parameter.opts if parameter.param_type_name == "option" else [parameter.name.upper()]
    default = "required" if parameter.required else parameter.default
    shown = "" if default is None or default is False or callable(default) else str(default)
    return ", ".join(f"`{name}`" for name in names), parameter.help or "", shown


def api() -> str:
    """Every public name with its signature and docstring, classes with their public methods."""
    parts = [
        "# The Python interface",
        MADE,
        "The public names of `import sogdia`. Each is loaded when it is first used; all are typed. "
        "[quickstart.md](quickstart.md) shows how to begin.",
    ]
    for name in sorted(sogdia.__all__, key=str.lower):
        if name != "__version__":
            parts += [f"## {name}", *_described(getattr(sogdia, name), name)]
    return page(parts)


def _described(thing: Any, name: str) -> Iterator[str]:
    """Signature, docstring and public methods. Of an error the docstring alone: it is caught, not made."""
    is_class, is_error = inspect.isclass(thing), inspect.isclass(thing) and issubclass(thing, BaseException)
    if not is_error and not inspect.isabstract(thing):
        yield f"```text\n{_signature(thing, name)}\n```"
    yield _prose(thing)
    if is_class and issubclass(thing, Answer) and thing is not Answer:
        yield "An [Answer](#answer)."
    for own, method in vars(thing).items() if is_class and not is_error else ():
        if own.startswith("_") or (name in EVENTS and own in EVENT_INSIDE):
            continue
        if inspect.isfunction(method) or isinstance(method, property | cached_property):
            yield f"### {name}.{own}"
            if inspect.isfunction(method):
                yield f"```text\n{_signature(method, own)}\n```"
            yield _prose(method)


def _signature(thing: Any, name: str) -> str:
    """The call with its types, one argument on a line where there are many."""
    signature = inspect.signature(thing)
    shown = []
    for parameter in signature.parameters.values():
        if parameter.name != "self":
            if parameter.kind is parameter.KEYWORD_ONLY and "*" not in shown:
                shown.append("*")
            shown.append(_parameter_text(parameter))
    gives = "" if signature.return_annotation in {signature.empty, "None"} else f" -> {signature.return_annotation}"
    one_line = f"{name}({', '.join(shown)}){gives}"
    if len(one_line) <= MAX_SIGNATURE:
        return one_line
    return "\n".join((f"{name}(", *(f"    {part}," for part in shown), f"){gives}"))


def _parameter_text(parameter: inspect.Parameter) -> str:
    if parameter.default is parameter.empty:
        return f"{parameter.name}: {parameter.annotation}"
    default = "..." if inspect.isfunction(parameter.default) else repr(parameter.default)
    return f"{parameter.name}: {parameter.annotation} = {default}"


def _prose(thing: Any) -> str:
    """A docstring as Markdown: its examples as blocks of code."""
    blocks = (inspect.getdoc(thing) or "").split("\n\n")
    return "\n\n".join(f"```pycon\n{block}\n```" if block.startswith(">>>") else block for block in blocks)


def _overview(store: Store, name: str, held: set[str]) -> tuple[str, ...]:
    link = f"[{name}](#{name})"
    if name not in held:
        return link, "", "", ""
    entries = [file.entry for file in store.in_force(name)]
    years = sorted({year for entry in entries for year in entry.years})
    span = f"{years[0]}-{years[-1]}" if years else ""
    ids = list(dict.fromkeys(i for entry in entries for i in entry.source_ids))
    return link, f"{sum(entry.rows for entry in entries):,}", span, ids[0] if len(ids) == 1 else f"{len(ids)} sources"


def _held(store: Store, name: str) -> list[str]:
    """Files, sources, licences, vintage and what was done to the data."""
    lines = []
    for file in store.in_force(name):
        lines.append(f"`{file.entry.file}`, {file.entry.rows:,} rows.")
        if len(file.entry.source_ids) <= 3:
            lines += [f"Source: {sources()[i].citation()}" for i in file.entry.source_ids]
        else:
            lines.append(f"Sources, one in each row: {', '.join(file.entry.source_ids)}.")
        if file.entry.transformations:
            lines.append(f"Done to it: {'; '.join(file.entry.transformations)}.")
    return lines


def _column(column: SchemaColumn) -> tuple[str, ...]:
    return f"`{column.column}`", column.type, column.unit, "may be" if column.nullable else "never", column.description


def _source(source_id: str) -> tuple[str, ...]:
    source = sources()[source_id]
    title = f"[{source.title}]({source.url})" if source.url else source.title
    licence = f"{source.licence} (verified)" if source.licence_verified == "yes" else source.licence
    return source_id, f"{source.publisher}, {title}", source.year, source.vintage, licence


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]] | map[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def page(parts: list[str]) -> str:
    """The parts with an empty line between them."""
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
