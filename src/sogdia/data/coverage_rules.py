"""The limits that a coverage grade and a ranking go by, from the table `coverage_rules`."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sogdia.data.store import Store


@dataclass(frozen=True, slots=True)
class CoverageRules:
    """Limits by their name in the table; the defaults stand where a store does not have it.

    most_asked_share_of_world, least_share_against_own_trade, fringe_visible_share, main_visible_share, least_reliance,
    most_imputed: fractions; least_import_kusd: thousand USD; most_exports_per_production, break_weight_ratio,
    break_price_ratio: ratios. The table says what each limit separates.
    """

    most_asked_share_of_world: float = 0.0
    least_share_against_own_trade: float = 0.0
    fringe_visible_share: float = 0.0
    main_visible_share: float = 0.0
    least_import_kusd: float = 0.0
    least_reliance: float = 0.0
    most_exports_per_production: float = float("inf")
    most_imputed: float = 1.0
    break_weight_ratio: float = float("inf")
    break_price_ratio: float = float("inf")


def coverage_rules(store: Store) -> CoverageRules:
    """The limits of a store."""
    named = {field.name for field in fields(CoverageRules)}
    rows = store.rows("coverage_rules").select("rule", "value").iter_rows()
    return CoverageRules(**{rule: value for rule, value in rows if rule in named})
