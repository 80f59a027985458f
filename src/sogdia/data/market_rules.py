"""Market rules are the few numbers by which a market is calibrated or its frictions work; each row says why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from sogdia.data.embedded import snapshot
from sogdia.data.store import Store
from sogdia.errors import DataError

TABLE = "market_rules"


@dataclass(frozen=True, slots=True)
class MarketRules:
    """most_hidden_share: of world output that may be unseen or undocumented before a market refuses [0..1].

    least_user_imports: imports over what is made and not exported, from which a country uses the product itself [0..1].
    most_outside_share: of a consumer's use that may reach it outside the market [0..1]. shut_in_price: relative to
    base, below which a producer stops [-]; shut_in_slack: part of output idle at the base price [0..1].
    backstop_price: relative to base, up to which a dearer use counts in a consumer's loss [-].
    """

    most_hidden_share: float
    least_user_imports: float
    most_outside_share: float
    shut_in_price: float
    shut_in_slack: float
    backstop_price: float


@cache
def embedded_rules() -> MarketRules:
    """The rules of the embedded data, for a market that is made by hand."""
    return market_rules(snapshot())


def market_rules(store: Store) -> MarketRules:
    """The rules of a store; DataError where one is missing."""
    found = dict(store.scan(TABLE).select("rule", "value").collect().iter_rows())
    missing = [field.name for field in fields(MarketRules) if field.name not in found]
    if missing:
        raise DataError(f"the table {TABLE} has no row for {', '.join(missing)}.")
    return MarketRules(**{field.name: float(found[field.name]) for field in fields(MarketRules)})
