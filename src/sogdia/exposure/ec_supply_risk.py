"""How large is the supply risk by the European Commission's criticality method, with any importer in the EU's place?

    SR = [ HHI_WGI(world) x IR / 2  +  HHI_WGI(importer) x (1 - IR / 2) ] x (1 - EoL_RIR) x SI_SR
    HHI_WGI = sum_i s_i^2 x g_i x t_i         s shares, g governance 0..10 (10 worst), t trade terms

Where IR or the importer's sourcing is unknown the world's concentration stands alone (`world_alone`); such a score is
not comparable with a full one and is marked wherever it is shown.

European Commission (2017), Methodology for establishing the EU list of critical raw materials. Two differences are
forced by the data: g uses political stability alone (the Commission averages six dimensions), and shares of the
importer's sourcing are by exporter, not by mine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sogdia.concentration import Floats, Ints, shares, totals
from sogdia.exposure.geopolrisk import MISSING_INSTABILITY

GOVERNANCE_SCALE = 10.0
Bools = NDArray[np.bool_]


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
