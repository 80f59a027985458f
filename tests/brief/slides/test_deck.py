"""The slides: native charts and tables with the figures of the summary, and the sources of each in the notes."""

from __future__ import annotations

import io
import shutil
import subprocess

import pypdf
import pytest
from pptx import Presentation

from sogdia import Study
from sogdia.brief.make import BriefAsked, evidence_for
from sogdia.brief.slides import deck, library
from sogdia.brief.summary.cited import text_of
from sogdia.brief.summary.compose import compose
from sogdia.brief.summary.costs import SHOWN, priced_losses
from sogdia.brief.summary.risk_picture import risk_points
from sogdia.data.provenance import sources
from sogdia.errors import SogdiaError
from sogdia.plan.for_report import PlanFound

PLAN = {
    "chosen": [
        {"project": "stock", "name": "Stock", "country": None, "market": "cobalt", "cost_musd": 10.0,
         "yearly_cost_musd": 0.7, "yearly_worth_musd": 1.4},
        {"project": "mine", "name": "A mine (open pit)", "country": "KAZ", "market": "graphite", "cost_musd": 30.0,
         "yearly_cost_musd": 2.0, "yearly_worth_musd": 3.0},
    ],
    "not_chosen": [], "agreement": [{"project": "stock"}, {"project": "mine"}],
    "expected_loss_musd": {"before": 90.0, "after": 85.0}, "cvar_musd": {"before": 700.0, "after": 650.0},
    "importer": {"avoided_loss_musd": {"price": 1.0, "insurance": 3.0, "transfer": 1.0, "total": 5.0},
                 "yearly_cost_musd": 2.7},
    "partners": [{"country": "KAZ", "output_musd": 20.0, "value_added_low_musd": 5.0, "value_added_high_musd": 9.0,
                  "jobs": 120.0}],
    "others": {"total_musd": 2.0, "by_country": {}}, "sample_gap": {"same_plan": 9, "batches": 10},
    "timeline": [{"project": "mine", "name": "A mine (open pit)", "country": "KAZ", "start": 2026,
                  "operating_from": 2029, "operating_to": 2040, "cost_musd": 30.0},
                 {"project": "stock", "name": "Stock", "country": None, "start": 2027,
                  "operating_from": 2028, "operating_to": 2040, "cost_musd": 10.0}],
    "sources": {"CEPII_BACI": ""},
}  # fmt: skip


@pytest.fixture(scope="module")
def evidence():
    """Japan with Kazakhstan on a few minerals, and a plan of two projects."""
    study = Study("JPN", partners=["KAZ"])
    minerals = study.minerals(["graphite", "cobalt", "chromium", "rare_earths"])
    asked = BriefAsked(study.store, study.importer, study.partners, minerals, study.year(), False)
    made, _ = evidence_for(asked, lambda: PlanFound(PLAN, "", 1), annex=False)
    return made


@pytest.fixture(scope="module")
def slides(evidence):
    """The presentation read back."""
    return Presentation(io.BytesIO(deck(evidence, compose(evidence))))


def charts(slides):
    return [shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart]


def test_native_charts_hold_the_figures_of_the_summary(slides, evidence):
    risk, losses, plan, line, ways = charts(slides)
    drawn = [point for series in risk.plots[0].series for point in series.values]
    assert sorted(drawn) == sorted(point.value for point in risk_points(evidence))
    central = next(series for series in losses.plots[0].series if series.name == "central")
    assert list(central.values) == [loss.central for loss in reversed(priced_losses(evidence)[:SHOWN])]
    assert [list(series.values) for series in plan.plots[0].series] == [[0.7, 2.0], [1.4, 3.0]]
    assert [list(series.values) for series in line.plots[0].series] == [[2027, 2026], [1, 3], [13, 12]]
    assert len(ways.plots[0].categories) == len(evidence.corridors.ways)


def test_the_three_lines_stand_on_the_first_slide(slides, evidence):
    texts = {shape.text_frame.text for shape in slides.slides[0].shapes if shape.has_text_frame}
    assert {text_of(line.sentence) for line in compose(evidence).lines} <= texts


def test_the_notes_name_known_sources_for_every_figure(slides):
    known = sources()
    for slide in list(slides.slides)[:-1]:
        lines = slide.notes_slide.notes_text_frame.text.splitlines()[1:]
        for line in lines:
            figure, ids = line.rsplit(": ", 1)
            assert figure
            assert set(ids.split(", ")) <= set(known)
    assert any("CEPII_BACI" in slide.notes_slide.notes_text_frame.text for slide in slides.slides)


def test_equal_summaries_have_equal_slides_but_for_the_ids_of_their_parts(evidence):
    first, second = (deck(evidence, compose(evidence)) for _ in range(2))
    one, other = (Presentation(io.BytesIO(file)) for file in (first, second))
    assert [[s.name for s in slide.shapes] for slide in one.slides] == [
        [s.name for s in slide.shapes] for slide in other.slides
    ]


def test_japanese_slides_are_in_japanese(evidence):
    made = Presentation(io.BytesIO(deck(evidence, compose(evidence, "ja"))))
    assert "日本" in made.core_properties.title


def test_a_missing_library_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setattr(library, "find_spec", lambda _: None)
    with pytest.raises(SogdiaError, match=r"sogdia\[pptx\]"):
        library.must_be_there()


def test_another_program_opens_the_slides_without_repair(evidence, tmp_path):
    office = shutil.which("soffice")
    assert office, "LibreOffice (impress, without a display) opens the slides in this test: install it"
    (tmp_path / "slides.pptx").write_bytes(deck(evidence, compose(evidence)))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "slides.pptx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "slides.pdf").pages
    assert len(pages) == len(Presentation(tmp_path / "slides.pptx").slides)
    assert "A mine" in " ".join(page.extract_text() for page in pages)
