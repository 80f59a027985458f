"""The claims of the embedded data, and what becomes of a verdict when the data change."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from sogdia.claims import VERDICTS, ClaimKind, Claims, claims, kinds, register
from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import ClaimQuestion
from sogdia.claims.settings import checks, published
from sogdia.data import Store, catalogue, open_store
from sogdia.data.provenance import sources
from sogdia.errors import InputError, UnknownNameError
from sogdia.study import Study

PACKAGE = Path(__file__).parents[2] / "src" / "sogdia" / "claims"
RARE_EARTHS = ["280530", "284610", "284690"]
UNITS = {0, 1, 2, 4, 100.0, 1000.0, 1e-9, 6}
"""Places in a list, unit factors, the characters of a year, names shown: no figure of a claim is among them."""


@pytest.fixture(scope="module")
def answer(store: Store) -> Claims:
    return claims(store)


@pytest.fixture
def changed(store: Store, tmp_path: Path) -> Callable[..., str]:
    """The verdict on a claim in a store where one table was changed."""

    def verdict(claim_id: str, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> str:
        folder = tmp_path / "own"
        folder.mkdir()
        rows = change(store.scan(table).collect())
        rows.write_csv(folder / f"{table}.csv")
        entry = catalogue.entry_for(
            folder, f"{table}.csv", table=table, rows=rows.height, source_ids=store.source_ids(table)
        )
        catalogue.write(folder, (entry,))
        return claims(open_store(folder), [claim_id]).findings[0].verdict

    return verdict


@pytest.fixture
def traded(store: Store, tmp_path: Path) -> Callable[..., str]:
    """The verdict on a claim in a store where one year's trade was changed."""

    def verdict(claim_id: str, year: int, change: Callable[[pl.DataFrame], pl.DataFrame]) -> str:
        folder = tmp_path / "own"
        folder.mkdir()
        rows = change(store.trade(years=[year]).collect())
        rows.write_parquet(folder / "trade.parquet")
        entry = catalogue.entry_for(
            folder, "trade.parquet", table="trade", rows=rows.height, source_ids=store.source_ids("trade"),
            years=(year,),
        )  # fmt: skip
        catalogue.write(folder, (entry,))
        return claims(open_store(folder), [claim_id]).findings[0].verdict

    return verdict


def scaled(column: str, factor: float, *where: pl.Expr) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def change(rows: pl.DataFrame) -> pl.DataFrame:
        chosen = pl.all_horizontal(*where) if where else pl.lit(True)
        return rows.with_columns(pl.when(chosen).then(pl.col(column) * factor).otherwise(column).alias(column))

    return change


def test_there_are_twenty_two_claims_in_order(answer: Claims) -> None:
    assert [finding.claim.claim_id for finding in answer.findings] == [f"C{n:02}" for n in range(1, 23)]


def test_every_verdict_occurs_and_no_other(answer: Claims) -> None:
    assert {finding.verdict for finding in answer.findings} == set(VERDICTS)


def test_every_record_has_the_fields_that_programs_read(answer: Claims) -> None:
    fields = {"claim_id", "subject", "statement", "unit", "year", "verdict", "ours", "stated", "source_ids", "method",
              "note", "definition"}  # fmt: skip
    assert all(fields <= set(record) for record in answer.records())


def test_every_source_resolves(answer: Claims) -> None:
    assert set(answer.sources()) <= set(sources())
    rows = [row for table in (checks(), published()) for group in table.values() for row in group]
    assert {one for row in rows for one in row.source_ids} <= set(sources())


def test_what_can_be_judged_has_a_figure_a_method_and_a_source_of_its_own(answer: Claims) -> None:
    judged = [finding for finding in answer.findings if finding.verdict != "cannot be checked"]
    assert all(f.shown is not None and f.shown.value is not None and f.methods for f in judged)
    assert all(f.shown is not None and f.shown.source_ids for f in judged)


def test_what_cannot_be_checked_says_what_would_show_it(answer: Claims) -> None:
    unknown = [finding for finding in answer.findings if finding.verdict == "cannot be checked"]
    assert unknown
    assert all(finding.claim.test in finding.note and finding.shown is None for finding in unknown)


def test_every_claim_is_named_by_a_check_of_a_known_kind(answer: Claims) -> None:
    assert set(checks()) == {finding.claim.claim_id for finding in answer.findings}
    assert {row.check for rows in checks().values() for row in rows} == set(kinds())
    assert set(published()) <= set(checks())


def test_no_figure_of_a_claim_stands_in_python(answer: Claims) -> None:
    numbers = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    }
    assert numbers <= UNITS
    assert not UNITS & {finding.claim.value for finding in answer.findings}


def test_rare_earth_metals_agree_only_with_freight_and_insurance(answer: Claims) -> None:
    (finding,) = [f for f in answer.findings if f.claim.claim_id == "C06"]
    by_agreement = {reading.definition: reading.agrees for reading in finding.readings}
    assert [name for name, agreed in by_agreement.items() if agreed] == [finding.definition]
    assert "CIF" in str(finding.definition)


def test_the_tables_long_form_has_each_reading_and_each_statement(answer: Claims) -> None:
    table = answer.table()
    readings = sum(len(finding.readings) for finding in answer.findings)
    assert table.filter(variable="stated").height == len(answer.findings)
    assert table.filter(variable="ours").height == readings


def test_reserves_as_stated_make_the_claim_hold_under_a_definition(changed: Callable[..., str]) -> None:
    kazakh = (pl.col("mineral") == "zinc", pl.col("country") == "KAZ", pl.col("measure") == "usgs_economic")
    up = scaled("reserves_t", 13.0 / (7.4 / 2.4), *kazakh)
    assert changed("C04", "reserves", up) == "holds under definition"


