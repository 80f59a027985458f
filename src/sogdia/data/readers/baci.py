"""Which yearly files make up a CEPII BACI release, and what flows do they hold?

A release is a zip or folder with `BACI_HS92_Y2022_V202501.csv` for every year, `country_codes_V202501.csv` and
`product_codes_HS92_V202501.csv`. The whole of it has over 200 million rows: it is read year by year, and within a
year in blocks, so that memory is bounded by one year.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, TypeVar

import polars as pl

from sogdia.codes import baci_codes, countries
from sogdia.data.readers.baci_year import YearFile, YearFlows, read_year
from sogdia.data.schema import conform
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import archive, checks
from sogdia.tabular.grid import table
from sogdia.tabular.text import decode, parse

T = TypeVar("T")
REVISION = "HS92"
FIRST_YEAR = 1995
YEARLY = re.compile(r"BACI_(HS\d{2})_Y(\d{4})_V(\w+)\.csv", re.IGNORECASE | re.ASCII)
PRODUCTS = re.compile(r"product_codes_(HS\d{2})_V(\w+)\.csv", re.IGNORECASE | re.ASCII)
COUNTRIES = re.compile(r"country_codes_V(\w+)\.csv", re.IGNORECASE | re.ASCII)
COMPANIONS = re.compile(r"readme.*|.*\.(txt|pdf|md)", re.IGNORECASE)
MAX_FILES = 10_000
MAX_LIST_BYTES = 2**24
REMEDY = "Download the release BACI HS92 from CEPII's site and give its zip or its folder unchanged."


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a release. name: with the archive's or folder's name before it; open: gives its bytes."""

    name: str
    base: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Release:
    """The yearly files in order of the years, and remarks on what stands beside them."""

    name: str
    vintage: str
    years: tuple[YearFile, ...]
    warnings: tuple[str, ...]


def open_release(path: Path) -> Release:
    """The files of a release, judged by their names; InputError for mixed revisions, vintages or doubled years."""
    path = Path(path)
    parts = list(_parts(path))
    yearly = [(match, part) for part in parts if (match := YEARLY.fullmatch(part.base))]
    product_lists = [(match, part) for part in parts if (match := PRODUCTS.fullmatch(part.base))]
    country_lists = [part for part in parts if COUNTRIES.fullmatch(part.base)]
    if not yearly:
        value = ", ".join(part.base for part in parts[:5]) or "no file"
        raise InputError([Fault(path.name, "a file is named like BACI_HS92_Y2022_V202501.csv", REMEDY, value=value)])
    checks.refuse(list(_name_faults(path.name, [match for match, _ in yearly], [match for match, _ in product_lists])))
    products = _products(product_lists[0][1]) if product_lists else None
    years = sorted(
        (YearFile(part.name, int(match[2]), part.open, products) for match, part in yearly), key=lambda file: file.year
    )
    used = {part.base for _, part in (*yearly, *product_lists)} | {part.base for part in country_lists}
    others = [part.base for part in parts if part.base not in used and not COMPANIONS.fullmatch(part.base)]
    warnings = [f"{path.name}: not part of a release and not read: {name}" for name in others]
    if products is None:
        warnings.append(f"{path.name}: no product_codes file; codes were checked for their form only.")
    if country_lists:
        warnings += _country_differences(country_lists[0])
    else:
        warnings.append(f"{path.name}: no country_codes file; country numbers were read by Sogdia's own table.")
    return Release(path.name, yearly[0][0][3], tuple(years), tuple(warnings))


def scan_release(path: Path, hs6: Iterable[str] | None = None) -> pl.DataFrame:
    """The flows of a release in the columns of the table `trade`, for some codes or all.

    InputError with the faults of all years. A whole release does not fit into memory at once; `add` in
    `sogdia.data.adding` holds one year at a time.
    """
    wanted = None if hs6 is None else sorted(int(code) for code in hs6)
    return conform(pl.concat(each_year(open_release(path), lambda flows: flows.labelled().collect(), wanted)), "trade")


