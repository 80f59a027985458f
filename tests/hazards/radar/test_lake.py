"""Is the area of a synthetic lake right, and is there no decision where the image does not allow one?"""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from affine import Affine
from scipy import ndimage

from sogdia.errors import InputError
from sogdia.hazards.radar import lake_area
from support.radar_scenes import area_of, lake_shape, position_of, speckled, write_scene

SIDE, MIDDLE = 200, position_of(100, 100)
LAKE = lake_shape(SIDE, 30)
LAND = np.zeros((SIDE, SIDE), dtype=bool)


def asked(folder, values, at=MIDDLE, options=None, **profile):
    """The answer for one scene; profile: of its file."""
    return lake_area(write_scene(folder / "scene.tif", values, **profile), at, **(options or {}))


def error_of(image, water):
    """Relative error of the area."""
    assert image.decision == "lake", image.reason
    return image.area_m2 / area_of(water) - 1


@pytest.mark.parametrize(("method", "contrast_db"), [("edge-otsu", 8), ("edge-otsu", 12), ("otsu", 10), ("otsu", 12)])
@pytest.mark.parametrize("radius", [20, 30])
def test_the_area_of_a_lake_of_three_looks_is_right_within_5_percent(tmp_path, method, contrast_db, radius):
    water = lake_shape(SIDE, radius)
    for seed in range(2):
        image = asked(tmp_path, speckled(water, contrast_db, 3, seed), options={"method": method})
        assert abs(error_of(image, water)) < 0.05
        assert image.separability < 0.6


def test_a_shore_blurred_by_the_sensor_leaves_the_area_right(tmp_path):
    mean = ndimage.gaussian_filter(np.where(LAKE, 0.0126, 0.126), 0.8)
    power = mean * np.random.default_rng(5).gamma(4, 0.25, LAKE.shape)
    assert abs(error_of(asked(tmp_path, power), LAKE)) < 0.05


def test_power_decibel_and_amplitude_give_the_same_lake(tmp_path):
    power = speckled(LAKE, 9, 4, 1)
    images = [
        asked(tmp_path, power), asked(tmp_path, 10 * np.log10(power)),
        asked(tmp_path, np.sqrt(power), options={"unit": "amplitude"}),
    ]  # fmt: skip
    assert [image.unit for image in images] == ["power", "db", "amplitude"]
    assert [image.unit_told_by for image in images] == ["values", "values", "option"]
    assert len({round(image.area_m2) for image in images}) == 1


def test_degrees_and_metres_give_the_same_area(tmp_path):
    """A degree of latitude has 111.1 km here, one of longitude 82.3 km."""
    image = asked(
        tmp_path, speckled(LAKE, 9, 4, 1), at=(42.45 - 100.5 * 0.00018, 75 + 100.5 * 0.00025),
        crs="EPSG:4326", transform=Affine(0.00025, 0, 75, 0, -0.00018, 42.45),
    )  # fmt: skip
    pixels = np.count_nonzero(LAKE)
    assert image.area_m2 == pytest.approx(pixels * 0.00025 * 82_300 * 0.00018 * 111_060, rel=0.05)


def test_the_magnification_of_web_mercator_is_no_part_of_the_area(tmp_path):
    image = asked(
        tmp_path, speckled(LAKE, 9, 4, 1), at=(42.4478, 75.0243), crs="EPSG:3857",
        transform=Affine(27, 0, 8_348_961, 0, -27, 5_231_000),
    )  # fmt: skip
    assert image.pixel_m == pytest.approx(27 * np.cos(np.radians(42.4)), rel=0.01)
    assert image.area_m2 == pytest.approx(np.count_nonzero(LAKE) * image.pixel_m**2, rel=0.05)


@pytest.mark.parametrize("looks", [1, 4, 12])
def test_a_scene_without_water_gives_no_decision(tmp_path, looks):
    image = asked(tmp_path, speckled(LAND, 10, looks, 3))
    assert (image.decision, image.area_m2, image.area_sigma_m2, image.outline) == ("no decision", None, None, None)
    assert image.reason


