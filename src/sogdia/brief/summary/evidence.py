"""What a summary rests on: the answers of the rooms below, taken from a report or asked for a summary alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sogdia.claims import Claims
from sogdia.codes import Region
from sogdia.corridors import Access
from sogdia.data import Mineral
from sogdia.exposure import Exposure, PartnerSupply
from sogdia.shock.supplier_loss import SupplierLosses


@dataclass(frozen=True, slots=True)
class SummaryEvidence:
    """exposure: of the importer in `year`; supply: of the partners; losses: of each main supplier; corridors, claims:
    None where there are none; plan: `Plan.to_dict()`, None where there is none, and then no_plan says why;
    weighed_abroad: projects of the partners that the plan could choose.
    """

    importer: Region
    partners: tuple[Region, ...]
    year: int
    minerals: tuple[Mineral, ...]
    exposure: Exposure
    supply: PartnerSupply
    losses: SupplierLosses
    corridors: Access | None
    claims: Claims | None
    plan: Mapping[str, Any] | None = None
    no_plan: str = ""
    weighed_abroad: int = 0
