"""A table wider than the terminal is cut between its columns, and no word of it is broken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sogdia.cli.narrow import parts

WORDS = st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


@given(columns=st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=2, max_size=9), width=st.integers(22, 60))
def test_every_column_stands_once_fits_and_keeps_its_words_whole(columns: list[list[str]], width: int) -> None:
    found = parts(columns, width, 2)
    assert [at for part in found for at, _ in part if at or part is found[0]] == list(range(len(columns)))
    for part in found:
        assert part[0][0] == 0
        assert sum(wide for _, wide in part) + 2 * (len(part) - 1) <= width
        for at, wide in part:
            assert wide >= max(len(word) for text in columns[at] for word in text.split())


def test_a_table_that_fits_is_one_part_with_the_room_that_it_needs() -> None:
    assert parts([["name", "a"], ["figure", "1,000.5 t"]], 20, 2) == [[(0, 4), (1, 9)]]