def test_rough_land_without_water_gives_no_decision(tmp_path):
    rough = ndimage.gaussian_filter(np.random.default_rng(4).normal(size=LAND.shape), 6)
    image = asked(tmp_path, speckled(LAND, 10, 4, 3) * 10 ** (0.25 * rough / rough.std()))
    assert image.decision == "no decision"


def test_a_scene_of_water_alone_gives_no_decision(tmp_path):
    assert asked(tmp_path, speckled(~LAND, 10, 4, 3)).decision == "no decision"


def test_a_frozen_lake_brighter_than_its_land_gives_no_decision(tmp_path):
    power = np.where(LAKE, 0.2, 0.05) * np.random.default_rng(1).gamma(4, 0.25, LAKE.shape)
    assert asked(tmp_path, power).decision == "no decision"


def test_a_lake_hardly_darker_than_its_land_gives_no_decision_and_says_why(tmp_path):
    image = asked(tmp_path, speckled(LAKE, 2.5, 3, 1))
    assert image.decision == "no decision"
    assert image.separability > 0.6
    assert "separable" in image.reason


def test_a_point_200_metres_beside_the_lake_finds_it_and_says_so(tmp_path):
    row = np.flatnonzero(LAKE.any(axis=1))[0] - 8
    image = asked(tmp_path, speckled(LAKE, 9, 4, 1), at=position_of(row, 100))
    assert abs(error_of(image, LAKE)) < 0.05
    assert any("not in the water" in note for note in image.notes)


def test_a_point_far_from_the_lake_finds_nothing(tmp_path):
    assert asked(tmp_path, speckled(LAKE, 9, 4, 1), at=position_of(30, 100)).decision == "no decision"


@pytest.mark.parametrize("fill", [np.nan, 0.0, -9999.0])
def test_missing_values_of_any_mark_leave_the_area_right(tmp_path, fill):
    decibel = 10 * np.log10(speckled(LAKE, 9, 4, 1))
    decibel[:40] = fill
    decibel[np.random.default_rng(2).random(LAKE.shape) < 0.05] = fill
    image = asked(tmp_path, decibel)
    assert image.unit == "db"
    assert abs(error_of(image, LAKE)) < 0.05


def test_power_of_zero_is_missing_and_widens_the_uncertainty(tmp_path):
    power = speckled(LAKE, 9, 4, 1)
    whole = asked(tmp_path, power)
    power[92:108, 92:108] = 0
    image = asked(tmp_path, power)
    assert abs(error_of(image, LAKE)) < 0.05
    assert image.area_sigma_m2 > 1.5 * whole.area_sigma_m2
    assert any("missing" in note for note in image.notes)


def test_missing_values_over_the_lake_are_refused(tmp_path):
    power = speckled(LAKE, 9, 4, 1)
    power[ndimage.binary_dilation(LAKE, iterations=3)] = 0
    with pytest.raises(InputError, match=r"scene.tif: a scene has values at the lake, and \d+ % of the pixels"):
        asked(tmp_path, power)


def test_a_lake_cut_by_the_edge_is_no_decision_or_says_that_it_is_cut(tmp_path):
    half = lake_shape(SIDE, 30, (100, 0))
    assert "cut" in asked(tmp_path, speckled(half, 9, 4, 1), at=position_of(100, 5)).reason
    tip = lake_shape(SIDE, 30, (100, 24))
    image = asked(tmp_path, speckled(tip, 9, 4, 1), at=position_of(100, 20))
    assert (image.decision, image.complete, image.accepted) == ("lake", False, False)


def test_a_lake_that_runs_into_snow_as_dark_gives_no_decision(tmp_path):
    snow = ndimage.gaussian_filter((np.indices(LAKE.shape)[0] > 115).astype(float), 3)
    power = np.where(LAKE, 0.0126, 10 ** (-1 - 0.7 * snow)) * np.random.default_rng(1).gamma(4, 0.25, LAKE.shape)
    assert asked(tmp_path, power).decision == "no decision"


