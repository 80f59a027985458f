"""The registry of hazards: a toy hazard from one file is found everywhere."""

from __future__ import annotations

import pytest

from sogdia import InputError, Range, Study, UnknownNameError
from sogdia.data import Store
from sogdia.hazards import (
    HazardAction,
    HazardKind,
    HazardOptions,
    Outage,
    hazard_actions,
    hazards,
    outages,
    register,
)
from sogdia.network import Corridors, Network
from support.cli import run


def landslides(network: Network, store: Store, options: HazardOptions) -> tuple[Outage, ...]:
    """One landslide a century at Almaty, half as many with nets, in two events."""
    rate = 0.005 * (0.5 if "nets" in options.actions else 1.0)
    return tuple(
        Outage("landslide", "landslide at Medeu", "place", "KAZ:Almaty", Range(rate / 2, rate, rate * 2),
               Range(1, 5, 20), "assumed", (), f"slide {number}")
        for number in range(2)
    )  # fmt: skip


NETS = HazardAction("nets", "landslide", "nets on the slope", None, None, Range(1, 2, 3), "million USD", "assumed", ())
LANDSLIDE = HazardKind("landslide", "Landslide", 90, landslides, actions=lambda: (NETS,))


def test_the_kinds_that_ship_are_found_in_their_order() -> None:
    names = [kind.name for kind in hazards()]
    assert names == ["earthquake", "outburst", "security"]
    assert {"hardening", "drainage", "early_warning"} <= set(hazard_actions())


def test_a_toy_hazard_from_one_file_is_in_the_answer_and_among_the_actions(store: Store, corridors: Corridors) -> None:
    study = Study("JPN", store=store)
    with register(LANDSLIDE):
        answer = study.hazard("KAZ:Almaty", corridors=corridors)
        slide = [outage for outage in answer.outages if outage.hazard == "landslide"]
        assert [outage.rate_per_year.central for outage in slide] == [0.01]  # two events, one cause
        nets = next(value for value in answer.actions if value.action.name == "nets")
        assert nets.after.central == pytest.approx(nets.before.central / 2)
        assert "landslide" in set(answer.table()["hazard"])
        assert "landslide" in {kind.name for kind in hazards()}
    assert "landslide" not in {kind.name for kind in hazards()}


def test_a_toy_hazard_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with register(LANDSLIDE):
        _, out, _ = run(capsys, "hazard", "--help")
    for words in ("landslide: Landslide", "nets (landslide): nets on the slope", "drainage (outburst)"):
        assert words in out


def test_two_kinds_of_one_name_are_refused() -> None:
    with register(LANDSLIDE), pytest.raises(InputError, match="another kind of hazard"), register(LANDSLIDE):
        pass


def test_an_action_that_no_hazard_has_is_refused_with_the_nearest(network: Network, store: Store) -> None:
    with pytest.raises(UnknownNameError, match="drainage"):
        outages(network, store, HazardOptions(actions=("dranage",)))


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_that_cannot_be_is_refused(seed: int) -> None:
    with pytest.raises(InputError, match="seed"):
        HazardOptions(seed=seed)


@pytest.mark.parametrize("warming", [0.5, 9.0, float("nan")])
def test_a_warming_that_cannot_be_is_refused(warming: float) -> None:
    with pytest.raises(InputError, match="warming"):
        HazardOptions(warming_c=warming)
