"""Is every file that is no usable scene refused with its name, what was found and what to do?"""

from __future__ import annotations

import sys

import numpy as np
import pytest
from affine import Affine
from rasterio.errors import NotGeoreferencedWarning

from sogdia.errors import InputError, SogdiaError
from sogdia.hazards.radar import lake_area
from support.radar_scenes import lake_shape, position_of, speckled, write_scene

MIDDLE = position_of(50, 50)
POWER = speckled(lake_shape(100, 20), 9, 4, 1)
VRT = """<VRTDataset rasterXSize="50000" rasterYSize="50000"><VRTRasterBand dataType="Float32" band="1"><SimpleSource>
<SourceFilename>/vsicurl/http://127.0.0.1:9/scene.tif</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"""


def refused(path, **options):
    """The message with which a scene is refused; it names the file."""
    with pytest.raises(InputError) as error:
        lake_area(path, MIDDLE, **options)
    assert len(error.value.faults) == 1
    fault = error.value.faults[0]
    assert fault.remedy
    return str(fault)


def test_the_good_scene_is_no_error(tmp_path):
    assert lake_area(write_scene(tmp_path / "good.tif", POWER), MIDDLE).decision == "lake"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "PNG"), (b"\xff\xd8\xff\xe0" + b"\0" * 99, "JPEG"),
        (VRT.encode(), "VRT"), (b"PK\x03\x04" + b"\0" * 99, "ZIP"), (b"lat,lon\n1,2\n", "something else"),
    ],
)  # fmt: skip
def test_what_is_no_geotiff_is_refused_by_its_first_bytes(tmp_path, content, found):
    path = tmp_path / "scene.tif"
    path.write_bytes(content)
    message = refused(path)
    assert "scene.tif" in message
    assert found in message


def test_no_driver_but_that_of_geotiff_is_asked(tmp_path, monkeypatch):
    """A virtual file whose first bytes pass for a TIFF is not followed to the network."""
    path = tmp_path / "scene.tif"
    path.write_bytes(b"II*\0" + VRT.encode())
    assert "damaged or cut short" in refused(path)


@pytest.mark.parametrize("name", ["/vsicurl/http://127.0.0.1:9/scene.tif", "http://127.0.0.1:9/scene.tif", "none.tif"])
def test_a_path_that_is_no_file_here_is_refused(name):
    assert "a scene is a file on this machine" in refused(name)


def test_a_folder_is_refused(tmp_path):
    assert "folder" in refused(tmp_path)


def test_a_truncated_scene_is_refused(tmp_path):
    path = write_scene(tmp_path / "scene.tif", POWER)
    path.write_bytes(path.read_bytes()[:9000])
    assert "damaged or cut short" in refused(path)


def test_a_scene_without_coordinate_system_or_corner_is_refused(tmp_path):
    assert "coordinate system" in refused(write_scene(tmp_path / "a.tif", POWER, crs=None))
    with pytest.warns(NotGeoreferencedWarning):
        path = write_scene(tmp_path / "b.tif", POWER, transform=None)
    assert "corner" in refused(path)


def test_a_lake_outside_the_scene_is_refused_with_what_it_covers(tmp_path):
    path = write_scene(tmp_path / "scene.tif", POWER)
    with pytest.raises(InputError, match=r"found 'lake at 43,75'; the scene covers latitude 42\.4.* longitude 75\.0"):
        lake_area(path, (43, 75))
    with pytest.raises(InputError, match="swapped: latitude comes first"):
        lake_area(path, MIDDLE[::-1])


@pytest.mark.parametrize(
    "lake", ["42.4", "42.4;75", "north,east", (42.4,), (95, 75), (42, 190), None, "nan,75", (1, 2, 3)]
)
def test_a_position_that_is_none_is_refused(tmp_path, lake):
    with pytest.raises(InputError, match="lake"):
        lake_area(write_scene(tmp_path / "scene.tif", POWER), lake)


def test_several_bands_are_listed_and_one_is_to_be_named(tmp_path):
    path = write_scene(tmp_path / "scene.tif", np.stack([POWER * 0 + 0.1, POWER]))
    assert "has 2 (1, 2)" in refused(path)
    assert "found '3'" in refused(path, band=3)
    assert lake_area(path, MIDDLE, band=2).decision == "lake"


def test_complex_values_are_refused(tmp_path):
    assert "complex64" in refused(write_scene(tmp_path / "scene.tif", POWER, dtype="complex64"))


@pytest.mark.parametrize(
    ("values", "dtype"), [(np.sqrt(POWER) * 1000, "uint16"), (1000 * np.log10(POWER), "int16"), (POWER * 0, "float32")]
)
def test_a_scene_whose_unit_nothing_tells_is_refused(tmp_path, values, dtype):
    message = refused(write_scene(tmp_path / "scene.tif", values, dtype=dtype))
    assert "decibel or power" in message
    assert "--unit" in message


@pytest.mark.parametrize(("unit", "values"), [("db", POWER), ("power", 10 * np.log10(POWER)), ("watt", POWER)])
def test_a_unit_that_the_values_cannot_have_is_refused(tmp_path, unit, values):
    assert "--unit" in refused(write_scene(tmp_path / "scene.tif", values), unit=unit)


def test_the_unit_of_the_metadata_is_taken_and_checked(tmp_path):
    import rasterio

    path = write_scene(tmp_path / "scene.tif", 10 * np.log10(POWER))
    with rasterio.open(path, "r+") as scene:
        scene.descriptions = ("Gamma0 VV dB",)
    assert lake_area(path, MIDDLE).unit_told_by == "metadata"
    with rasterio.open(path, "r+") as scene:
        scene.descriptions = ("power",)
    assert "the file says power" in refused(path)


def test_scale_and_offset_of_the_file_are_applied(tmp_path):
    import rasterio

    path = write_scene(tmp_path / "scene.tif", np.round(1000 * np.log10(POWER)), dtype="int16")
    with rasterio.open(path, "r+") as scene:
        scene.scales = (0.01,)
    image = lake_area(path, MIDDLE)
    assert (image.decision, image.unit) == ("lake", "db")


def test_an_absurd_size_is_refused_before_anything_is_read(tmp_path):
    path = tmp_path / "scene.tif"
    import rasterio

    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=400_000, width=400_000, dtype="float32", crs="EPSG:32643",
        transform=Affine(20, 0, 500_000, 0, -20, 4_700_000), tiled=True, blockxsize=4096, blockysize=4096,
        sparse_ok=True, bigtiff="yes",
    ):  # fmt: skip
        pass
    assert "400000 x 400000 pixels" in refused(path)


@pytest.mark.parametrize("options", [{"looks": 0}, {"looks": float("nan")}, {"looks": "4"}, {"method": "canny"}])
def test_options_out_of_range_are_refused(tmp_path, options):
    with pytest.raises(InputError, match=next(iter(options))):
        lake_area(write_scene(tmp_path / "scene.tif", POWER), MIDDLE, **options)


def test_without_rasterio_the_message_says_what_to_install(tmp_path, monkeypatch):
    path = write_scene(tmp_path / "scene.tif", POWER)
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(SogdiaError, match=r"pip install 'sogdia\[radar\]'"):
        lake_area(path, MIDDLE)
