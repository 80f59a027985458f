"""The measures of the long tables of stakes and of a partner's ledger: variable, unit and definition."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StakeMeasure:
    """variable: in the long table; answer: the question that gives it."""

    variable: str
    unit: str
    definition: str
    answer: str = "stakes"


STAKE_MEASURES = (
    StakeMeasure("use_share", "fraction", "share of a use in all uses of a product; the shares of a product sum to 1"),
    StakeMeasure("economic_importance", "0..10", "10 SI sum of share x value added of its division / largest division"),
    StakeMeasure(
        "economic_importance_rank",
        "rank",
        "1 for the largest of the materials with a substitution index of the Commission; null for the others",
    ),
    StakeMeasure("users_share_of_value_added", "fraction", "value added of the industries that use it / the economy's"),
    StakeMeasure("income_loss", "million USD", "a shock's loss of users x the share of the use"),
    StakeMeasure("share_of_sector_value_added", "fraction", "central loss of a use / value added of who buys first"),
    StakeMeasure("users_loss", "million USD", "W = B (P^(1-e) - 1) / (1 - e), the shock's own change of surplus"),
    StakeMeasure("transfer", "million USD", "B (P - 1) n, paid more for what is still bought"),
    StakeMeasure("forgone", "million USD", "W - transfer, use given up"),
    StakeMeasure("producers_gain", "million USD", "change of surplus of the importer's own producers"),
    StakeMeasure("national_loss", "million USD", "W - gain of own producers"),
    StakeMeasure("price_rise", "fraction", "c (I - A)^-1, the loss passed on in full as cost"),
    StakeMeasure("lost_output_upper_range", "million USD", "exact CES inside the dependent part of a sector"),
    StakeMeasure("direct_va", "USD per USD", "value added in the sector", "ledger"),
    StakeMeasure("indirect_va", "USD per USD", "value added in its suppliers at home", "ledger"),
    StakeMeasure("imports", "USD per USD", "inputs from abroad, its suppliers' too; a lower bound", "ledger"),
    StakeMeasure("land_transport", "USD per USD", "land transport at home, direct and indirect", "ledger"),
    StakeMeasure("trade", "USD per USD", "trade services at home, direct and indirect", "ledger"),
    StakeMeasure("electricity", "USD per USD", "electricity at home, direct and indirect", "ledger"),
    StakeMeasure("ore_input", "USD per USD", "home ore that the sector takes", "ledger"),
    StakeMeasure("gain_over_ore", "USD per USD", "all value added - ore_input x all value added of ores", "ledger"),
    StakeMeasure("jobs", "jobs per million USD", "direct jobs / output", "ledger"),
)
