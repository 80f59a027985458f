"""The area of a lake in a scene of 10,000 x 10,000 pixels: Sogdia in blocks and tiles against SciPy on the whole image.

    python benchmarks/radar.py [SIDE]

The scene has 3 looks and a lake 9 dB darker than the land, three fifths of the scene across, so that the window has to
grow until it holds nearly all of it. The peer is the same chain as it is often written: Lee filter with
`scipy.ndimage.uniform_filter`, Otsu's threshold and `scipy.ndimage.label` over the whole image in single precision.
Each runs in a process of its own on one core, which says its processor seconds and its peak memory; both areas must be
right within 5 %.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import rasterio
from affine import Affine
from rasterio.windows import Window
from scipy import ndimage

SIDE, LOOKS, STRIP = 10_000, 3, 500
WATER, LAND = 0.0126, 0.1
RADIUS_SHARE = 0.3
PIXEL_M, CORNER = 10.0, (500_000.0, 4_700_000.0)
FILTER_SIDE = 5
KB_PER_MB = 1 << 10


def main() -> None:
    if len(sys.argv) == 4:
        measure(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
        return
    side = int(sys.argv[1]) if len(sys.argv) > 1 else SIDE
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scene.tif"
        pixels = write_scene(path, side)
        ours, peer = (in_own_process(name, path, pixels) for name in ("ours", "peer"))
    print(f"{'':22}{'Sogdia':>12}{'SciPy':>12}")
    for name, unit in (("seconds", "s"), ("wall_s", "s"), ("peak_mb", "MB"), ("area_error", "")):
        print(f"{name:22}{ours[name]:>12.3f}{peer[name]:>12.3f} {unit}")
    record = {"name": f"lake in {side} x {side} pixels, SciPy on the whole image", "unit": "s"}
    record |= {"ours": ours["seconds"], "peer": peer["seconds"], "ratio": peer["seconds"] / ours["seconds"]}
    for name in ("wall_s", "peak_mb", "area_error"):
        record |= {f"ours_{name}": ours[name], f"peer_{name}": peer[name]}
    print(json.dumps(record))


def in_own_process(name: str, path: Path, pixels: int) -> dict[str, float]:
    """What a process of its own measures; `measure` runs in it."""
    command = [sys.executable, __file__, name, str(path), str(pixels)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(shown)


def measure(name: str, path: Path, pixels: float) -> None:
    started, cpu = perf_counter(), process_time()
    area = {"ours": ours, "peer": whole_image}[name](path)
    wall, seconds = perf_counter() - started, process_time() - cpu
    error = area / (pixels * PIXEL_M**2) - 1
    assert abs(error) < 0.05, f"{name}: area is {error:+.1%} off"
    print(json.dumps({"seconds": seconds, "wall_s": wall, "peak_mb": peak_mb(), "area_error": error}))


def peak_mb() -> float:
    """Peak memory of this process; getrusage would count that of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / KB_PER_MB


def ours(path: Path) -> float:
    from sogdia.hazards.radar import lake_area

    image = lake_area(path, centre(path))
    assert image.area_m2 is not None, image.reason
    return image.area_m2


def whole_image(path: Path) -> float:
    """Lee, Otsu and label at once."""
    with rasterio.open(path) as scene:
        power = scene.read(1)
    mean = ndimage.uniform_filter(power, FILTER_SIDE)
    variance = ndimage.uniform_filter(power * power, FILTER_SIDE) - mean * mean
    weight = np.clip((1 - mean * mean / (LOOKS * np.maximum(variance, 1e-12))) / (1 + 1 / LOOKS), 0, 1)
    db = 10 * np.log10(mean + weight * (power - mean))
    counts, edges = np.histogram(db, 400, (-60, 40))
    centres = (edges[1:] + edges[:-1]) / 2
    below, moment = np.cumsum(counts), np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (moment[-1] * below / below[-1] - moment) ** 2 / (below * (below[-1] - below))
    threshold = edges[1:][np.nanargmax(between)]
    labels, _ = ndimage.label(db < threshold)
    middle = labels[labels.shape[0] // 2, labels.shape[1] // 2]
    return float(np.count_nonzero(ndimage.binary_fill_holes(labels == middle))) * PIXEL_M**2


def centre(path: Path) -> tuple[float, float]:
    """Latitude and longitude of the middle of the scene."""
    from rasterio.warp import transform

    with rasterio.open(path) as scene:
        half = scene.width * PIXEL_M / 2
        lons, lats = transform(scene.crs, "EPSG:4326", [CORNER[0] + half], [CORNER[1] - half])
    return lats[0], lons[0]


def write_scene(path: Path, side: int) -> int:
    """Write the scene strip by strip; return the pixels of the lake."""
    rng, pixels = np.random.default_rng(1), 0
    profile = {
        "driver": "GTiff", "count": 1, "height": side, "width": side, "dtype": "float32", "crs": "EPSG:32643",
        "transform": Affine(PIXEL_M, 0, CORNER[0], 0, -PIXEL_M, CORNER[1]), "tiled": True,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as scene:
        for top in range(0, side, STRIP):
            rows, columns = np.mgrid[top : min(top + STRIP, side), 0:side].astype(np.float32) - np.float32(side / 2)
            shore = side * RADIUS_SHARE * (1 + 0.1 * np.sin(5 * np.arctan2(rows, columns)))
            water = np.hypot(columns, 1.2 * rows) < shore
            pixels += int(np.count_nonzero(water))
            speckle = rng.standard_gamma(LOOKS, size=water.shape, dtype=np.float32) / LOOKS
            values = speckle * np.where(water, np.float32(WATER), np.float32(LAND))
            scene.write(values.astype(np.float32), 1, window=Window(0, top, side, rows.shape[0]))
    return pixels


if __name__ == "__main__":
    main()
