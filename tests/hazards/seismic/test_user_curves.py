"""A user's own hazard curves replace ours, and their faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia import InputError, Study
from sogdia.data import Store
from sogdia.hazards.seismic.user_curves import user_curves
from sogdia.network import Corridors, Network


def curves(folder: Path, text: str) -> Path:
    path = folder / "curves.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_own_curve_replaces_ours_at_its_place_alone(tmp_path: Path, store: Store, corridors: Corridors) -> None:
    path = curves(tmp_path, "place,a475_g,slope\nJPN:Yokohama,0.45,2.2\n")
    study = Study("JPN", store=store)
    before, after = (study.hazard("JPN:Yokohama", curves=own, corridors=corridors) for own in (None, path))
    assert "earthquake" in {gap.hazard for gap in before.unknown}
    assert "earthquake" not in {gap.hazard for gap in after.unknown}
    assert after.days_per_year("earthquake").central > 0
    assert "OWN_HAZARDS" in after.sources()
    ours, same = (study.hazard("KAZ:Almaty", curves=own, corridors=corridors) for own in (None, path))
    assert same.outages == ours.outages


def test_a_link_whose_end_has_no_motion_at_one_second_is_unknown(
    tmp_path: Path, store: Store, corridors: Corridors
) -> None:
    path = curves(tmp_path, "place,a475_g,slope\nKGZ:Bishkek,0.3,2.4\n")
    answer = Study("JPN", store=store).hazard("KGZ:Bishkek--KGZ:Osh:road", curves=path, corridors=corridors)
    assert "earthquake" not in {outage.hazard for outage in answer.outages}
    assert any("period of 1 s" in gap.reason for gap in answer.unknown)
    path = curves(tmp_path, "place,a475_g,slope,sa1_475_g\nKGZ:Bishkek,0.3,2.4,0.2\n")
    answer = Study("JPN", store=store).hazard("KGZ:Bishkek--KGZ:Osh:road", curves=path, corridors=corridors)
    assert "earthquake" in {outage.hazard for outage in answer.outages}


def test_points_of_a_curve_give_its_acceleration_and_slope(tmp_path: Path, network: Network) -> None:
    rows = "".join(f"KAZ:Almaty,{0.2 * x:.6f},{x**-2.38 / 475:.10f}\n" for x in (0.25, 0.5, 1.1, 2.5, 4))
    read = user_curves(curves(tmp_path, f"place,a_g,rate_per_year\n{rows}"), network)
    assert read["KAZ:Almaty"].a475.central == pytest.approx(0.2, rel=1e-5)
    assert read["KAZ:Almaty"].slope == pytest.approx(2.38, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "row", "column", "value", "words"),
    [
        ("place,a475_g,slope\nKAZ:Almaty,3.9,2.38\n", 2, "a475_g", "3.9", "m/s2"),
        ("place,a475_g,slope\nKAZ:Almaty,-0.2,2.38\n", 2, "a475_g", "-0.2", "above 0"),
        ("place,a475_g,slope\nKAZ:Almaty,0.2,-2.38\n", 2, "slope", "-2.38", "above 0"),
        ("place,a475_g,slope\nKAZ:Almaty,0.2,23.8\n", 2, "slope", "23.8", "between"),
        ("place,a475_g,slope\nKAZ:Almaty,,2.38\n", 2, "a475_g", "", "empty"),
        ("place,a475_g,slope\nKAZ:Alamty,0.2,2.38\n", 2, "place", "KAZ:Alamty", "KAZ:Almaty"),
        ("place,a475_g,slope\nKAZ:Almaty,0.2,2.4\nKAZ:Almaty,0.3,2.4\n", 3, "place", "KAZ:Almaty", "already"),
        ("place,a475_g,slope,a475_low_g\nKAZ:Almaty,0.2,2.4,0.3\n", 2, "a475_g", "0.2", "order"),
        ("place,a_g,rate_per_year\nKAZ:Almaty,0.1,0.01\nKAZ:Almaty,0.2,0.02\n", 3, "rate_per_year", None, "rarer"),
        ("place,a_g,rate_per_year\nKAZ:Almaty,0.1,0.01\nKAZ:Almaty,0.2,0.001\n", 2, "rate_per_year", None, "enclose"),
    ],
)
def test_a_fault_names_file_row_column_value_rule_and_remedy(
    tmp_path: Path, network: Network, text: str, row: int, column: str, value: str | None, words: str
) -> None:
    path = curves(tmp_path, text)
    with pytest.raises(InputError) as refused:
        user_curves(path, network)
    fault = refused.value.faults[0]
    assert (fault.file, fault.row, fault.column) == (str(path), row, column)
    assert value is None or fault.value == value
    assert words in str(fault)
