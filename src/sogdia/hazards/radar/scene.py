"""A radar scene: a local GeoTIFF, checked before it is read, and read in strips.

Only the GeoTIFF driver is asked, and only for files that stand on this machine, so that nothing in a file can send a
request to the network. Needs the extra `radar` (rasterio).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import Fault, InputError, SogdiaError, refusals
from sogdia.hazards.radar.dates import date_of
from sogdia.hazards.radar.unit import UnitOfScene, power_from, unit_of

Floats = NDArray[np.float64]
TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
OTHER_STARTS = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"<VRT": "a GDAL virtual file (VRT)",
    b"<?xm": "an XML file", b"PK\x03\x04": "a ZIP archive", b"\x89HDF": "an HDF5 or NetCDF file",
    b"CDF": "a NetCDF file",
}  # fmt: skip
MOST_PIXELS = 10**10
MOST_BLOCK_BYTES = 512 << 20
STRIP_ROWS = 512
SAMPLE_SIDE = 512
GDAL = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_CACHEMAX": 64,
    "GDAL_NUM_THREADS": "1",
}
"""One file is the scene: nothing beside it and nothing on the network is looked at; 64 MB of blocks are kept."""


@dataclass(frozen=True, slots=True)
class ScenePart:
    """A rectangle of a scene [pixels]; top and left may not be negative."""

    top: int
    left: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class RadarScene:
    """An open scene. name: of the file; crs, transform: as rasterio has them; date: when it was taken, if known."""

    name: str
    rows: int
    columns: int
    crs: Any
    transform: Any
    date: datetime | None
    date_told_by: str | None
    unit: UnitOfScene
    band: int
    dataset: Any = field(repr=False)

    def power(self, part: ScenePart, scale: int = 1) -> Floats:
        """Power of a part, NaN where missing; mean of blocks of scale x scale pixels where half of them are known.

        shape (rows // scale, columns // scale): what is left over at the lower and right end is not read.
        """
        if scale == 1:
            return power_from(values_of(self.dataset, self.band, part, self.name), self.unit.unit)
        rows, columns = part.rows // scale, part.columns // scale
        coarse = np.empty((rows, columns))
        strip = max(STRIP_ROWS // scale, 1)
        for first in range(0, rows, strip):
            count = min(strip, rows - first)
            piece = ScenePart(part.top + first * scale, part.left, count * scale, columns * scale)
            blocks = self.power(piece).reshape(count, scale, columns, scale)
            known = np.isfinite(blocks)
            pixels = known.sum(axis=(1, 3))
            total = np.where(known, blocks, 0.0).sum(axis=(1, 3))
            enough = 2 * pixels >= scale * scale
            coarse[first : first + count] = np.where(enough, total / np.maximum(pixels, 1), np.nan)
        return coarse


def rasterio_module() -> Any:
    """The library rasterio; SogdiaError with what to install where it is missing."""
    try:
        import rasterio
        import rasterio.features
        import rasterio.warp
    except ImportError as why:
        message = "reading radar scenes needs the library rasterio. Install it: pip install 'sogdia[radar]'."
        raise SogdiaError(message) from why
    return rasterio


@contextmanager
def opened(path: Path, unit: str | None, band: int | None) -> Iterator[RadarScene]:
    """The scene of a file, open as long as one is inside. unit, band: the user's words for what the file may not say.

    InputError for what is no GeoTIFF of real values with a coordinate system, or is cut short.
    """
    rasterio = rasterio_module()
    _must_be_tiff(path)
    with rasterio.Env(**GDAL), warnings.catch_warnings(), _faults_of(path):
        warnings.simplefilter("ignore")
        with rasterio.open(path.resolve(), driver="GTiff") as dataset:
            yield _scene(dataset, path, unit, band)


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """Inside, what rasterio cannot read is an InputError that names the file."""
    from rasterio.errors import RasterioError

    try:
        yield
    except RasterioError as why:
        remedy = "The file is damaged or cut short: copy or download it again."
        raise InputError([Fault(path.name, f"a scene can be read ({why})", remedy)]) from why


def _refuse(path: Path, rule: str, remedy: str, value: str | None = None) -> NoReturn:
    raise InputError([Fault(path.name, rule, remedy, value=value)])


def _must_be_tiff(path: Path) -> None:
    """InputError for a path that is no local file or does not begin as a TIFF does."""
    remedy = "Give a GeoTIFF that stands on this machine, e.g. one band of a terrain-corrected Sentinel-1 product."
    if path.is_dir():
        _refuse(path, "a scene is a file, and this is a folder", remedy)
    if not path.is_file():
        _refuse(path, "a scene is a file on this machine, and there is none of this name", remedy, str(path))
    with refusals(path), path.open("rb") as stream:
        start = stream.read(4)
    if start in TIFF_STARTS:
        return
    what = next((name for begin, name in OTHER_STARTS.items() if start.startswith(begin)), None)
    found = "nothing: the file is empty" if not start else what or "something else"
    _refuse(path, "a scene is a GeoTIFF", remedy, found)


def _scene(dataset: Any, path: Path, unit: str | None, band: int | None) -> RadarScene:
    chosen = _band(dataset, path, band)
    if dataset.dtypes[chosen - 1].startswith("complex"):
        remedy = "Use the detected product (GRD) or a terrain-corrected one, or store the squared magnitude."
        _refuse(path, "a scene has real values, and these are complex", remedy, dataset.dtypes[chosen - 1])
    rows, columns = dataset.shape
    block = math.prod(dataset.block_shapes[chosen - 1]) * np.dtype(dataset.dtypes[chosen - 1]).itemsize
    if rows * columns > MOST_PIXELS or block > MOST_BLOCK_BYTES:
        rule = f"a scene has {MOST_PIXELS:.0e} pixels at most, in blocks of {MOST_BLOCK_BYTES >> 20} MB at most"
        remedy = "Cut the region around the lake out of it, or write it in tiles."
        _refuse(path, rule, remedy, f"{rows} x {columns} pixels, blocks of {block / (1 << 20):.0f} MB")
    if dataset.crs is None or dataset.transform.is_identity:
        remedy = "Use a geocoded (terrain-corrected) scene, or write its coordinate system and corner into it."
        _refuse(path, "a scene has a coordinate system and the position of its corner", remedy)
    tags = {**dataset.tags(), **dataset.tags(chosen)}
    words = [text for text in (dataset.units[chosen - 1], dataset.descriptions[chosen - 1]) if text]
    words += [text for name, text in tags.items() if name.lower() in ("unit", "units", "scale")]
    date, told_by = date_of(path.name, tags)
    part = ScenePart(0, 0, min(rows, 2 * STRIP_ROWS), min(columns, 2 * STRIP_ROWS))
    part = ScenePart((rows - part.rows) // 2, (columns - part.columns) // 2, part.rows, part.columns)
    values = values_of(dataset, chosen, part, path.name)
    if not np.isfinite(values).any():
        values = values_of(dataset, chosen, ScenePart(0, 0, rows, columns), path.name, most=SAMPLE_SIDE)
    return RadarScene(
        name=path.name, rows=rows, columns=columns, crs=dataset.crs, transform=dataset.transform, date=date,
        date_told_by=told_by, band=chosen, dataset=dataset,
        unit=unit_of(unit, words, values[np.isfinite(values)], path.name),
    )  # fmt: skip


def _band(dataset: Any, path: Path, band: int | None) -> int:
    """The number of the band to read; it need not be named where there is one."""
    names = ", ".join(f"{at} {text or ''}".strip() for at, text in enumerate(dataset.descriptions, start=1))
    if band is None and dataset.count == 1:
        return 1
    if band is None:
        _refuse(path, f"a scene has one band, and this one has {dataset.count} ({names})", "Name one with --band.")
    if not 1 <= band <= dataset.count:
        _refuse(path, f"the bands are {names}", "Name one of them with --band.", str(band))
    return band


def values_of(dataset: Any, band: int, part: ScenePart, name: str, most: int | None = None) -> Floats:
    """The values of a part in their unit; NaN where the file says that there are none. InputError where it ends.

    most: rows and columns to read at most, evenly spread over the part; by default all.
    """
    from rasterio.enums import MaskFlags
    from rasterio.errors import RasterioIOError
    from rasterio.windows import Window

    window = Window(part.left, part.top, part.columns, part.rows)
    shape = None if most is None else (min(part.rows, most), min(part.columns, most))
    try:
        raw = dataset.read(band, window=window, out_shape=shape)
        flags = dataset.mask_flag_enums[band - 1]
        masked = MaskFlags.per_dataset in flags or MaskFlags.alpha in flags
        mask = dataset.read_masks(band, window=window, out_shape=shape) if masked else None
    except RasterioIOError as why:
        rule = f"rows {part.top} to {part.top + part.rows - 1} of a scene can be read ({why.__cause__ or why})"
        raise InputError([Fault(name, rule, "The file is damaged or cut short: copy or download it again.")]) from why
    missing = ~np.isfinite(raw)
    if dataset.nodata is not None:
        missing |= raw == dataset.nodata
    if mask is not None:
        missing |= mask == 0
    values = raw.astype(np.float64) * dataset.scales[band - 1] + dataset.offsets[band - 1]
    values[missing] = np.nan
    return np.asarray(values)
