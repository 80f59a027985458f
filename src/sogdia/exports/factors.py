"""Characterisation factors of elementary flows: those of a mineral hold for each of its flows, and no flow has two."""

from __future__ import annotations

from sogdia.exports.contents import ExportContents, Factor
from sogdia.exports.flows import ResourceFlow, mapping_csv, resource_flows

METHOD = "GeoPolRisk"
REFERENCE_UNIT = "kg Cu-Eq"
FLOW_MAPPING = "flow_mapping.csv"


def flow_factors(factor: Factor) -> list[tuple[ResourceFlow, float]]:
    """Each flow with its factor [kg Cu-Eq / kg], by name of the flow. Minerals without a flow are left out."""
    known = resource_flows()
    pairs = [(flow, value) for mineral, value in factor.by_mineral.items() for flow in known.get(mineral, ())]
    return sorted(pairs, key=lambda pair: (pair[0].name, pair[0].uuid))


def file_stem(factor: Factor) -> str:
    """The name of the file of a method, without ending."""
    return f"geopolrisk_{factor.importer.key}_{factor.year}".lower()


def flow_mapping(contents: ExportContents) -> dict[str, bytes]:
    """The file that stands beside the factors: the flows of each mineral, and what is unmapped."""
    return {FLOW_MAPPING: mapping_csv(mineral.key for mineral in contents.minerals)}
