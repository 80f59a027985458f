"""The margin decides how much a processor makes and how much input it wants, at given prices of both.

    cost      c(P) = k + i (P - 1)                       per base value of output
    margin    m    = max(p - c(P), 0) / (1 - k)          relative to base
    output    z    = min(a m^e, kappa)                   relative to base; so is the input

p: price of its output, P: price it pays for the input, k: cost share, i: input share, e: elasticity of supply, read as
the answer to the margin; a: supply shifter, kappa: ceiling. In the base year everything is 1. The answer to the own
price is e / (1 - k) there: a thin margin makes a processor stop before its price has halved.

Near m = 0 output falls from much to nothing within a sliver of price, so a processor's state is kept as the log of
output per shifter, y = e ln m, which is as good a number there as anywhere.
"""

from __future__ import annotations

import numpy as np

from sogdia.market.chain.coupling import Coupling
from sogdia.market.traded import Floats

LEAST_OUTPUT = -36.0
"""Smallest log of output per shifter: nothing, in floating point."""
MOST_OUTPUT = 36.0


def cost(at: Coupling, input_price: Floats) -> Floats:
    """Cost of the output, per base value of it, (draws, n); inf where the input cannot be had."""
    return np.asarray(at.cost_share + at.input_share * (input_price - 1.0))


def price_at(at: Coupling, state: Floats, input_price: Floats, eps: Floats) -> Floats:
    """Price of the output at which a processor is in `state`, y = e ln m, (draws, n)."""
    return np.asarray(cost(at, input_price) + (1.0 - at.cost_share) * np.exp(state / eps))


def margin(at: Coupling, price: Floats, input_price: Floats) -> Floats:
    """Margin m relative to base, (draws, n); 0 where costs are not covered."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nan_to_num(np.maximum(price - cost(at, input_price), 0.0) / (1.0 - at.cost_share)))


def state_of_price(at: Coupling, price: Floats, input_price: Floats, eps: Floats) -> Floats:
    """State y = e ln m at given prices; the least where there is no margin."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(eps * np.log(margin(at, price, input_price)), LEAST_OUTPUT, MOST_OUTPUT))


def state_of_output(output: Floats, shifter: Floats) -> Floats:
    """State y = ln(z / a) at a given output; the least where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.clip(np.log(np.nan_to_num(output / shifter)), LEAST_OUTPUT, MOST_OUTPUT))


def slope(at: Coupling, state: Floats, input_price: Floats, eps: Floats) -> Floats:
    """d ln z / d ln p at a state, below the ceiling, (draws, n); inf where the margin vanishes."""
    earned = (1.0 - at.cost_share) * np.exp(state / eps)
    with np.errstate(divide="ignore"):
        return np.asarray(eps * (1.0 + cost(at, input_price) / earned))
