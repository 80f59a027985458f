"""The motion of the ground that an earthquake makes at a site: BSSA14 in NumPy.

Boore, Stewart, Seyhan and Atkinson (2014), Earthquake Spectra 30: ln Y = F_E(M) + F_P(R_JB, M) + F_S(V_S30, R_JB, M),
for shallow earthquakes of active regions, without terms of basin depth or region. The coefficients stand in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sogdia.hazards.packaged import packaged
from sogdia.tabular.rows import Cells

Floats = NDArray[np.float64]
Mechanism = Literal["unspecified", "strike_slip", "normal", "reverse"]
Measure = Literal["pgv", "pga", "sa1"]

PERIODS: Mapping[Measure, float] = {"pgv": -1.0, "pga": 0.0, "sa1": 1.0}
E_TERMS: Mapping[Mechanism, str] = {"unspecified": "e_0", "strike_slip": "e_1", "normal": "e_2", "reverse": "e_3"}
ROCK_M_S = 760.0
"""The velocity of shear waves that the model's own reference ground has."""
COLUMNS = (
    "period_s", "e_0", "e_1", "e_2", "e_3", "e_4", "e_5", "e_6", "M_h", "c_1", "c_2", "c_3", "M_ref", "R_ref", "h",
    "dc_3global", "dc_3ct", "dc_3ij", "c", "V_c", "V_ref", "f_1", "f_3", "f_4", "f_5", "f_6", "f_7", "R_1", "R_2",
    "dphi_R", "dphi_V", "V_1", "V_2", "phi_1", "phi_2", "tau_1", "tau_2",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motion:
    """Median motion and its spread. ln_median: of g (cm/s for velocity); tau, phi: between events, within an event, in
    ln.
    """

    ln_median: Floats
    tau: Floats
    phi: Floats

    @property
    def median(self) -> Floats:
        """g (cm/s for velocity)."""
        return np.exp(self.ln_median)

    @property
    def sigma(self) -> Floats:
        """The whole spread, `sqrt(tau^2 + phi^2)`."""
        return np.sqrt(self.tau**2 + self.phi**2)


@cache
def coefficients(measure: Measure) -> Mapping[str, float]:
    """The coefficients of one measure of motion, by their names in the publication."""
    rows = packaged("bssa14.csv", COLUMNS, _numbers)
    return next(row for row in rows if row["period_s"] == PERIODS[measure])


def _numbers(cells: Cells) -> Mapping[str, float]:
    return {name: cells.number(name) for name in COLUMNS}


def bssa14(
    magnitude: ArrayLike,
    rjb_km: ArrayLike,
    measure: Measure = "pga",
    *,
    vs30_m_s: ArrayLike = ROCK_M_S,
    mechanism: Mechanism = "reverse",
) -> Motion:
    """Median and spread of the motion; the arguments broadcast against each other.

    magnitude: moment magnitude, 3 to 8.5; rjb_km: distance to the surface projection of the rupture; vs30_m_s: mean
    velocity of shear waves in the upper 30 m.

    >>> float(bssa14(7.0, 10.0, "pga").median.round(5)), float(bssa14(7.0, 10.0, "sa1").median.round(5))
    (0.23598, 0.17419)
    """
    m, r, v = (np.asarray(value, dtype=float) for value in (magnitude, rjb_km, vs30_m_s))
    c = coefficients(measure)
    on_rock = _source_and_path(m, r, mechanism, c)
    ln_median = on_rock + _site(v, lambda: np.exp(_source_and_path(m, r, mechanism, coefficients("pga"))), c)
    tau, phi = _spread(m, r, v, c)
    shape = np.broadcast_shapes(ln_median.shape, tau.shape, phi.shape)
    return Motion(*(np.broadcast_to(value, shape) for value in (ln_median, tau, phi)))


def _source_and_path(m: Floats, r: Floats, mechanism: Mechanism, c: Mapping[str, float]) -> Floats:
    """F_E + F_P: ln of the motion on the reference rock."""
    above = m - c["M_h"]
    source = c[E_TERMS[mechanism]] + np.where(above <= 0, c["e_4"] * above + c["e_5"] * above**2, c["e_6"] * above)
    distance = np.sqrt(r**2 + c["h"] ** 2)
    spreading = (c["c_1"] + c["c_2"] * (m - c["M_ref"])) * np.log(distance / c["R_ref"])
    absorption = (c["c_3"] + c["dc_3global"]) * (distance - c["R_ref"])
    total: Floats = source + spreading + absorption
    return total


def _site(v: Floats, rock_pga: Callable[[], Floats], c: Mapping[str, float]) -> Floats:
    """F_S: what softer ground adds, linearly and with the strength of the shaking, which does not count on rock."""
    linear = c["c"] * np.log(np.minimum(v, c["V_c"]) / c["V_ref"])
    f2 = c["f_4"] * (np.exp(c["f_5"] * (np.minimum(v, 760.0) - 360.0)) - np.exp(c["f_5"] * (760.0 - 360.0)))
    total: Floats = linear + c["f_1"]
    if np.any(f2):
        total = total + f2 * np.log((rock_pga() + c["f_3"]) / c["f_3"])
    return np.asarray(total)


def _spread(m: Floats, r: Floats, v: Floats, c: Mapping[str, float]) -> tuple[Floats, Floats]:
    """tau between events and phi within one, in ln."""
    share = np.clip(m - 4.5, 0.0, 1.0)
    tau = c["tau_1"] + (c["tau_2"] - c["tau_1"]) * share
    phi = c["phi_1"] + (c["phi_2"] - c["phi_1"]) * share
    far = np.log(np.maximum(r, c["R_1"]) / c["R_1"]) / np.log(c["R_2"] / c["R_1"])
    soft = np.log(c["V_2"] / np.clip(v, c["V_1"], c["V_2"])) / np.log(c["V_2"] / c["V_1"])
    return tau, phi + c["dphi_R"] * np.minimum(far, 1.0) - c["dphi_V"] * soft
