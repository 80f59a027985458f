"""A project of the plan in words: its name in the language of the page, what kind it is, and whether it is at home.

A stock is named by what it holds, any other project by its short name, with the word of its kind where the name does
not say it: a contract for the output of a works is no new works, and a line of rail none either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sogdia.brief.summary.cited import Wording, Written, joined, named, text_of
from sogdia.render import languages

STOCK, SUPPLY = "stock", "supply"
Row = Mapping[str, Any]


def kind_of(row: Row) -> str:
    """The kind of a chosen project."""
    return str(row.get("effect") or (SUPPLY if row["country"] else STOCK))


def at_home(row: Row, members: Collection[str]) -> bool:
    """Whether it stands in the importer: what has no country does. members: ISO codes of the importer."""
    return not row["country"] or row["country"] in members


def with_kinds(plan: Row) -> list[dict[str, Any]]:
    """The rows of the plan's time line that come into operation, with kind and market of their projects."""
    of = {row["project"]: row for row in plan["chosen"]}
    rows = [row for row in plan.get("timeline") or () if row["operating_from"] is not None]
    return [
        {**row, **{key: of.get(row["project"], {}).get(key) for key in ("effect", "market")}} for row in rows
    ]  # fmt: skip


def project_words(say: Wording, row: Row) -> Written:
    """The name of a project; one that has none in the language stands in English, marked as such."""
    kind = kind_of(row)
    if kind == STOCK and row["market"]:
        return (say.plain("summary.plan.stock", market=say.market(row["market"])),)
    name = short_project_name(say, row["project"], row["name"])
    key = f"summary.kind.{kind}"
    word = say.plain(key) if key in say.catalogue else ""
    if not word or word.casefold() in text_of(name).casefold():
        return name
    return joined((name, (say.plain("summary.plan.of_kind", kind=word),)))


def project_name(say: Wording, row: Row) -> str:
    """The same as text, for pictures."""
    return text_of(project_words(say, row))


def short_project_name(say: Wording, project: str, english: str) -> Written:
    """Its name in the language, else the English one without what stands in brackets."""
    return named(languages.project_name(project, say.code), english.split(" (", maxsplit=1)[0], say.code)
