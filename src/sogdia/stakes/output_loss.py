"""An upper range of the output that an industry could lose, when the users of a mineral can hardly do without it.

The part `phi` of a sector depends on the mineral. Inside it output is a CES of the mineral and everything else:

    lost = phi VA { 1 - [ (1 - l) + l n^((s-1)/s) ]^(s/(s-1)) },     l = a B / (phi GO)

phi   dependent part of the sector, by value            VA, GO  value added and output of the sector [million USD]
a B   what the sector pays for the mineral [million USD]   l    its share in the dependent part's output
n     use of the mineral relative to base, helped by stocks
s     elasticity of substitution between the mineral and everything else
limits: s to 0 is Leontief, lost = phi VA (1 - n); s = 1 is Hulten's theorem, lost = phi VA (1 - n^l)

At a share of 1e-4, s = 0.1 and half of the mineral gone, the exact form loses 0.55 % and its second-order expansion
0.03 %, so that the expansion is not used. The range runs from s = 0.05 to 0.5: it spans orders of magnitude and rests
on that one assumed number. It is an upper range because prices ration nothing in it: what is left goes to nobody first.

>>> round(lost_share(0.04, 0.9, 0.04), 4)
0.0157
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import expm1, inf, log, log1p

from sogdia.errors import wrong_argument
from sogdia.stakes.exposed_part import ExposedPart
from sogdia.uncertain import Band, Range

SUBSTITUTION = Range(0.05, 0.16, 0.5)
"""The assumed elasticity s; the central one is the geometric mean of the ends."""
DAYS_PER_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class LostOutput:
    """The range of value added that a sector could lose [million USD]. part: the dependent part it rests on."""

    sector: str
    mineral: str
    part: ExposedPart
    relative_use: float
    lost_musd: Band


def lost_share(cost_share: float, relative_use: float, substitution: float) -> float:
    """The part of output that is lost, 0..1. substitution: s, 0 or more; 0 and 1 are the limits."""
    if not 0.0 <= cost_share <= 1.0:
        raise wrong_argument("cost_share", "a share of cost lies between 0 and 1", "Check phi.", cost_share)
    if not relative_use >= 0.0 or not substitution >= 0.0:
        bad = relative_use if not relative_use >= 0.0 else substitution
        raise wrong_argument("relative_use", "use and substitution are 0 or more", "Correct the figure.", bad)
    if relative_use >= 1.0 or cost_share == 0.0:
        return 0.0
    if substitution == 0.0 or relative_use == 0.0:
        return _at_the_limit(cost_share, relative_use, substitution)
    if substitution == 1.0:
        return -expm1(cost_share * log(relative_use))
    power = (substitution - 1.0) / substitution
    return -expm1(_log_of_mean(cost_share, power * log(relative_use)) / power)


def with_stocks(relative_use: float, stock_days: float) -> float:
    """Use relative to base once stocks are drawn over the year.

    >>> with_stocks(0.5, 73.0), with_stocks(0.9, 60.0)
    (0.7, 1.0)
    """
    return min(1.0, relative_use + stock_days / DAYS_PER_YEAR)


def lost_output(
    part: ExposedPart, cost_musd: float, output_musd: float, value_added_musd: float, relative_use: float
) -> Band | None:
    """The range over s and phi [million USD]; None where the sector would pay more for the mineral than it makes.

    cost_musd: a B. low and high: the least and the most over both ranges; central: at the central s and phi.
    """
    found = {}
    for (s_name, s), (phi_name, phi) in product(_named(SUBSTITUTION), _named(part.phi)):
        share = cost_musd / (phi * output_musd) if output_musd > 0 and phi > 0 else inf
        if share <= 1.0:
            found[s_name, phi_name] = phi * value_added_musd * lost_share(share, relative_use, s)
    if ("central", "central") not in found:
        return None
    return Band(min(found.values()), found["central", "central"], max(found.values()))


def _named(figure: Range) -> tuple[tuple[str, float], ...]:
    return ("low", figure.low), ("central", figure.central), ("high", figure.high)


def _at_the_limit(cost_share: float, relative_use: float, substitution: float) -> float:
    """Leontief; or nothing left of the mineral, without which nothing is made unless it can be replaced (s > 1)."""
    if substitution == 0.0:
        return 1.0 - relative_use
    if substitution <= 1.0 or cost_share == 1.0:
        return 1.0
    return -expm1(substitution / (substitution - 1.0) * log(1.0 - cost_share))


def _log_of_mean(weight: float, exponent: float) -> float:
    """ln((1 - w) + w e^x), without overflow for large x."""
    if exponent > 0.0:
        return exponent + log1p((1.0 - weight) * expm1(-exponent))
    return log1p(weight * expm1(exponent))