def test_reserves_far_from_the_stated_share_make_the_claim_fail(changed: Callable[..., str]) -> None:
    kazakh = (pl.col("mineral") == "zinc", pl.col("country") == "KAZ")
    assert changed("C04", "reserves", scaled("reserves_t", 0.01, *kazakh)) == "does not hold"


def test_reserves_without_a_figure_cannot_be_checked(changed: Callable[..., str]) -> None:
    gone = changed("C03", "reserves", lambda rows: rows.filter(pl.col("country") != "KAZ"))
    assert gone == "cannot be checked"


def test_another_stated_figure_changes_the_verdict(changed: Callable[..., str]) -> None:
    assert changed("C21", "claims", scaled("value", 1.001, pl.col("claim_id") == "C21")) == "does not hold"


@pytest.mark.parametrize(
    ("claim_id", "stated", "verdict"),
    [
        ("C01", 80.0, "does not hold"), ("C02", 5.0, "does not hold"), ("C03", 10.1, "holds under definition"),
        ("C05", 30.0, "cannot be checked"), ("C07", 9.0, "does not hold"), ("C08", 95.0, "does not hold"),
        ("C09", 2.0, "does not hold"), ("C10", 800.0, "does not hold"), ("C11", 40.0, "does not hold"),
        ("C11", 55.0, "holds under definition"), ("C12", 800.0, "cannot be checked"), ("C13", 9000.0, "does not hold"),
        ("C15", 4.3, "holds under definition"), ("C20", 2014.0, "does not hold"), ("C22", 1992.0, "does not hold"),
    ],
)  # fmt: skip
def test_the_verdict_follows_the_stated_figure(
    changed: Callable[..., str], claim_id: str, stated: float, verdict: str
) -> None:
    one = pl.col("claim_id") == claim_id
    restated = pl.when(one).then(pl.lit(stated)).otherwise("value").alias("value")
    assert changed(claim_id, "claims", lambda rows: rows.with_columns(restated)) == verdict


def test_a_reserve_of_titanium_makes_its_claim_one_that_can_be_checked(changed: Callable[..., str]) -> None:
    def with_kazakh(rows: pl.DataFrame) -> pl.DataFrame:
        world = rows.filter(pl.col("mineral") == "titanium", pl.col("aggregate") == "world")
        own = world.with_columns(
            country=pl.lit("KAZ"), aggregate=pl.lit("country"), reserves_t=pl.col("reserves_t") * 0.09
        )
        return pl.concat([rows, own])

    assert changed("C05", "reserves", with_kazakh) == "holds"


def test_twice_the_trade_makes_the_claim_on_metals_fail(traded: Callable[..., str]) -> None:
    assert traded("C06", 2022, scaled("value_kusd", 2.0)) == "does not hold"


def test_no_trade_on_record_cannot_be_checked(traded: Callable[..., str]) -> None:
    gone = traded("C06", 2022, lambda rows: rows.filter(~pl.col("hs6").is_in(RARE_EARTHS)))
    assert gone == "cannot be checked"


def test_a_supplier_that_sells_little_does_not_supply_most(traded: Callable[..., str]) -> None:
    chinese = pl.col("exporter") == "CHN"
    small = traded("C17", 2010, scaled("value_kusd", 0.1, chinese))
    assert small == "holds under definition"


def test_prices_that_stay_do_not_rise_sharply(traded: Callable[..., str]) -> None:
    assert traded("C16", 2011, scaled("value_kusd", 0.05)) == "holds under definition"


def test_without_documented_restrictions_the_event_holds_by_prices_alone(changed: Callable[..., str]) -> None:
    gone = changed("C16", "restriction_events", lambda rows: rows.filter(pl.col("country") != "CHN"))
    assert gone == "holds under definition"


def test_an_alternative_that_exports_as_much_could_substitute(traded: Callable[..., str]) -> None:
    def uzbek(rows: pl.DataFrame) -> pl.DataFrame:
        chinese = rows.filter(pl.col("exporter") == "CHN")
        return pl.concat([rows.filter(pl.col("exporter") != "UZB"), chinese.with_columns(exporter=pl.lit("UZB"))])

    assert traded("C18", 2011, uzbek) == "holds under definition"


def test_projects_that_all_have_a_holder_leave_no_niche(changed: Callable[..., str]) -> None:
    assert changed("C19", "projects", lambda rows: rows.with_columns(partner=pl.lit("a company"))) == "holds"


def test_a_claim_of_the_users_own_without_a_check_cannot_be_checked(changed: Callable[..., str]) -> None:
    def with_own(rows: pl.DataFrame) -> pl.DataFrame:
        own = rows.head(1).with_columns(claim_id=pl.lit("OWN1"))
        return pl.concat([rows, own])

    assert changed("OWN1", "claims", with_own) == "cannot be checked"


def test_a_claim_is_found_by_its_id_in_any_case(store: Store) -> None:
    assert Study(store=store).claims(" c20 ").findings[0].claim.claim_id == "C20"


def test_an_unknown_claim_is_refused(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="C99"):
        claims(store, ["C99"])


def _none(_: ClaimQuestion) -> Iterator[ClaimReading]:
    yield from ()


def test_a_kind_of_check_is_known_while_it_is_registered() -> None:
    toy = ClaimKind("toy", "Nothing.", _none)
    with register(toy):
        assert kinds()["toy"] is toy
        with pytest.raises(InputError):
            register(toy).__enter__()
    assert "toy" not in kinds()
