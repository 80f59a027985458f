"""How exposed is an importer? Concentration, reliance, published risk scores, traced origin, trend."""

from sogdia.exposure.company import expose_company
from sogdia.exposure.history import history, largest_suppliers
from sogdia.exposure.partners import partner_supply
from sogdia.exposure.position import Exposure, Measure, expose, measures
from sogdia.exposure.traced import traced_origin

__all__ = [
    "Exposure",
    "Measure",
    "expose",
    "expose_company",
    "history",
    "largest_suppliers",
    "measures",
    "partner_supply",
    "traced_origin",
]