def each_year(
    release: Release,
    use: Callable[[YearFlows], T],
    hs6: Sequence[int] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[T]:
    """What `use` makes of every year in turn; InputError with the faults of all years, after the last one.

    Once there is a fault, later years are checked but no longer used. hs6: codes as whole numbers, None for all;
    tell: called with a sentence before every year.
    """
    made: list[T] = []
    faults: list[Fault] = []
    total = 0
    for file in release.years:
        tell(f"reading {file.year} of {release.name}")
        try:
            flows = read_year(file, hs6)
        except InputError as why:
            faults += why.faults
            total += why.total
            continue
        if not faults:
            made.append(use(flows))
        if len(faults) >= MAX_FAULTS_SHOWN:
            break
    checks.refuse(faults, total)
    return made


def _parts(path: Path) -> Iterator[Part]:
    """The files of a folder or archive, or the single file."""
    if path.is_dir():
        for file in sorted(islice(path.rglob("*"), MAX_FILES)):
            if file.is_file():
                yield Part(f"{path.name}/{file.relative_to(path).as_posix()}", file.name, _opener(file))
    elif zipfile.is_zipfile(path) or path.suffix.lower() == ".zip":
        for info in archive.members(path):
            yield Part(
                f"{path.name}/{info.filename}", PurePosixPath(info.filename).name, _unzipper(path, info.filename)
            )
    else:
        yield Part(path.name, path.name, _opener(path))


def _opener(file: Path) -> Callable[[], IO[bytes]]:
    return lambda: file.open("rb")


def _unzipper(path: Path, member: str) -> Callable[[], IO[bytes]]:
    return lambda: archive.open_member(path, member)


def _name_faults(name: str, yearly: list[re.Match[str]], products: list[re.Match[str]]) -> Iterator[Fault]:
    """What the names of the files give away: wrong or mixed revisions, mixed vintages, years twice or impossible."""
    revisions = sorted({match[1].upper() for match in (*yearly, *products)})
    if revisions != [REVISION]:
        rule = f"all files are of revision {REVISION}, the only one that reaches back to {FIRST_YEAR}"
        yield Fault(name, rule, REMEDY, column="k", value=", ".join(revisions))
    vintages = sorted({match[3] for match in yearly})
    if len(vintages) > 1:
        yield Fault(name, "all files are of one release", "Keep the files of one release.", value=", ".join(vintages))
    years = [int(match[2]) for match in yearly]
    for year in sorted(set(years)):
        if years.count(year) > 1:
            yield Fault(name, "a year has one file", "Keep one of them.", value=f"{year}: {years.count(year)} files")
        if not FIRST_YEAR <= year <= checks.LAST_YEAR:
            rule = f"a year lies between {FIRST_YEAR} and {checks.LAST_YEAR}"
            yield Fault(name, rule, "Correct the file's name.", column="t", value=str(year))


def _products(part: Part) -> frozenset[str]:
    """The product codes of the release."""
    return frozenset(code for code in _column(part, "code") if code)


def _country_differences(part: Part) -> list[str]:
    """Numbers for which the release names another country than Sogdia's table does."""
    differences = []
    for number, iso3 in zip(_column(part, "country_code"), _column(part, "country_iso3"), strict=True):
        known = baci_codes().get(int(number)) if number.isdigit() else None
        if iso3 in countries() and known and known.iso3 and known.iso3 != iso3:
            differences.append(
                f"{part.name}: number {number} is {iso3} there and {known.iso3} here; read as {known.iso3}."
            )
    return differences


def _column(part: Part, name: str) -> tuple[str, ...]:
    """One column of a list that comes with the release."""
    with archive.intact(part.name), part.open() as stream:
        raw = stream.read(MAX_LIST_BYTES)
    text, _ = decode(raw, part.name)
    found = table(parse(text, part.name), (name,), further=True)
    checks.refuse(found.faults)
    return found.columns[name].cells
