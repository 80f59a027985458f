"""How large is the geopolitical supply risk by the GeoPolRisk method?

    import risk  = sum_e q[e] g[e] / (sum_e q[e] + Y)        q imports by origin, g instability, Y domestic production
    score        = HHI of world production x import risk
    CF           = score x average import price / COPPER_REFERENCE          [kg Cu-eq per kg]

Santillan-Saldivar et al. (2022); Koyamparambath et al. (2024). A country without a governance score counts as 0.5;
trade inside a region of several countries has g = 0; world production enters in whole units, as in the authors' code.
"""

from __future__ import annotations

import numpy as np

from sogdia.concentration import Floats, Ints, totals

MISSING_INSTABILITY = 0.5
COPPER_REFERENCE = 0.409412948  # average CF of copper, OECD countries, 2017-2021 (Koyamparambath et al. 2024)
NORMAL_90 = 1.6448536269514722


def import_risk(quantity: Floats, instability: Floats, production: Floats, record: Ints) -> tuple[Floats, Floats]:
    """Import risk and imports of each record.

    quantity, instability: (flows,), instability NaN where unknown; production: (records,), same unit as quantity.
    The risk is NaN where there is neither import nor production: no trade recorded is not a risk of zero.
    """
    records = len(production)
    weight = np.where(np.isnan(instability), MISSING_INSTABILITY, instability)
    imports = totals(quantity, record, records)
    base = imports + production
    return totals(quantity * weight, record, records) / np.where(base > 0, base, np.nan), imports


def import_risk_half_width(quantity: Floats, std_error: Floats, production: Floats, record: Ints) -> Floats:
    """Half-width of the 90 % band of the import risk, from the standard errors of the governance estimates.

    instability = 0.5 - estimate / 5, hence sd(g) = std_error / 5; errors are taken as independent between countries:
    half width = 1.645 sqrt(sum_e (s_e sd_e)^2). A country without a standard error adds none.
    """
    records = len(production)
    base = totals(quantity, record, records) + production
    deviation = np.nan_to_num(std_error) / 5.0 * quantity
    return NORMAL_90 * np.sqrt(totals(deviation**2, record, records)) / np.where(base > 0, base, np.nan)


def score(production_hhi: Floats, risk: Floats) -> Floats:
    """GeoPolRisk score, 0..1."""
    return production_hhi * risk


def characterisation_factor(score_value: Floats, price_usd_per_kg: Floats) -> Floats:
    """Characterisation factor of the geopolitical supply risk midpoint [kg Cu-eq / kg]."""
    return score_value * price_usd_per_kg / COPPER_REFERENCE
