"""The form of a table of projects: its columns, with one row of an example."""

from __future__ import annotations

import csv
import io

from sogdia.plan.projects.read import COLUMNS

EXAMPLE = {
    "project_id": "my_mine", "name": "A mine of ours", "effect": "supply", "market": "graphite", "country": "KAZ",
    "capacity_t_low": "30000", "capacity_t_central": "40000", "capacity_t_high": "45000", "capex_musd_low": "50",
    "capex_musd_central": "62", "capex_musd_high": "90", "offtake_share": "0.5", "contract_price": "1",
    "prob_if_supported_central": "0.6", "prob_anyway_central": "0.2", "build_years": "2", "evidence": "assumed",
    "note": "effect is supply, offtake, stock (with cover_days) or other; capacity in tonnes of product a year",
}  # fmt: skip


def template() -> str:
    """The columns and an example as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerow({column: EXAMPLE.get(column, "") for column in COLUMNS})
    return out.getvalue()
