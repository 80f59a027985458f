"""GeoPolRisk characterisation factors as an openLCA method: a JSON-LD package (olca-schema 2).

https://greendelta.github.io/olca-schema/
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

from sogdia.exports.contents import ExportContents, Factor
from sogdia.exports.factors import METHOD, REFERENCE_UNIT, file_stem, flow_factors, flow_mapping
from sogdia.exports.flows import ResourceFlow
from sogdia.exports.format import ExportFormat, Files

SPACE = uuid.UUID("8f1c5bd4-6a0f-4c3e-9d53-52a26ac8d1a7")
"""The name space of ids that are made here."""
MASS, UNITS_OF_MASS, KG = (
    "93a60a56-a3c8-11da-a746-0800200b9a66",
    "93a60a57-a4c8-11da-a746-0800200c9a66",
    "20aadc24-a391-41cf-b340-3e4529f44bde",
)
"""openLCA's own ids of mass, its units and the kilogram."""
EPOCH = (1980, 1, 1, 0, 0, 0)


def files(contents: ExportContents) -> Files:
    """geopolrisk.zip and the flow mapping."""
    factors = list(contents.factors())
    used = sorted({flow for factor in factors for flow, _ in flow_factors(factor)}, key=lambda flow: flow.uuid)
    parts: list[tuple[str, dict[str, Any]]] = [
        ("openlca.json", {"schemaVersion": 2}),
        (f"unit_groups/{UNITS_OF_MASS}.json", _unit_group()),
        (f"flow_properties/{MASS}.json", _mass()),
        *((f"flows/{flow.uuid}.json", _flow(flow)) for flow in used),
        *((f"lcia_categories/{_id(file_stem(f))}.json", _category(f)) for f in factors),
        (f"lcia_methods/{_id(METHOD)}.json", _method(factors)),
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, EPOCH), json.dumps(content, ensure_ascii=False))
    return {"geopolrisk.zip": packed.getvalue()} | flow_mapping(contents)


def _id(name: str) -> str:
    return str(uuid.uuid5(SPACE, name))


def _ref(kind: str, name: str, label: str) -> dict[str, Any]:
    return {"@type": kind, "@id": name, "name": label}


def _unit_group() -> dict[str, Any]:
    unit = {"@type": "Unit", "@id": KG, "name": "kg", "conversionFactor": 1.0, "isRefUnit": True}
    return {"@type": "UnitGroup", "@id": UNITS_OF_MASS, "name": "Units of mass", "units": [unit]}


def _mass() -> dict[str, Any]:
    group = _ref("UnitGroup", UNITS_OF_MASS, "Units of mass")
    kind = "PHYSICAL_QUANTITY"
    return {"@type": "FlowProperty", "@id": MASS, "name": "Mass", "flowPropertyType": kind, "unitGroup": group}


def _flow(flow: ResourceFlow) -> dict[str, Any]:
    mass = {
        "@type": "FlowPropertyFactor", "conversionFactor": 1.0, "isRefFlowProperty": True,
        "flowProperty": _ref("FlowProperty", MASS, "Mass"),
    }  # fmt: skip
    return {
        "@type": "Flow", "@id": flow.uuid, "name": flow.name, "flowType": "ELEMENTARY_FLOW",
        "category": f"Elementary flows/{flow.category}/{flow.subcategory}", "flowProperties": [mass],
    }  # fmt: skip


def _category(factor: Factor) -> dict[str, Any]:
    rows = [
        {
            "@type": "ImpactFactor", "value": value, "flow": _ref("Flow", flow.uuid, flow.name),
            "flowProperty": _ref("FlowProperty", MASS, "Mass"), "unit": _ref("Unit", KG, "kg"),
        }
        for flow, value in flow_factors(factor)
    ]  # fmt: skip
    return {
        "@type": "ImpactCategory", "@id": _id(file_stem(factor)), "name": _label(factor), "refUnit": REFERENCE_UNIT,
        "impactFactors": rows,
    }  # fmt: skip


def _method(factors: list[Factor]) -> dict[str, Any]:
    categories = [_ref("ImpactCategory", _id(file_stem(f)), _label(f)) for f in factors]
    return {"@type": "ImpactMethod", "@id": _id(METHOD), "name": METHOD, "impactCategories": categories}


def _label(factor: Factor) -> str:
    return f"{METHOD}, {factor.importer.name}, {factor.year}"


FORMAT = ExportFormat("openlca", "GeoPolRisk factors as a method of openLCA", ("olca-schema",), files)
