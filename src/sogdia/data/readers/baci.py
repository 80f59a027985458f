"""The yearly files of a CEPII BACI release, and the trade flows in them.

A release is a zip or folder with `BACI_HS92_Y2022_V202501.csv` for every year, `country_codes_V202501.csv` and
`product_codes_HS92_V202501.csv`. The whole of it has over 200 million rows: it is read year by year, and within a
year in blocks, so that memory is bounded by one year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, ClassVar, TypeVar

import polars as pl

from sogdia.codes import baci_codes, countries
from sogdia.data.readers.baci_lines import COLUMNS, LEGACY_UNSPECIFIED
from sogdia.data.readers.baci_year import YearFile, YearFlows, read_year
from sogdia.data.readers.reader import Reader, ReadYear
from sogdia.data.schema import conform
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import archive, checks
from sogdia.tabular.grid import Grid
from sogdia.tabular.header import header_at, table
from sogdia.tabular.limits import LIST_BYTES, RELEASE_FILES, RELEASE_RATIO
from sogdia.tabular.text import decode, parse
from sogdia.tabular.user_file import UserFile, user_file
from sogdia.text import unsafe_character

T = TypeVar("T")
REVISION = "HS92"
FIRST_YEAR = 1995
ISO3_COLUMNS = ("country_iso3", "iso_3digit_alpha")
YEARLY = re.compile(r"BACI_(HS\d{2})_Y(\d{4})_V(\w+)\.csv", re.IGNORECASE | re.ASCII)
PRODUCTS = re.compile(r"product_codes_(HS\d{2})_V(\w+)\.csv", re.IGNORECASE | re.ASCII)
COUNTRIES = re.compile(r"country_codes_V(\w+)\.csv", re.IGNORECASE | re.ASCII)
COMPANIONS = re.compile(r"readme.*|.*\.(txt|pdf|md)", re.IGNORECASE)
CODE = re.compile(r"\d{6}", re.ASCII)
NUMBER = re.compile(r"\d{1,3}", re.ASCII)
REMEDY = "Download the release BACI HS92 from CEPII's site and give its zip or its folder unchanged."


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One file of a release. name: with the archive's or folder's name before it; open: gives its bytes."""

    name: str
    base: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Release:
    """The yearly files in order of the years, and remarks on what stands beside them."""

    name: str
    vintage: str
    years: tuple[YearFile, ...]
    warnings: tuple[str, ...]
    table: ClassVar[str] = "trade"
    source_ids: ClassVar[tuple[str, ...]] = ("CEPII_BACI",)

    @property
    def done(self) -> tuple[str, ...]:
        """What was done to the publisher's figures."""
        return f"release {self.vintage}", "country numbers mapped to ISO alpha-3; nothing dropped"

    def each(self, use: Callable[[ReadYear], T], tell: Callable[[str], None]) -> list[T]:
        """What `use` makes of every year in turn; InputError with the faults of all years, after the last one."""
        return each_year(self, use, tell=tell)


def recognises(file: UserFile) -> bool:
    """Whether it is a folder, an archive that is no workbook, a yearly file by its name, or a table of flows."""
    if file.is_folder or YEARLY.fullmatch(file.path.name):
        return True
    if file.parts is not None and not file.tables:
        return True
    return any(header_at(grid, COLUMNS) is not None for grid in file.tables)


def open_release(file: UserFile) -> Release:
    """The files of a release, told by their names; InputError for mixed revisions, vintages or doubled years."""
    path = file.path
    parts = list(_parts(file))
    yearly = [(match, part) for part in parts if (match := YEARLY.fullmatch(part.base))]
    product_lists = [(match, part) for part in parts if (match := PRODUCTS.fullmatch(part.base))]
    country_lists = [part for part in parts if COUNTRIES.fullmatch(part.base)]
    if not yearly:
        checks.refuse(list(_renamed(file)))
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


def scan_release(path: Path | str, hs6: Iterable[str] | None = None) -> pl.DataFrame:
    """The flows of a release in the columns of the table `trade`, for some codes or all.

    InputError with the faults of all years. A whole release does not fit into memory at once; `add` in
    `sogdia.data.adding` holds one year at a time.
    """
    wanted = None if hs6 is None else sorted(int(code) for code in hs6)
    return conform(
        pl.concat(each_year(open_release(user_file(path)), lambda flows: flows.labelled().collect(), wanted)), "trade"
    )


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


