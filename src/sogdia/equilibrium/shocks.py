"""The shocks: what happens to the market in each scenario, as arrays.

Every effect is a vector over producers, lanes or consumers, stacked over scenarios. None means "no effect".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray, frozen, is_one_row
from sogdia.equilibrium.market import (
    SIGMA_REMEDY,
    SIGMA_RULE,
    VERTICAL_REMEDY,
    VERTICAL_RULE,
    Market,
    entry_faults,
)
from sogdia.errors import Fault, InputError


@dataclass(frozen=True, slots=True, eq=False)
class Shocks:
    """A batch of scenarios; 1 is "as in the base year" wherever a field is relative.

    scenarios: how many, S.
    supply: supply shifter `a`, (S, producers) [-]; 0.6 has lost 40 % of output at base price, 0 all of it.
    ceiling: output ceiling `kappa` relative to base, (S, producers) [-]; inf if none.
    cap: lane cap `K` relative to base, (S, lanes) [-]; inf if none, 0 is an embargo.
    cost: delivered-cost factor `tau`, (S, lanes) [-]; above 0.
    demand: demand shifter `b`, (S, consumers) [-].
    outside: quantity that reaches the consumer outside the market `R`, (S, consumers) [t].
    sigma, eta, eps: elasticities by scenario, (S,), (S, consumers), (S, producers) [-]; the market's if None.
    """

    scenarios: int
    supply: FloatArray | None = None
    ceiling: FloatArray | None = None
    cap: FloatArray | None = None
    cost: FloatArray | None = None
    demand: FloatArray | None = None
    outside: FloatArray | None = None
    sigma: FloatArray | None = None
    eta: FloatArray | None = None
    eps: FloatArray | None = None

    def __post_init__(self) -> None:
        for name in EFFECTS:
            values = getattr(self, name)
            if values is not None:
                object.__setattr__(self, name, frozen(values))


EFFECTS = tuple(field.name for field in fields(Shocks) if field.name != "scenarios")


def take(shocks: Shocks, index: IntArray | slice) -> Shocks:
    """The scenarios named by `index`, as a batch of their own."""
    part = {name: values[index] for name in EFFECTS if (values := getattr(shocks, name)) is not None}
    size = len(range(*index.indices(shocks.scenarios))) if isinstance(index, slice) else len(index)
    return Shocks(size, **part)


def check(market: Market, shocks: Shocks) -> None:
    """Raise one `InputError` with every fault of the shocks as applied to this market."""
    S, L, N, J = shocks.scenarios, market.lanes, market.producers, market.consumers
    shapes = {
        "supply": (S, N),
        "ceiling": (S, N),
        "cap": (S, L),
        "cost": (S, L),
        "demand": (S, J),
        "outside": (S, J),
        "sigma": (S,),
        "eta": (S, J),
        "eps": (S, N),
    }
    faults = []
    if S < 1:
        faults.append(Fault("shocks", "at least one scenario is needed", "Give scenarios >= 1.", value=str(S)))
    for name, shape in shapes.items():
        values = getattr(shocks, name)
        if values is None:
            continue
        if values.shape != shape:
            rule = f"its shape must be {shape}"
            faults.append(Fault("shocks", rule, "One row for each scenario.", column=name, value=str(values.shape)))
            continue
        rule, remedy, valid = RULES[name]
        if valid(values[:1] if is_one_row(values) else values).all():
            continue
        faults += entry_faults("shocks", name, values, ~valid(values), rule, remedy)
    if not faults and (shocks.eps is not None or shocks.eta is not None):
        eps = market.eps.min() if shocks.eps is None else _least(shocks.eps)
        eta = market.eta.min() if shocks.eta is None else _least(shocks.eta)
        total = np.broadcast_to(eps + eta, (S,))
        faults += entry_faults("shocks", "eps + eta", total, total <= 0, VERTICAL_RULE, VERTICAL_REMEDY)
    if faults:
        raise InputError(faults)


def _least(values: FloatArray) -> FloatArray:
    """The least entry of every row; of the first entries where all columns are one, repeated."""
    return values[:, 0] if values.strides[1] == 0 else np.asarray(values.min(axis=1))


def _finite(values: FloatArray) -> BoolArray:
    return np.isfinite(values) & (values >= 0)


def _limit(values: FloatArray) -> BoolArray:
    return values >= 0


def _factor(values: FloatArray) -> BoolArray:
    return np.isfinite(values) & (values > 0)


def _substitution(values: FloatArray) -> BoolArray:
    return np.isfinite(values) & (values > 1)


_NOT_NEGATIVE = "must be a finite number that is not negative"
_LIMIT = "must be 0 or more, or inf for no limit"
RULES: dict[str, tuple[str, str, Callable[[FloatArray], BoolArray]]] = {
    "supply": (_NOT_NEGATIVE, "1 is base, 0 is total loss.", _finite),
    "ceiling": (_LIMIT, "1 is base output; inf leaves output free.", _limit),
    "cap": (_LIMIT, "1 is the base quantity, 0 an embargo, inf no cap.", _limit),
    "cost": ("must be a finite number above 0", "1 is the base cost; close a lane with cap = 0.", _factor),
    "demand": (_NOT_NEGATIVE, "1 is base, 0 is no demand.", _finite),
    "outside": (_NOT_NEGATIVE, "Give tonnes; 0 if nothing reaches the consumer outside the market.", _finite),
    "sigma": (SIGMA_RULE, SIGMA_REMEDY, _substitution),
    "eta": (_NOT_NEGATIVE, "Give the absolute value of the elasticity.", _finite),
    "eps": (_NOT_NEGATIVE, "Give the elasticity of supply.", _finite),
}
