from __future__ import annotations

import pytest

from sogdia.data import source, sources
from sogdia.errors import UnknownNameError


def test_a_citation_names_publisher_year_title_licence_and_address():
    text = source("CEPII_BACI").citation()
    assert text.startswith("CEPII (2026). BACI: international trade database")
    assert "Licence: Etalab Open Licence 2.0" in text
    assert text.endswith("id=37")


def test_a_source_without_a_date_says_so():
    (undated,) = [s for s in sources().values() if s.source_id == "OWN_PURCHASES"]
    assert "The user (no date). Own purchases." in undated.citation()


def test_an_unknown_source_tells_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean CEPII_BACI"):
        source("CEPI_BACI")


def test_a_licence_that_could_not_be_verified_is_said_to_be_so():
    assert source("BMF_WMD").licence_verified == "no"
