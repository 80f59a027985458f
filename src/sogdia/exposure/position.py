"""The position of importers in each mineral: every indicator of the registry, for many importers at once.

One record is one economy, mineral and year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import coverage_grades
from sogdia.data.coverage_rules import CoverageRules, coverage_rules
from sogdia.exposure.answer import Exposure
from sogdia.exposure.caveats import split_notes
from sogdia.exposure.doubts import breaks, marked, supplier_marks
from sogdia.exposure.inputs import RECORD, Inputs, completed_history, load
from sogdia.exposure.measure import Columns, Indicator
from sogdia.exposure.products import product_answer, products_of
from sogdia.exposure.ranking import Grades, ranked
from sogdia.exposure.record_inputs import RecordInputs, record_inputs
from sogdia.exposure.registry import indicators
from sogdia.exposure.through_hubs import seen_through_hubs
from sogdia.exposure.trade_codes import check_codes, check_stage
from sogdia.sums import known_total


def expose_importer(
    store: Store, importer: Region, minerals: Sequence[Mineral], year: int, stage: str | None = None,
    *, with_gold: bool = False, through_hubs: bool = False, every_product: bool = False,
    products: Sequence[str] = (),
) -> Exposure:  # fmt: skip
    """The position of one importer in one year: its minerals graded and ranked, and its processed products.

    with_gold: rank gold and silver too. through_hubs: re-exports are given to their makers. every_product: products of
    all minerals, not only of those asked for. products: keys of others that are asked for.
    UnknownNameError for a stage there is not; NoAnswerError when none of the minerals has a trade code (at the stage).
    """
    check_stage(store, stage)
    made = () if stage else products_of(store, minerals)
    if not made or any(m.codes for m in minerals):
        check_codes(minerals, year, stage)
    else:
        uncoded = tuple(m.not_mapped(year) or "" for m in minerals)
        alone = expose_importer(store, importer, (), year, every_product=every_product, products=(*products, *made))
        return replace(alone, notes=(*alone.notes, *uncoded))
    inputs, rules = load(store, minerals, [year], stage), coverage_rules(store)
    found = compute(seen_through_hubs(inputs) if through_hubs else inputs, [importer])
    coverage = coverage_grades(store, importer, minerals, year)
    suppliers = marked(found.suppliers, supplier_marks(inputs, minerals, rules), rules)
    grades = Grades(coverage, _breaks(store, inputs, importer, minerals, rules), rules, with_gold)
    answer = ranked(replace(found, suppliers=suppliers), minerals, grades)
    if not minerals and not products:
        return answer
    mines = dict(found.records.select("mineral", "production_hhi").iter_rows())
    subjects = None if every_product else [m.key for m in minerals]
    return replace(answer, products=product_answer(store, importer, subjects, year, coverage, mines, products))


def _breaks(
    store: Store, inputs: Inputs, importer: Region, minerals: Sequence[Mineral], rules: CoverageRules
) -> dict[str, int]:
    """Breaks by reported weights that remain with completed ones: a wrong weight is no break."""
    suspected = breaks(inputs.history, importer, rules) if inputs.history is not None else {}
    if not suspected:
        return {}
    doubtful = [m for m in minerals if m.key in suspected]
    return breaks(completed_history(store, doubtful, inputs.years[0], inputs.stage), importer, rules)


def expose(
    store: Store,
    economies: Sequence[Region] | None,
    minerals: Sequence[Mineral],
    years: Sequence[int],
    stage: str | None = None,
) -> Exposure:
    """Read the inputs and compute every indicator. economies None: every importing country on its own.

    stage: count one stage's codes only.
    """
    return compute(load(store, minerals, years, stage), economies)


def compute(inputs: Inputs, economies: Sequence[Region] | None = None) -> Exposure:
    """Every indicator for every economy, mineral and year in the inputs."""
    prepared = record_inputs(inputs, economies)
    chosen = indicators()
    records = prepared.keys.with_columns(
        pl.Series(name, values, nan_to_null=True)
        for indicator in chosen
        for name, values in _columns(indicator, prepared).items()
    )
    named = records.join(inputs.minerals.select("mineral", "name"), on="mineral", how="left", maintain_order="left")
    notes = [note for indicator in chosen for note in indicator.notes(named)]
    notes += split_notes(records, prepared.economies)
    return Exposure(
        records.drop("record"), _suppliers(prepared), (*inputs.notes, *notes), prepared.economies,
        inputs.years, inputs.stage, inputs.source_ids,
    )  # fmt: skip


def _columns(indicator: Indicator, prepared: RecordInputs) -> Columns:
    """What an indicator computes, in the order in which it declares its columns."""
    computed = indicator.compute(prepared)
    declared = [column.variable for column in indicator.columns]
    undeclared = computed.keys() - set(declared)
    if undeclared:
        raise ValueError(f"the indicator {indicator.name} computes {', '.join(sorted(undeclared))} undeclared")
    return {name: computed[name] for name in declared if name in computed}


def _suppliers(prepared: RecordInputs) -> pl.DataFrame:
    """The flows from outside, each with its shares of the record."""
    enough = pl.Series(prepared.enough_weighed[prepared.outside_record])
    return prepared.outside.select(
        *RECORD, "value_kusd", "quantity_t", "quantity_reported_t", supplier="exporter",
        value_share=pl.when(pl.col("value_kusd").null_count().over(RECORD) == 0).then(
            pl.col("value_kusd") / _total("value_kusd")
        ),
        weight_share=pl.when(enough).then(pl.col("quantity_t") / _total("quantity_t")),
        weight_share_reported=pl.col("quantity_reported_t") / _total("quantity_reported_t"),
        imputed_kusd="imputed_kusd", instability="instability",
    )  # fmt: skip


def _total(column: str) -> pl.Expr:
    """The sum of a column's known values over each record, null where nothing is known."""
    return known_total(column).over(RECORD)
