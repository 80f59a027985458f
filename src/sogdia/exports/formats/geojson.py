"""Routes and places as GeoJSON (RFC 7946), for a geographic information system."""

from __future__ import annotations

import json
from typing import Any

from sogdia.exports.contents import ExportContents
from sogdia.exports.format import ExportFormat, Files


def files(contents: ExportContents) -> Files:
    """routes.geojson: of each main shipment of the partners the alternatives and places; one feature for each.

    NoAnswerError where no shipment reaches the importer.
    """
    features: list[dict[str, Any]] = []
    for way in contents.access.ways:
        shipment = {"mineral": way.shipment.mineral, "from": way.routes.origin, "to": way.routes.destination}
        whole: Any = way.routes.geojson()
        features += [one | {"properties": {**shipment, **one["properties"]}} for one in whole["features"]]
    content = {"type": "FeatureCollection", "features": features}
    return {"routes.geojson": (json.dumps(content, ensure_ascii=False) + "\n").encode()}


FORMAT = ExportFormat("geojson", "Routes of the partners' main shipments", ("polars",), files)
