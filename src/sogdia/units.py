"""Unit factors, by name, so that no formula carries a bare 1000."""

from __future__ import annotations

KG_PER_T = 1000.0
T_PER_MT = 1e6
USD_PER_KUSD = 1000.0
KUSD_PER_MUSD = 1000.0
HOURS_PER_DAY = 24.0
HOURS_PER_YEAR = 8760.0

# Tonnes in one unit of a production statistic. Gas at 0.8 kg per cubic metre, the density the GeoPolRisk method uses.
T_PER_UNIT = {"t": 1.0, "kg": 1e-3, "ct": 2e-7, "million m3": 800.0}
