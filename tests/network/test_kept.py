"""What is worked out of a network is worked out once, and anew for every other network."""

from __future__ import annotations

from dataclasses import replace

from sogdia.network import embedded_corridors, embedded_network, to_arrays
from sogdia.network.records import once_for
from sogdia.network.sea_paths import SeaPaths


def test_a_network_keeps_what_was_worked_out_of_it_and_a_changed_copy_does_not() -> None:
    network = embedded_network()
    assert to_arrays(network) is to_arrays(network)
    assert not to_arrays(network).km.flags.writeable
    shorter = replace(network, links=network.links[:10])
    assert to_arrays(shorter).km.size == 10
    calls: list[int] = []
    for _ in range(2):
        assert once_for(shorter, "count", lambda: calls.append(1) or len(calls)) == 1


def test_the_courses_of_ships_are_read_when_one_is_asked_for() -> None:
    reads: list[int] = []

    def read() -> dict[str, tuple[tuple[float, float], ...]]:
        reads.append(1)
        return {"a--b:sea": ((1.0, 2.0),)}

    paths = SeaPaths(read)
    assert not reads
    assert (paths["a--b:sea"], list(paths), len(paths), paths.get("c")) == (((1.0, 2.0),), ["a--b:sea"], 1, None)
    assert reads == [1]
    corridors = embedded_corridors()
    assert "_paths" not in vars(corridors.sea_paths)
