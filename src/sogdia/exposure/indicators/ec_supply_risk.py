"""The supply risk by the European Commission's criticality method, with any importer in the EU's place.

    SR = [ HHI_WGI(world) x IR / 2  +  HHI_WGI(importer) x (1 - IR / 2) ] x (1 - EoL_RIR) x SI_SR
    HHI_WGI = sum_i s_i^2 x g_i x t_i         s shares, g governance 0..10 (10 worst), t trade terms

Where IR or the importer's sourcing is unknown the world's concentration stands alone (`world_alone`); such a score is
not comparable with a full one and is marked wherever it is shown.

The order of a ranking is that of the same score with the importer's own output counted as supply but not as a
concentration of suppliers (its share is not squared): `supply_risk_of_imports`. What an importer makes itself is no
supplier that it depends on.

European Commission (2017), Methodology for establishing the EU list of critical raw materials. Two differences are
forced by the data: g uses political stability alone (the Commission averages six dimensions), and shares of the
importer's sourcing are by exporter, not by mine.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from sogdia.concentration import Floats, Ints, shares, totals
from sogdia.exposure.caveats import FULL_SCORE, WORLD_ALONE, world_alone_notes
from sogdia.exposure.indicators.geopolrisk import MISSING_INSTABILITY
from sogdia.exposure.indicators.production import world_amounts
from sogdia.exposure.indicators.reliance import TABLES as RELIANCE_TABLES
from sogdia.exposure.indicators.reliance import reliance_of
from sogdia.exposure.measure import TABLE, Columns, Indicator, Label, Measure
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.weights import Bools, floats, record_numbers

GOVERNANCE_SCALE = 10.0
HOME_TRADE_TERM = 0.8  # European Commission (2017): supply from inside the economy
NO_CONCENTRATION = 0.0
TABLES = (*RELIANCE_TABLES, "governance", "minerals", "ec_criticality", "ec_trade_terms")


def governance_weighted_hhi(
    amount: Floats, instability: Floats, trade_terms: Floats, record: Ints, records: int
) -> Floats:
    """HHI_WGI of each record (records,); NaN for a record without supply. Arrays are (suppliers,)."""
    share = shares(amount, record, records)
    weight = np.where(np.isnan(instability), MISSING_INSTABILITY, instability) * GOVERNANCE_SCALE
    result = totals(np.nan_to_num(share) ** 2 * weight * trade_terms, record, records)
    return np.where(totals(amount, record, records) > 0, result, np.nan)


def supply_risk(
    world_hhi: Floats, importer_hhi: Floats, import_reliance: Floats, eol_rir: Floats, substitution_index: Floats
) -> Floats:
    """SR of each record; by the world's concentration alone (scope GS only) where `world_alone`, as the Commission does
    where its own sourcing is unknown.

    >>> supply_risk(np.array([4.0]), np.array([2.0]), np.array([1.0]), np.array([0.5]), np.array([1.0])).tolist()
    [1.5]
    """
    half = import_reliance / 2.0
    mixed = world_hhi * half + importer_hhi * (1.0 - half)
    base = np.where(world_alone(importer_hhi, import_reliance), world_hhi, mixed)
    return base * (1.0 - eol_rir) * substitution_index


def world_alone(importer_hhi: Floats, import_reliance: Floats) -> Bools:
    """Where the importer's own sourcing cannot enter the score (records,)."""
    return np.isnan(importer_hhi) | np.isnan(import_reliance)


def columns(inputs: RecordInputs) -> Columns:
    """The score, and whether the importer's own sourcing is in it."""
    minerals = inputs.keys.join(inputs.inputs.minerals, on="mineral", how="left", maintain_order="left")
    reliance, importer, world = reliance_of(inputs), _importer_hhi(inputs), _world_hhi(inputs)
    eol_rir, si_sr = floats(minerals, "eol_rir"), floats(minerals, "si_sr")
    risk = supply_risk(world, importer, reliance, eol_rir, si_sr)
    of_imports = supply_risk(world, _importer_hhi(inputs, NO_CONCENTRATION), reliance, eol_rir, si_sr)
    scope = (
        pl.when(pl.Series(np.isnan(risk)))
        .then(pl.lit(None, pl.String))
        .when(pl.Series(world_alone(importer, reliance)))
        .then(pl.lit(WORLD_ALONE))
        .otherwise(pl.lit(FULL_SCORE))
    )
    return {"supply_risk_of_imports": of_imports, "ec_supply_risk": risk, "ec_scope": pl.select(scope).to_series()}


def _world_hhi(inputs: RecordInputs) -> Floats:
    """HHI_WGI of world production of each record's mineral and year (records,)."""
    world = inputs.world
    terms = np.nan_to_num(floats(world, "trade_term"), nan=1.0)
    weighted = governance_weighted_hhi(
        world_amounts(inputs), floats(world, "instability"), terms, record_numbers(world), inputs.world_records
    )
    return inputs.of_world(weighted)


def _importer_hhi(inputs: RecordInputs, home_trade_term: float = HOME_TRADE_TERM) -> Floats:
    """HHI_WGI of the importer's sourcing (records,): its imports and its members' production, in content."""
    outside, own = inputs.outside, inputs.own_supply
    terms = outside.join(
        inputs.inputs.trade_terms.rename({"country": "exporter"}),
        on=["mineral", "exporter"],
        how="left",
        maintain_order="left",
    )
    imports = np.nan_to_num(floats(outside, "content_t"))
    return governance_weighted_hhi(
        np.concatenate([imports, np.nan_to_num(floats(own, "amount_t"))]),
        np.concatenate([floats(outside, "instability"), floats(own, "instability")]),
        np.concatenate([np.nan_to_num(floats(terms, "trade_term"), nan=1.0), np.full(own.height, home_trade_term)]),
        np.concatenate([inputs.outside_record, record_numbers(own)]),
        inputs.records,
    )


INDICATOR = Indicator(
    "ec_supply_risk",
    70,
    (
        Measure(
            "supply_risk_of_imports",
            "score",
            "Supply risk, own output no concentration",
            "as ec_supply_risk, but the importer's own output counts as supply and not as a concentration of "
            "suppliers; rankings are in its order",
            TABLES,
            TABLE,
            "Risk",
        ),
        Measure(
            "ec_supply_risk",
            "score",
            "Supply risk by the European Commission's method",
            "[HHI_WGI world x IR/2 + HHI_WGI importer x (1 - IR/2)] x (1 - EoL-RIR) x SI; political stability only; "
            "where net import reliance (IR) is not known HHI_WGI world stands alone in the brackets, and the score is "
            'marked "world alone": it says nothing about the importer',
            TABLES,
            TABLE,
            "EC SR",
        ),
        Label(
            "ec_scope",
            "Score of",
            "full: the world and the importer; world alone: net import reliance is not known, so the world's "
            "concentration stands alone and the score says nothing about the importer",
        ),
    ),
    columns,
    world_alone_notes,
)
