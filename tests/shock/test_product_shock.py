"""Can a product be shocked with every figure told, and is it refused where the main figures are missing?"""

from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study
from sogdia.codes import economy
from sogdia.data.products import REST, ProductTables
from sogdia.errors import NoAnswerError
from sogdia.shock.market_shock import Shock
from sogdia.shock.product_choice import product_asked
from sogdia.shock.product_figures import FIGURES, product_figures

DRAWS = 4


@pytest.fixture(scope="module")
def japan() -> Study:
    return Study("JPN")


def figure(answer: Shock, variable: str, role: str = "importer", stat: str = "central") -> float:
    rows = answer.rows.filter(pl.col("role") == role, pl.col("variable") == variable, pl.col("partner").is_null())
    return float(rows[stat][0])


@pytest.mark.parametrize(
    ("word", "product"),
    [("gallium", "gallium_metal"), ("antimony trioxide", "antimony_oxide"), ("282580", "antimony_oxide"),
     ("magnesium", "magnesium_metal"), ("lithium hydroxide", "lithium_hydroxide"), ("ferrochrome", "ferrochrome"),
     ("antimony", None), ("rare earths", None), ("tungsten", None)],
)  # fmt: skip
def test_a_word_means_a_product_where_it_is_not_all_of_a_mineral(japan: Study, word: str, product: str | None) -> None:
    found = product_asked(japan.store, japan.importer, word, [2024])
    assert (found.key if found else None) == product


def test_a_loss_of_the_main_maker_costs_what_the_figures_say(japan: Study) -> None:
    answer = japan.shock("gallium", embargo="CHN", draws=DRAWS)
    assert figure(answer, "imports", stat="base") == pytest.approx(96.5)
    assert figure(answer, "price_paid") > 1.2
    assert figure(answer, "imports") < 96.5
    shares = answer.rows.filter(pl.col("variable") == "source_share")
    assert dict(shares.select("partner", "base").iter_rows())["CHN"] == pytest.approx(55 / 96.5)
    assert answer.title.startswith("JPN, Gallium metal: CHN stops exports")


def test_every_figure_of_a_compact_market_has_its_source_year_and_evidence(japan: Study) -> None:
    content = japan.shock("antimony trioxide", cut="CHN=0.4", draws=DRAWS).to_dict()
    assert (content["product"], content["mineral"], content["stage"]) == ("antimony_oxide", "antimony", "compound")
    assert content["importer"] == "JPN"
    assert content["years"] == [2020, 2024]
    figures = content["figures"]
    assert {f["figure"] for f in figures} == {"output", "exports", "purchases", "price"}
    assert all(set(f) == set(FIGURES) for f in figures)
    assert all(f["source_id"] and f["year"] and f["evidence"] in {"seen", "derived", "assumed"} for f in figures)
    cited = set(content["sources"])
    assert {f["source_id"] for f in figures} <= cited
    imports = next(r for r in content["rows"] if r["variable"] == "imports" and r["role"] == "importer")
    assert imports["unit"] == "t"
    assert imports["base"] == pytest.approx(2524.4 + 364)


def test_a_restriction_on_all_buyers_hurts_more_than_one_on_the_importer_where_exports_are_known(japan: Study) -> None:
    """Others bid for what is left only where they lost theirs too."""
    alone, everybody = (japan.shock("gallium", embargo=e, draws=1) for e in ("CHN:JPN", "CHN"))
    of_others = [figure(a, "price_paid", "consumer") for a in (alone, everybody)]
    assert figure(everybody, "price_paid") >= figure(alone, "price_paid") - 1e-9
    others = [
        a.rows.filter(pl.col("country") == "rest of the world", pl.col("variable") == "price_paid")["central"][0]
        for a in (alone, everybody)
    ]
    assert others[0] < 1.0 < others[1], of_others


def test_where_exports_are_not_known_the_least_and_the_most_are_told(japan: Study) -> None:
    answer = japan.shock("nickel metal", cut="CAN=1", draws=1)
    told = [note for note in answer.notes if "exports in all is not known" in note]
    assert len(told) == 1
    assert "CAN" in told[0]
    most = float(told[0].split("would pay ")[1].split(" times")[0])
    assert most > figure(answer, "price_paid") > 1.0


def test_a_fall_of_output_hits_all_buyers(japan: Study) -> None:
    answer = japan.shock("gallium", output="CHN=0.5", draws=1)
    consumers = answer.rows.filter(pl.col("variable") == "reduced_use", pl.col("role").is_in(["importer", "consumer"]))
    assert (consumers["central"] > 0).all()


def test_hubs_are_seen_through_where_asked(japan: Study) -> None:
    plain, through = (japan.shock("gallium", embargo="CHN", through_hubs=on, draws=1) for on in (False, True))
    assert figure(through, "price_paid") > figure(plain, "price_paid")
    assert figure(through, "imports", stat="base") == pytest.approx(figure(plain, "imports", stat="base"))


def test_the_base_stays_the_base(japan: Study) -> None:
    answer = japan.shock("magnesium", output="CHN=1", draws=1)
    assert figure(answer, "price_paid") == pytest.approx(1.0, abs=1e-9)
    assert figure(answer, "use") == pytest.approx(figure(answer, "use", stat="base"))


