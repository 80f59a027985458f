"""The summary: true lines of forty words, figures that all lead to sources, and no heading over nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from sogdia.brief import Report
from sogdia.brief.files import resolved
from sogdia.brief.sections import exposure, overview
from sogdia.brief.summary import Cited, Summary, SummaryEvidence, compose
from sogdia.brief.summary.cited import Wording, text_of
from sogdia.brief.summary.costs import priced_losses
from sogdia.brief.summary.exposed import concentration, ranked_rows, unseen
from sogdia.brief.summary.gather import evidence_of
from sogdia.brief.summary.page import summary_page
from sogdia.brief.summary.parts import LETTERS_OF_A_WORD, Drawing, Sentences, SummaryTable
from sogdia.brief.summary.risk_picture import risk_points
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.provenance import sources
from sogdia.errors import UnknownNameError
from sogdia.plan.for_report import SOME_MINERALS, UNANSWERED, PlanFound
from sogdia.render.blocks import Highlights
from sogdia.render.languages import catalogue
from support.summaries import MINE, STOCK, plan_of, project, with_plan

MOST_WORDS, MOST_IN_LINES = 900, 40
YEAR = re.compile(r"\b(19|20)\d\d\b")


def lines_of(evidence: SummaryEvidence) -> list[str]:
    return [text_of(line.sentence) for line in compose(evidence).lines]


def test_every_figure_of_the_summary_leads_to_a_source_that_is_known(summary: Summary) -> None:
    assert len(summary.figures) > 80
    assert resolved(summary.figures) == len(summary.figures)
    assert all(note.source_ids and set(note.source_ids) <= set(sources()) for note in summary.notes)
    assert {figure.topic for figure in summary.figures} == {note.topic for note in summary.notes}


def test_a_figure_without_a_source_or_with_an_unknown_one_is_counted_as_such() -> None:
    figures = [Cited("1", ("CEPII_BACI",), "trade"), Cited("2", (), "trade"), Cited("3", ("NOBODY",), "trade")]
    assert resolved(figures) == 1


def test_no_number_stands_in_the_words_beside_the_figures(summary: Summary) -> None:
    written = [line.sentence for line in summary.lines]
    written += [part for one in summary.headlines for part in (one.value, one.label, one.meaning)]
    written += [
        caption for part in summary.parts for block in part.blocks
        for caption in (block.sentences if isinstance(block, Sentences) else (block.caption,))
    ]  # fmt: skip
    words = " ".join(piece for sentence in written for piece in sentence if isinstance(piece, str))
    assert not re.search(r"\d", YEAR.sub("", words)), words


def test_the_summary_has_at_most_900_words_and_its_lines_40(summary: Summary) -> None:
    assert 300 < summary.words <= MOST_WORDS
    lines = " ".join(f"{line.label} {text_of(line.sentence)}" for line in summary.lines)
    assert len(lines.split()) <= MOST_IN_LINES, lines


def test_the_first_line_counts_minerals_that_one_country_sells_most_of_and_no_hub(evidence: SummaryEvidence) -> None:
    found = concentration(evidence)
    rows = ranked_rows(evidence).filter(pl.col("top_supplier_weight_share") > 0.5)
    own = rows.filter(pl.col("top_supplier_mark").is_null())
    assert (found.single, found.hubs) == (own.height, rows.height - own.height)
    assert found.led == own.filter(pl.col("top_supplier") == found.leader).height
    assert lines_of(evidence)[0] == (
        f"{found.single} of {found.ranked} ranked imports come mostly from one country, {found.led} from China."
    )


def test_the_annex_counts_them_as_the_summary_does(evidence: SummaryEvidence, japan: Report, store: Store) -> None:
    found = concentration(evidence)
    whole = replace(japan, exposure=evidence.exposure, minerals=tuple(store.minerals.values()))
    highlights = next(block for block in overview.section(whole).blocks if isinstance(block, Highlights))
    assert [item.value for item in highlights.items[:2]] == [f"{found.single} of {found.ranked}", str(found.led)]
    assert f"{found.single} of the {found.ranked} ranked minerals" in exposure.section(whole).lead


def test_the_second_line_is_the_costliest_loss_with_its_whole_band(evidence: SummaryEvidence) -> None:
    losses = priced_losses(evidence)
    first = losses[0]
    assert first.central == max(loss.central for loss in losses)
    assert len({loss.market for loss in losses}) == len(losses)
    line = lines_of(evidence)[1]
    assert "iron ore from Australia" in line
    assert first.low < 0 < first.high
    assert line.endswith("(1.73 gained to 6.61 lost).")


@pytest.mark.parametrize(
    ("plan", "weighed", "said"),
    [
        (plan_of(MINE, STOCK), 9, "Insure: back graphite in Kazakhstan, buy 1 stock."),
        (plan_of(MINE, STOCK, saved=20.0), 9,
         "Back graphite in Kazakhstan and 1 stock: they save more than they cost."),
        (plan_of(MINE), 9, "Insure: back graphite in Kazakhstan."),
        (plan_of(STOCK), 9, "1 stock insures; no partner's project repays Japan alone."),
        (plan_of(STOCK, saved=20.0), 9, "Buy 1 stock; no partner's project repays Japan alone."),
        (plan_of(STOCK), 0, "1 stock insures; no partner's project is on record."),
        (plan_of(), 9, "Support nothing: no project repays Japan alone."),
        (plan_of(), 0, "Buy no stock: none repays Japan; no partner's project is on record."),
        (plan_of(MINE, project("plant", "UZB", "copper", 1.0, 3.0)), 9,
         "Insure: back 2 projects in Uzbekistan and Kazakhstan."),
        (None, 0, "Nothing yet: no project can be weighed with these data."),
    ],
)  # fmt: skip
def test_the_third_line_says_what_the_plan_is_and_no_more(
    evidence: SummaryEvidence, plan: dict[str, object] | None, weighed: int, said: str
) -> None:
    assert lines_of(with_plan(evidence, plan, weighed))[2] == said


def kind(name: str, effect: str, country: str | None, market: str | None) -> dict[str, object]:
    """A chosen project of a kind."""
    return {**project(name, country, market or "", 3.0, 4.0), "effect": effect, "market": market}


SCRAP = kind("recycling_gallium", "recycling", "JPN", "gallium_metal")
CONTRACT = kind("aksu_ferroalloys", "offtake", "KAZ", "ferro_alloys")
RAIL = kind("almaty_bypass", "corridor", "KAZ", None)
HARDENED = kind("harden_kadamjay", "hardening", "KGZ", None)
HELD = {**STOCK, "effect": "stock"}


@pytest.mark.parametrize(
    ("chosen", "weighed", "said"),
    [
        ([SCRAP], 9, "Insure: 1 scrap project at home. No partner's project repays Japan alone."),
        ([SCRAP, HELD], 0, "Insure: 1 scrap project at home, 1 stock. No partner's project is on record."),
        ([CONTRACT, HELD], 9, "Insure: 1 purchase contract in Kazakhstan, 1 stock."),
        ([RAIL], 9, "Insure: 1 corridor in Kazakhstan."),
        ([HARDENED], 9, "Insure: 1 hardening in Kyrgyzstan."),
        ([RAIL, CONTRACT, HARDENED], 9, "Insure: 3 projects in Kazakhstan and Kyrgyzstan."),
        ([{**MINE, "effect": "supply"}, HELD], 9, "Insure: back graphite in Kazakhstan, buy 1 stock."),
    ],
)
def test_the_third_line_calls_a_stock_a_stock_and_every_other_kind_by_its_word(
    evidence: SummaryEvidence, chosen: list[dict[str, object]], weighed: int, said: str
) -> None:
    assert lines_of(with_plan(evidence, plan_of(*chosen), weighed))[2] == said


@pytest.mark.parametrize(
    ("chosen", "language", "cells"),
    [
        (SCRAP, "en", ["Recycling_Gallium works (scrap)", "at home"]),
        (CONTRACT, "en", ["Aksu_Ferroalloys works (contract)", "Kazakhstan"]),
        (HELD, "en", ["Stock of lithium hydroxide", "at home"]),
        (SCRAP, "ja", ["国内スクラップからのガリウム回収", "国内"]),
        (CONTRACT, "ja", ["アクス合金鉄工場（購入契約）", "カザフスタン"]),
        (RAIL, "ja", ["アルマティ迂回線（輸送路）", "カザフスタン"]),
        (kind("own", "supply", "KAZ", "graphite"), "ja", ["Own works", "カザフスタン"]),
    ],
)
def test_the_table_names_a_project_in_the_language_and_says_its_kind(
    evidence: SummaryEvidence, chosen: dict[str, object], language: str, cells: list[str]
) -> None:
    made = compose(with_plan(evidence, plan_of(chosen)), language)
    (part,) = [part for part in made.parts if part.key == "plan"]
    table = part.blocks[0]
    assert isinstance(table, SummaryTable)
    assert [text_of(cell) for cell in table.rows[0][:2]] == cells


def test_a_name_without_a_form_in_the_language_is_marked_as_english(evidence: SummaryEvidence) -> None:
    own = kind("own", "supply", "KAZ", "graphite")
    assert '<span lang="en">Own works</span>' in summary_page(compose(with_plan(evidence, plan_of(own)), "ja"))


def test_the_japanese_summary_has_at_most_900_words(evidence: SummaryEvidence) -> None:
    assert 300 < compose(evidence, "ja").words <= MOST_WORDS


def test_a_word_of_japanese_is_as_many_letters_as_the_catalogues_say() -> None:
    slot, (english, japanese) = re.compile(r"\{[^}]*\}"), (catalogue(code).texts for code in ("en", "ja"))
    pairs = [
        [slot.sub("", text if isinstance(text, str) else text["other"]) for text in (english[key], japanese[key])]
        for key in english
    ]
    whole = [pair for pair in pairs if len(pair[0].split()) >= 4]
    letters = sum(len("".join(pair[1].split())) for pair in whole)
    assert letters / sum(len(pair[0].split()) for pair in whole) == pytest.approx(LETTERS_OF_A_WORD, abs=0.1)


@pytest.mark.parametrize(("why", "said"), [(UNANSWERED, "No project can be weighed"), (SOME_MINERALS, "has none")])
def test_without_a_plan_the_part_says_why(evidence: SummaryEvidence, why: str, said: str) -> None:
    made = compose(with_plan(evidence, None, 0, why))
    (part,) = [part for part in made.parts if part.key == "plan"]
    (block,) = part.blocks
    assert isinstance(block, Sentences)
    assert said in text_of(block.sentences[0])
    assert len(made.headlines) == 2


def test_the_plan_shows_both_sides_and_when(summary: Summary) -> None:
    (part,) = [part for part in summary.parts if part.key == "plan"]
    table, timeline, words = part.blocks
    assert isinstance(table, SummaryTable)
    assert isinstance(timeline, Drawing)
    assert [text_of(cell) for cell in table.rows[1]] == ["Mine works", "Kazakhstan", "30.0", "3.00", "4.00", "4.00"]
    assert "2026" in text_of(timeline.caption)
    assert isinstance(words, Sentences)
    said = text_of(words.sentences[0])
    assert "Kazakhstan gains" in said
    assert "and 120 jobs" in said
    assert "7 of 10 parts" in said


def test_minerals_that_the_codes_do_not_see_are_named_and_not_ranked(
    evidence: SummaryEvidence, summary: Summary
) -> None:
    hidden = unseen(evidence)
    assert hidden
    assert not set(hidden) & {point.mineral for point in risk_points(evidence)}
    (part,) = [part for part in summary.parts if part.key == "limits"]
    assert f"{len(hidden)} minerals are bought mostly in forms" in text_of(part.blocks[0].sentences[0])  # type: ignore[union-attr]


def test_hollow_points_are_those_of_which_a_part_of_the_chain_is_seen(evidence: SummaryEvidence) -> None:
    coverage = dict(evidence.exposure.records.select("mineral", "coverage").iter_rows())
    for point in risk_points(evidence):
        assert point.hollow == (coverage[point.mineral] != "whole_chain")


def test_no_part_has_a_heading_over_nothing(germany: Report) -> None:
    made = compose(evidence_of(germany, PlanFound(None, SOME_MINERALS)))
    for part in made.parts:
        for block in part.blocks:
            assert not isinstance(block, SummaryTable) or block.rows
            assert not isinstance(block, Sentences) or block.sentences
    assert "claims" not in {part.key for part in made.parts}
    assert resolved(made.figures) == len(made.figures)


def test_an_importer_of_nothing_ranked_is_told_so(evidence: SummaryEvidence) -> None:
    records = evidence.exposure.records.filter(pl.col("rank_group") != "ranked")
    none = replace(evidence, exposure=replace(evidence.exposure, records=records))
    assert lines_of(none)[0] == "No import of minerals that can be ranked is on record for Japan."
    assert not {"picture", "exposures"} & {part.key for part in compose(none).parts}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_region_of_the_reader_s_own_keeps_the_name_it_was_given(germany: Report, language: str) -> None:
    club, friends = Region("CLUB", "CLUB", ("DEU",)), Region("FRIENDS", "FRIENDS", ("CHL", "AUS"))
    asked = replace(evidence_of(germany, PlanFound(None, SOME_MINERALS)), importer=club, partners=(friends,))
    made = compose(asked, language)
    assert "CLUB" in made.title
    assert "FRIENDS" in made.kicker


def test_a_language_that_there_is_not_is_an_error(evidence: SummaryEvidence) -> None:
    with pytest.raises(UnknownNameError, match="latin"):
        compose(evidence, "latin")


def test_a_sentence_keeps_its_figures_in_the_order_of_the_language() -> None:
    say = Wording(catalogue("en"))
    part, whole = Cited("3", ("CEPII_BACI",), "trade"), Cited("9", ("CEPII_BACI",), "trade")
    assert say("summary.headline.of", part=part, whole=whole) == (part, " of ", whole)
    assert text_of(Wording(catalogue("ja"))("summary.headline.of", part=part, whole=whole)) == "9品目中3品目"


def test_a_name_with_marks_of_figures_in_it_cannot_take_the_place_of_one() -> None:
    say = Wording(catalogue("en"))
    cost = Cited("5", ("CEPII_BACI",), "trade")
    said = say("summary.ways.without", country="\ue0000\ue001", cost=cost, days=cost, through="x")
    assert text_of(said) == "Without 0: USD 5 and 5 days through x."
