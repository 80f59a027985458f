"""What the trade codes do not see is said beside what they show."""

from __future__ import annotations

from sogdia.brief import Report
from sogdia.data import Store
from sogdia.render.blocks import Section, Text, walk


def test_a_product_is_unseen_when_none_of_its_codes_is_in_the_store(report: Report, store: Store) -> None:
    covered = set(store.scan("products").collect()["hs6"])
    assert report.unseen.height > 0
    assert all(not covered & set(codes.split(";")) for codes in report.unseen["hs1992"])
    assert {"720241", "810810"} <= set(";".join(report.unseen["hs1992"]).split(";"))


def test_the_partners_section_names_them(report: Report, parts: tuple[Section, ...]) -> None:
    said = [b for part in parts for b in walk(part.blocks) if isinstance(b, Text) and "do not see" in b.sub]
    assert len(said) == 1
    assert all(output in said[0].paragraphs[0] for output in report.unseen["output"])
