"""Income at stake: what users of a mineral lose when its price rises, split among the industries that use it.

With `B` what users paid in the base year [money], `P` the price relative to base, `e` the price elasticity of demand:

    loss of users       W = int_1^P B p^-e dp = B (P^(1-e) - 1) / (1 - e),      B ln P at e = 1
    relative use        n = P^-e
    transfer            B (P - 1) n     paid more for what is still bought; somebody receives it
    loss of production  W - transfer    what users forgo: nobody receives it
    national loss       W - gain of the importer's own producers

It is income, not GDP: a dearer import has no first-order effect on real GDP (Kehoe & Ruhl 2008, Review of Economic
Dynamics 11, 804-819). It already holds what industries downstream lose, because demand for a mineral is derived from
theirs, so that lost output is never added to it.

>>> round(users_loss(100.0, 2.0, 1.0), 3), users_loss(100.0, 1.0, 0.5), users_loss(100.0, 2.0, 0.0)
(69.315, 0.0, 100.0)
"""

from __future__ import annotations

from collections.abc import Sequence
from math import expm1, log

from sogdia.errors import wrong_argument
from sogdia.stakes.end_use import EndUse
from sogdia.uncertain import Band


def users_loss(base_value: float, price: float, elasticity: float) -> float:
    """W, in the unit of the base value; negative where the price falls.

    InputError for a price of 0 or less, and for an elasticity below 0.
    """
    if not price > 0:
        raise wrong_argument("price", "a price relative to base is above 0", "1.5 is half as much again.", price)
    if not elasticity >= 0:
        raise wrong_argument("elasticity", "an elasticity of demand is 0 or more", "Its sign is left out.", elasticity)
    power = 1.0 - elasticity
    growth = power * log(price)
    # (e^x - 1) / x tends to 1: the limit holds without a special case for elasticities near 1.
    return base_value * log(price) * (expm1(growth) / growth if growth else 1.0)


def transfer(base_value: float, price: float, relative_use: float) -> float:
    """B (P - 1) n, what is paid more for what is still bought.

    >>> transfer(100.0, 2.0, 0.5)
    50.0
    """
    return base_value * (price - 1.0) * relative_use


def split(loss: Band, uses: Sequence[EndUse]) -> tuple[Band, ...]:
    """The loss by use: each end of the band times the use's central share, so that the parts add up to the whole."""
    return tuple(
        Band(_part(use, loss.low), _part(use, loss.central), _part(use, loss.high), beyond=loss.beyond) for use in uses
    )


def national_loss(loss: Band, producers_gain: Band) -> Band:
    """W less the gain of the importer's own producers. Its band is wide: it takes the ends to be free of each other.

    >>> national_loss(Band(1.0, 5.0, 9.0), Band(0.0, 2.0, 3.0))
    Band(low=-2.0, central=3.0, high=9.0, beyond=False)
    """
    return Band(
        _less(loss.low, producers_gain.high), _less(loss.central, producers_gain.central),
        _less(loss.high, producers_gain.low), beyond=producers_gain.beyond,
    )  # fmt: skip


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _part(use: EndUse, money: float | None) -> float | None:
    return None if money is None else use.share.central * money