def test_a_shadow_apart_from_the_lake_is_left_out(tmp_path):
    shadow = lake_shape(SIDE, 20, (100, 160))
    power = np.where(shadow, 0.005, np.where(LAKE, 0.0126, 0.1)) * np.random.default_rng(1).gamma(4, 0.25, LAKE.shape)
    assert abs(error_of(asked(tmp_path, power), LAKE)) < 0.05


def test_a_shadow_that_touches_the_lake_is_told(tmp_path):
    shadow = lake_shape(SIDE, 18, (100, 130)) & ~LAKE
    power = np.where(shadow, 0.002, np.where(LAKE, 0.0126, 0.1)) * np.random.default_rng(1).gamma(4, 0.25, LAKE.shape)
    image = asked(tmp_path, power)
    assert any("unlike the rest" in note for note in image.notes)


def test_an_island_is_no_part_of_the_lake(tmp_path):
    island = np.hypot(*(np.indices(LAKE.shape) - 100)) < 8
    water = LAKE & ~island
    assert abs(error_of(asked(tmp_path, speckled(water, 9, 4, 1), at=position_of(100, 82)), water)) < 0.05


def test_a_bright_spot_of_speckle_in_the_lake_is_water(tmp_path):
    power = speckled(LAKE, 9, 4, 1)
    power[98:101, 98:101] = 1.0
    assert abs(error_of(asked(tmp_path, power), LAKE)) < 0.05


def test_the_uncertainty_covers_the_errors_of_many_images(tmp_path):
    """Blurred shores as of a sensor: two thirds of the errors lie within one and nearly all within two."""
    mean = ndimage.gaussian_filter(np.where(LAKE, 0.0126, 0.1), 0.7)
    errors = []
    for seed in range(6):
        image = asked(tmp_path, mean * np.random.default_rng(seed).gamma(4, 0.25, LAKE.shape))
        errors.append(abs(image.area_m2 - area_of(LAKE)) / image.area_sigma_m2)
    assert max(errors) < 2
    assert 0.01 < image.area_sigma_m2 / image.area_m2 < 0.06


def test_the_outline_is_the_lake(tmp_path):
    image = asked(tmp_path, speckled(LAKE, 9, 4, 1))
    assert image.outline["type"] == "Polygon"
    ring = np.array(image.outline["coordinates"][0])
    metres = (ring - ring[0]) * [111_320 * np.cos(np.radians(ring[0, 1])), 111_060]
    x, y = metres.T
    area = abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    assert area == pytest.approx(image.area_m2, rel=0.01)


def test_the_same_scene_gives_the_same_answer(tmp_path):
    power = speckled(LAKE, 9, 4, 1)
    assert asked(tmp_path, power) == asked(tmp_path, power)


def test_looks_can_be_given(tmp_path):
    image = asked(tmp_path, speckled(LAKE, 9, 4, 1), options={"looks": 4})
    assert (image.looks, image.looks_told_by) == (4, "option")


@pytest.mark.parametrize(
    ("name", "tags", "date"),
    [
        ("S1A_IW_20240919T121405_RTC20_VV.tif", {}, datetime(2024, 9, 19, 12, 14, 5)),
        ("lake_2024-09-19.tif", {}, datetime(2024, 9, 19)),
        ("lake_20241399.tif", {"TIFFTAG_DATETIME": "2023:08:01 10:00:00"}, datetime(2023, 8, 1, 10)),
        ("lake.tif", {"ACQUISITION_DATE": "2022-07-01"}, datetime(2022, 7, 1)),
        ("lake.tif", {}, None),
    ],
)
def test_the_date_is_that_of_the_tag_or_the_name(tmp_path, name, tags, date):
    import rasterio

    path = write_scene(tmp_path / name, speckled(LAKE, 9, 4, 1))
    with rasterio.open(path, "r+") as scene:
        scene.update_tags(**tags)
    assert lake_area(path, MIDDLE).date == date
