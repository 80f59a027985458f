"""The geopolitical supply risk by the GeoPolRisk method.

    import risk  = sum_e q[e] g[e] / (sum_e q[e] + Y)        q imports by origin, g instability, Y domestic production
    score        = HHI of world production x import risk
    CF           = score x average import price / COPPER_REFERENCE          [kg Cu-eq per kg]

Santillan-Saldivar et al. (2022); Koyamparambath et al. (2024). A country without a governance score counts as 0.5;
trade inside a region of several countries has g = 0; world production enters in whole units, as in the authors' code;
weights are the reported ones, a missing one counted as 0.
"""

from __future__ import annotations

import numpy as np

from sogdia.concentration import Floats, Ints, totals
from sogdia.exposure.indicators.production import world_concentration
from sogdia.exposure.measure import DETAIL, TABLE, Columns, Indicator, Measure
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.tables import FLOWS
from sogdia.exposure.weights import floats, record_numbers

MISSING_INSTABILITY = 0.5
COPPER_REFERENCE = 0.409412948  # average CF of copper, OECD countries, 2017-2021 (Koyamparambath et al. 2024)
NORMAL_90 = 1.6448536269514722
AS_PUBLISHED_WITHOUT_GOVERNANCE = ("TWN",)  # BACI's 490 matches no governance row in the GeoPolRisk method
TABLES = (*FLOWS, "governance", "production")


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


def columns(inputs: RecordInputs) -> Columns:
    """The method on the flows of every record, those inside a region too."""
    flows, records = inputs.flows, inputs.records
    record = record_numbers(flows)
    quantity, value = _reported(inputs), floats(flows, "value_kusd")
    unmatched = flows["exporter"].is_in(AS_PUBLISHED_WITHOUT_GOVERNANCE).to_numpy()
    inside = flows["inside"].to_numpy()
    instability = np.where(inside, 0.0, np.where(unmatched, np.nan, floats(flows, "instability")))
    std_error = np.where(inside | unmatched, 0.0, floats(flows, "std_error"))
    risk, imports = import_risk(quantity, instability, inputs.production_t, record)
    half = import_risk_half_width(quantity, std_error, inputs.production_t, record)
    concentration = world_concentration(inputs)
    central = score(concentration, risk)
    unit_value = totals(value, record, records) / np.where(imports > 0, imports, np.nan)
    return {
        "import_risk": risk,
        "geopolrisk_score": central,
        "geopolrisk_low": score(concentration, np.clip(risk - half, 0.0, 1.0)),
        "geopolrisk_high": score(concentration, np.clip(risk + half, 0.0, 1.0)),
        "unit_value_usd_per_kg": unit_value,
        "characterisation_factor": characterisation_factor(central, unit_value),
    }


def _reported(inputs: RecordInputs) -> Floats:
    """Reported weights, a missing one counted as the method counts it, 0; NaN where a record has no weight at all."""
    quantity, record = floats(inputs.flows, "quantity_reported_t"), record_numbers(inputs.flows)
    weighed = np.bincount(record[~np.isnan(quantity)], minlength=inputs.records) > 0
    return np.where(weighed[record], np.nan_to_num(quantity), np.nan)


INDICATOR = Indicator(
    "geopolrisk",
    60,
    (
        Measure(
            "import_risk",
            "0..1",
            "Import risk (GeoPolRisk)",
            "sum of imports x political instability of the origin / (imports + domestic production), reported weights",
            TABLES,
        ),
        Measure(
            "geopolrisk_score",
            "0..1",
            "GeoPolRisk score",
            "concentration of world production x import risk",
            TABLES,
            TABLE,
            "GeoPolRisk",
            band=("geopolrisk_low", "geopolrisk_high"),
        ),
        Measure(
            "geopolrisk_low",
            "0..1",
            "GeoPolRisk score, low",
            "5 % quantile from the standard errors of the governance estimates",
            TABLES,
        ),
        Measure(
            "geopolrisk_high",
            "0..1",
            "GeoPolRisk score, high",
            "95 % quantile from the standard errors of the governance estimates",
            TABLES,
        ),
        Measure(
            "unit_value_usd_per_kg",
            "USD/kg",
            "Unit import value (GeoPolRisk)",
            "value of all flows / reported weight",
            FLOWS,
        ),
        Measure(
            "characterisation_factor",
            "kg Cu-eq/kg",
            "Characterisation factor",
            "GeoPolRisk score x unit import value / 0.409412948",
            TABLES,
            DETAIL,
        ),
    ),
    columns,
)
