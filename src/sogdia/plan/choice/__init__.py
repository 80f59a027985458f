"""The choice of projects under limits, by cost, expected loss and tail loss. Knows arrays only, no mineral."""

from sogdia.plan.choice.case import MOST_COMBINATIONS, Computed, Figures, Limit, LossTable, PlanCase, combinations
from sogdia.plan.choice.certificate import SampleGap, sample_gap
from sogdia.plan.choice.choose import Choice, choose, figures_of
from sogdia.plan.choice.information import perfect_information
from sogdia.plan.choice.limits import at_least, at_most, budget, exclusion, financing, prerequisite
from sogdia.plan.choice.staged import StagedCase, Timing, spread, staged
from sogdia.plan.choice.worth import cost_of_having, marginal, shapley, with_limits

__all__ = [
    "MOST_COMBINATIONS",
    "Choice",
    "Computed",
    "Figures",
    "Limit",
    "LossTable",
    "PlanCase",
    "SampleGap",
    "StagedCase",
    "Timing",
    "at_least",
    "at_most",
    "budget",
    "choose",
    "combinations",
    "cost_of_having",
    "exclusion",
    "figures_of",
    "financing",
    "marginal",
    "perfect_information",
    "prerequisite",
    "sample_gap",
    "shapley",
    "spread",
    "staged",
    "with_limits",
]