def _parts(file: UserFile) -> Iterator[ReleaseFile]:
    """The files of a folder or archive, or the single file."""
    path = file.path
    if file.is_folder:
        for inside in sorted(islice(path.rglob("*"), RELEASE_FILES)):
            if inside.is_file():
                name = f"{path.name}/{inside.relative_to(path).as_posix()}"
                character = unsafe_character(name)
                if character:
                    rule = f"the name of a file has no control characters, and this one has {character}"
                    raise InputError([Fault(name, rule, "Rename the file, or take it out of the folder.")])
                yield ReleaseFile(name, inside.name, _opener(inside))
    elif file.parts is not None or path.suffix.lower() == ".zip":
        for info in archive.members(path, ratio=RELEASE_RATIO):
            yield ReleaseFile(
                f"{path.name}/{info.filename}", PurePosixPath(info.filename).name, _unzipper(path, info.filename)
            )
    else:
        yield ReleaseFile(path.name, path.name, _opener(path))


def _opener(file: Path) -> Callable[[], IO[bytes]]:
    return lambda: file.open("rb")


def _unzipper(path: Path, member: str) -> Callable[[], IO[bytes]]:
    return lambda: archive.open_member(path, member)


def _renamed(file: UserFile) -> Iterator[Fault]:
    """The fault of a yearly file that has lost its publisher's name, which says its revision, year and release."""
    for grid in file.tables:
        at = header_at(grid, COLUMNS)
        if at is None:
            continue
        year = next((cell for line in grid.lines[at + 1 :] for cell in line.cells[:1]), "2022")
        rule = "a yearly file has its publisher's name, which says revision, year and release"
        remedy = f"Rename it, e.g. to BACI_HS92_Y{year[:4]}_V202501.csv, if it is of revision HS92."
        yield Fault(file.name, rule, remedy, value=file.name)
        return


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


def _products(part: ReleaseFile) -> frozenset[str]:
    """The product codes of the release."""
    return frozenset(code for code in _column(part, "code") if CODE.fullmatch(code) or code == LEGACY_UNSPECIFIED)


def _country_differences(part: ReleaseFile) -> list[str]:
    """Numbers for which the release names another country than Sogdia's table does."""
    try:
        listed = _country_list(part)
    except InputError as why:
        return [f"{part.name}: not read, country numbers were read by Sogdia's own table ({why.faults[0].rule})."]
    differences = []
    for number, iso3 in listed:
        known = baci_codes().get(int(number)) if NUMBER.fullmatch(number) else None
        if iso3 in countries() and known and known.iso3 and known.iso3 != iso3:
            differences.append(
                f"{part.name}: number {number} is {iso3} there and {known.iso3} here; read as {known.iso3}."
            )
    return differences


def _country_list(part: ReleaseFile) -> list[tuple[str, str]]:
    """(number, alpha-3) of the release's list. Its columns have other names up to the release of January 2023."""
    grid = _list(part)
    iso3 = next((name for name in ISO3_COLUMNS if header_at(grid, ("country_code", name)) is not None), ISO3_COLUMNS[0])
    found = table(grid, ("country_code", iso3), further=True)
    checks.refuse(found.faults)
    return list(zip(found.columns["country_code"].cells, found.columns[iso3].cells, strict=True))


def _column(part: ReleaseFile, name: str) -> tuple[str, ...]:
    """One column of a list that comes with the release."""
    found = table(_list(part), (name,), further=True)
    checks.refuse(found.faults)
    return found.columns[name].cells


def _list(part: ReleaseFile) -> Grid:
    """A list that comes with the release."""
    with archive.intact(part.name), part.open() as stream:
        raw = stream.read(LIST_BYTES + 1)
    if len(raw) > LIST_BYTES:
        rule, remedy = f"a list of a release is {LIST_BYTES // 2**20} MiB at most", "Get it from its publisher again."
        raise InputError([Fault(part.name, rule, remedy)])
    text, _ = decode(raw, part.name)
    return parse(text, part.name)


READER = Reader(
    key="baci",
    title="a CEPII BACI release",
    table="trade",
    replaces="the codes and years it has",
    order=10,
    recognises=recognises,
    read=open_release,
    folders=True,
)
