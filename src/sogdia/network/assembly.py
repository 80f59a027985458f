"""The corridors of a question: the packaged ones, or a user's own network, with a user's links and export papers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from sogdia import arguments
from sogdia.errors import Fault, InputError
from sogdia.network.additions import add_links, read_network
from sogdia.network.corridors import Corridors, embedded_corridors, on_network
from sogdia.network.formalities import read_formalities, with_formalities
from sogdia.network.geojson import read_geojson

GEOJSON_ENDINGS = (".geojson", ".json")
FORMALITIES = "formalities.csv"
"""The table of export papers in the folder of a user's network."""


class NetworkFiles(TypedDict, total=False):
    """The files of a user's own that `assembled` takes; those that are absent or None change nothing."""

    network: Path | str | None
    links: Path | str | None
    places: Path | str | None
    borders: Path | str | None
    formalities: Path | str | None


def assembled(
    *,
    base: Corridors | None = None,
    network: Path | str | None = None,
    links: Path | str | None = None,
    places: Path | str | None = None,
    borders: Path | str | None = None,
    formalities: Path | str | None = None,
) -> Corridors:
    """The base with what the user's files change.

    base: by default the packaged corridors; network: a folder (nodes.csv, links.csv, borders.csv) or a .geojson, in
    place of the network of the base; links: a CSV or a .geojson whose links join the network; places, borders: CSV
    files that a CSV of links needs; formalities: a CSV of export papers by country, by default formalities.csv in the
    folder of the network. States and upgrades keep the effects whose targets the network has. `InputError` with all
    faults of a file.
    """
    given = {"network": network, "links": links, "places": places, "borders": borders, "formalities": formalities}
    for keyword, file in given.items():
        if file is not None:
            arguments.path(keyword, file)
    _refuse_without_links(links, places=places, borders=borders)
    corridors = embedded_corridors() if base is None else base
    if network is not None:
        corridors = on_network(corridors, read_geojson(network) if _is_geojson(network) else read_network(network))
    if links is not None:
        drawn = _is_geojson(links)
        joined = (
            read_geojson(links, corridors.network) if drawn else add_links(corridors.network, links, places, borders)
        )
        corridors = on_network(corridors, joined)
    in_folder = None if network is None else Path(network) / FORMALITIES
    papers = formalities or (in_folder if in_folder is not None and in_folder.exists() else None)
    if papers is None:
        return corridors
    return replace(corridors, rates=with_formalities(corridors.rates, read_formalities(papers)))


def _refuse_without_links(links: Path | str | None, **files: Path | str | None) -> None:
    """InputError where places or borders are given and no CSV of links that needs them."""
    if links is not None and not _is_geojson(links):
        return
    rule = "places and borders come with a CSV of links"
    remedy = "Give links too (--links on the command line); a .geojson brings its own places and borders."
    faults = [Fault(name, rule, remedy, value=str(path)) for name, path in files.items() if path is not None]
    if faults:
        raise InputError(faults)


def _is_geojson(path: Path | str) -> bool:
    return Path(path).suffix.lower() in GEOJSON_ENDINGS
