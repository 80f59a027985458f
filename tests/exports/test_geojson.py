"""GeoJSON against the rules of RFC 7946."""

from __future__ import annotations

import json
from itertools import pairwise


def test_routes_are_valid_geojson(exported, contents):
    content = json.loads((exported("geojson") / "routes.geojson").read_bytes())
    assert content["type"] == "FeatureCollection"
    assert "crs" not in content
    kinds = {feature["geometry"]["type"] for feature in content["features"]}
    assert kinds == {"Point", "MultiLineString"}
    for feature in content["features"]:
        assert feature["type"] == "Feature"
        assert {"mineral", "from", "to"} <= set(feature["properties"])
        for line in _lines(feature["geometry"]):
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in line)
            assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(line))
    assert {f["properties"]["mineral"] for f in content["features"]} <= {m.key for m in contents.minerals}


def _lines(geometry):
    return [[geometry["coordinates"]]] if geometry["type"] == "Point" else geometry["coordinates"]
