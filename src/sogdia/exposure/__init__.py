"""The exposure of an importer: concentration, reliance, published risk scores, traced origin and trend."""

from sogdia.exposure.answer import Exposure
from sogdia.exposure.company import expose_company
from sogdia.exposure.exporter import ExporterPosition, exporter_position
from sogdia.exposure.history import history, largest_suppliers
from sogdia.exposure.measure import Indicator, Label, Measure
from sogdia.exposure.partners import PartnerSupply, partner_supply
from sogdia.exposure.position import expose, expose_importer
from sogdia.exposure.registry import indicators, labels, measures, register
from sogdia.exposure.traced import TracedOrigin, traced_origin

__all__ = [
    "ExporterPosition",
    "Exposure",
    "Indicator",
    "Label",
    "Measure",
    "PartnerSupply",
    "TracedOrigin",
    "exporter_position",
    "expose",
    "expose_company",
    "expose_importer",
    "history",
    "indicators",
    "labels",
    "largest_suppliers",
    "measures",
    "partner_supply",
    "register",
    "traced_origin",
]