@pytest.mark.parametrize(
    ("importer", "product", "said"),
    [
        ("JPN", "ferrochrome", "no purchases of Japan by origin"), ("JPN", "ferrochrome", "KAZ 22%"),
        ("USA", "gallium", "their total is not known"), ("KOR", "antimony trioxide", "total is not known"),
        ("JPN", "refined tin", "nobody's output is known"), ("EU27", "gallium", "by country"),
        ("JPN", "helium", "million m3"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_and_never_zero(importer: str, product: str, said: str) -> None:
    with pytest.raises(NoAnswerError, match=said):
        Study(importer).shock(product, embargo="CHN", draws=1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"embargo": "BLR"}, "ask for a fall of its output"), ({"embargo": "CHN", "stage": "ore"}, "one stage, metal"),
        ({"corridor": "red_sea"}, "corridor states"), ({"embargo": "XKX"}, "no source names it among the makers"),
    ],
)  # fmt: skip
def test_what_a_compact_market_cannot_answer_is_refused_with_a_remedy(japan: Study, asked: dict, said: str) -> None:
    word = "nickel metal" if asked.get("embargo") != "BLR" else "potash"
    with pytest.raises(NoAnswerError, match=said):
        japan.shock(word, draws=1, **asked)


def test_a_refused_mineral_names_the_product_that_can_be_shocked(japan: Study) -> None:
    with pytest.raises(NoAnswerError, match=r'"antimony_metal", "antimony_oxide".*sogdia shock "antimony_metal"'):
        japan.shock("antimony", embargo="CHN", draws=1)
    with pytest.raises(NoAnswerError, match=r'"lithium_carbonate"'):
        japan.shock("lithium", embargo="CHN", draws=1)


def test_without_a_price_there_is_no_money(japan: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProductTables, "price", lambda *_: None)
    answer = japan.shock("gallium", embargo="CHN", draws=1)
    money = answer.rows.filter(pl.col("unit") == "kUSD")
    assert money.height
    assert money.select("base", "low", "central", "high").null_count().row(0) == (money.height,) * 4
    assert figure(answer, "price_paid") > 1.0
    assert any("No price of the product is known" in note for note in answer.notes)


def test_trade_at_six_digits_makes_a_bilateral_market(japan: Study) -> None:
    answer = japan.shock("lithium hydroxide", embargo="CHN", draws=1)
    assert answer.figures is not None
    assert answer.figures.is_empty()
    assert answer.coverage is not None
    assert answer.coverage.missing_codes == ()
    assert answer.rows.filter(pl.col("role") == "consumer")["country"].n_unique() > 5


def test_exporters_reports_are_taken_where_they_hold_nearly_all(japan: Study) -> None:
    tables = ProductTables(japan.store)
    magnesium = product_figures(japan.store, economy("JPN"), tables.product("magnesium_metal"), 2024)
    nickel = product_figures(japan.store, economy("JPN"), tables.product("nickel_metal"), 2024)
    assert magnesium.compact.bought_t["CHN"] == pytest.approx(28037, rel=1e-3)
    assert any("exporters report" in note for note in magnesium.notes)
    assert nickel.compact.bought_t["AUS"] == pytest.approx(493172 / 16.814, rel=1e-3)
    assert any("at 16,814 USD/t of 2024" in note for note in nickel.notes)
    assert REST not in nickel.compact.bought_t


def test_a_quota_needs_exports_that_are_known(japan: Study) -> None:
    with pytest.raises(NoAnswerError, match=r"AUS exports of nickel_metal in all is not known.*AUS:JPN=9000"):
        japan.shock("nickel metal", quota="AUS=9000", draws=1)
    limited = japan.shock("nickel metal", quota="AUS:JPN=9000", draws=1)
    source = limited.rows.filter(pl.col("variable") == "source", pl.col("partner") == "AUS")
    assert source["central"][0] == pytest.approx(9000, rel=1e-6)
    assert figure(japan.shock("gallium", quota="CHN=30", draws=1), "price_paid") > 1.0


def test_buyers_of_the_pooled_rest_are_called_so(japan: Study) -> None:
    with pytest.raises(NoAnswerError, match="purchases are in the pooled rest"):
        japan.shock("gallium", demand="USA=1.2", draws=1)
    both = japan.shock("gallium", cut="CHN:JPN,USA=0.4", draws=1)
    assert any("What USA buys of CHN is in the pooled rest" in note for note in both.notes)


def test_a_shock_says_how_much_of_the_trade_the_codes_see(japan: Study) -> None:
    content = japan.shock("graphite", embargo="CHN", draws=1).to_dict()
    assert (content["coverage"], content["missing_codes"]) == ("main_form", ["380110"])
    assert "artificial" in content["coverage_why"]
    assert (content["product"], content["figures"], content["years"]) == (None, [], [2024])
    oxide = japan.shock("antimony trioxide", cut="CHN=0.4", draws=1).to_dict()
    assert (oxide["coverage"], oxide["missing_codes"]) == ("fringe", ["282580"])


def test_an_importer_that_sells_as_much_as_it_buys_is_told_so_without_a_warning(japan: Study) -> None:
    with pytest.raises(NoAnswerError, match="JPN is left without use of cobalt"):
        japan.shock("cobalt", output="CHN=0.5", through_hubs=True, year=2024, draws=1, stage="metal")
    with pytest.raises(NoAnswerError, match="no source here names its makers"):
        japan.shock("tantalum metal", output="CHN=0.5", through_hubs=True, draws=1)
