"""How people write on a command line: shares as percentages, and several names with commas between them."""

from __future__ import annotations

from collections.abc import Callable

import typer

PER_CENT = "%"
MINUS = "\u2212"


def fraction(text: str) -> float:
    """A share, as a fraction or as a percentage.

    >>> fraction("0.4"), fraction("40%"), fraction("-30 %")
    (0.4, 0.4, -0.3)
    """
    plain = text.strip().replace(MINUS, "-")
    try:
        figure = float(plain.removesuffix(PER_CENT))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no share: write 0.4 or 40%.") from None
    return figure / 100.0 if plain.endswith(PER_CENT) else figure


def separated(text: str, known: Callable[[str], bool] = lambda _: False) -> list[str]:
    """The names of a text with commas between them. known: whether a text with a comma is one name.

    >>> separated("copper,zinc"), separated("Zinc, unwrought", lambda text: text.startswith("Zinc"))
    (['copper', 'zinc'], ['Zinc, unwrought'])
    """
    if "," not in text or known(text):
        return [text]
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise typer.BadParameter(f"{text!r}: a name is missing beside a comma.")
    return names


def names(values: list[str] | None) -> list[str] | None:
    """Plain names, each once or several with commas."""
    return _each(values, lambda _: False)


def years(values: list[str] | None) -> list[str] | None:
    """Calendar years, each once or several with commas."""
    given = names(values)
    for text in given or ():
        if not text.isdecimal():
            raise typer.BadParameter(f"{text!r} is no year: write 2020 or 2020,2021.")
    return given


def minerals(values: list[str] | None) -> list[str] | None:
    """Names of minerals and products, some of which have a comma of their own."""
    return _each(values, _is_mineral)


def economies(values: list[str] | None) -> list[str] | None:
    """Names of countries and regions, some of which have a comma of their own."""
    return _each(values, _is_country)


def _each(values: list[str] | None, known: Callable[[str], bool]) -> list[str] | None:
    return None if values is None else [name for text in values for name in separated(text, known)]


def _is_mineral(text: str) -> bool:
    from sogdia.data.embedded import snapshot
    from sogdia.errors import UnknownNameError

    try:
        snapshot().mineral_names.meant(text)
    except UnknownNameError:
        return False
    return True


def _is_country(text: str) -> bool:
    from sogdia.codes import country_named

    return country_named(text) is not None
