"""The inputs of the exposure with re-exports given to their makers: what a hub sells on is the product of others.

A maker is a country with production of the mineral on record in the year. Value, weight and content of the flows go
from buyer to buyer until one uses them (see `sogdia.re_exports`); what a hub sells beyond what it buys stays its own. A
mineral and year without production statistics stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from sogdia.concentration import Floats
from sogdia.exposure.inputs import PAIR, Inputs
from sogdia.re_exports import through_hubs

AMOUNTS = ("value_kusd", "quantity_t", "content_t")
NOTE = "Re-exports are given to their makers (--through-hubs): a supplier is who made the product, not who sent it."


def seen_through_hubs(inputs: Inputs) -> Inputs:
    """The same inputs with the flows from makers to users. Weights count as reported; none counts as imputed."""
    made = inputs.production.filter(pl.col("amount_t") > 0)
    makers = {
        (str(mineral), int(year)): set(rows["country"])
        for (mineral, year), rows in made.partition_by("mineral", "year", as_dict=True).items()
    }
    parts = [
        _through(rows, makers[key]) if (key := (str(mineral), int(year))) in makers else rows
        for (mineral, year), rows in inputs.flows.partition_by(
            "mineral", "year", as_dict=True, maintain_order=True
        ).items()
    ]  # fmt: skip
    flows = pl.concat(parts) if parts else inputs.flows
    return replace(inputs, flows=flows.sort(PAIR), notes=(*inputs.notes, NOTE), history=None)


def _through(rows: pl.DataFrame, makers: set[str]) -> pl.DataFrame:
    """The flows of one mineral and year from makers to users, with the columns of `Inputs.flows`."""
    producers = tuple(sorted(set(rows["exporter"])))
    consumers = tuple(sorted(set(rows["importer"])))
    at: Mapping[str, int] = {country: number for number, country in enumerate(producers)}
    to: Mapping[str, int] = {country: number for number, country in enumerate(consumers)}
    seller = np.array([at[country] for country in rows["exporter"]])
    buyer = np.array([to[country] for country in rows["importer"]])
    used: dict[str, Floats] = {}
    for name in AMOUNTS:
        matrix = np.zeros((len(producers), len(consumers)))
        matrix[seller, buyer] = rows[name].fill_null(0.0).to_numpy()
        used[name] = through_hubs(matrix, producers, consumers, makers)
    i, j = np.nonzero(used["value_kusd"] > 0)
    known = {name: bool(rows[name].is_not_null().any()) for name in AMOUNTS}
    columns = {name: pl.Series(name, used[name][i, j] if known[name] else [None] * len(i), pl.Float64) for name in used}
    whole = bool(rows["content_t"].null_count() == 0)
    table = pl.DataFrame(
        {
            "mineral": [rows["mineral"][0]] * len(i), "year": [rows["year"][0]] * len(i),
            "importer": [consumers[n] for n in j], "exporter": [producers[n] for n in i],
        },
        schema={name: rows.schema[name] for name in PAIR},
    )  # fmt: skip
    content = columns["content_t"]
    return table.with_columns(
        value_kusd=columns["value_kusd"], quantity_t=columns["quantity_t"], quantity_reported_t=columns["quantity_t"],
        weighed_kusd=pl.when(columns["quantity_t"].is_not_null()).then(columns["value_kusd"]),
        imputed_kusd=pl.lit(0.0), imputed_t=pl.lit(0.0),
        content_t=content if whole else pl.lit(None, pl.Float64), known_content_t=content,
    ).select(rows.columns)  # fmt: skip
