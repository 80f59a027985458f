"""Characterisation factors, read by bw2io, bw2data and olca-schema: nothing unlinked, nothing twice, equal values."""

from __future__ import annotations

import csv
import json

import bw2data
import bw2io
import olca_schema as olca
import pytest

from sogdia.data import open_store
from sogdia.exports.factors import flow_factors
from sogdia.exports.flows import resource_flows, unmapped_minerals

pytestmark = pytest.mark.filterwarnings("ignore")  # of other programs' insides

BIOSPHERE = "biosphere3"  # the name that Brightway looks for


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A Brightway project with the flows from the ground."""
    bw2data.projects.change_base_directories(tmp_path_factory.mktemp("brightway"), update=False)
    bw2data.projects.set_current("sogdia")
    flows = {
        (BIOSPHERE, flow.uuid): {
            "name": flow.name, "categories": (flow.category, flow.subcategory), "unit": "kilogram", "type": "emission",
            "code": flow.uuid,
        }
        for of in resource_flows().values()
        for flow in of
    }  # fmt: skip
    bw2data.Database(BIOSPHERE).write(flows)
    return flows


def test_brightway_links_every_factor_once_with_our_value(exported, contents, project):
    folder = exported("brightway")
    methods = json.loads((folder / "methods.json").read_bytes())
    wanted = {(f.importer.name, str(f.year)): flow_factors(f) for f in contents.factors()}
    assert len(methods) == len(wanted) == 4
    for method in methods:
        name = tuple(method["method"])
        importer = bw2io.importers.CSVLCIAImporter(str(folder / method["file"]), name, "", method["unit"])
        importer.apply_strategies(verbose=False)
        assert importer.all_linked
        importer.write_methods(overwrite=True, verbose=False)
        flows = [(flow["code"] if hasattr(flow, "keys") else flow, value) for flow, value in _loaded(name)]
        assert len({code for code, _ in flows}) == len(flows)
        assert dict(flows) == {flow.uuid: value for flow, value in wanted[name[1:]]}


def _loaded(name):
    method = bw2data.Method(name)
    assert method.metadata["unit"] == "kg Cu-Eq"
    for key, value in method.load():
        activity = bw2data.get_activity(key)
        yield activity["code"], value


def test_simapro_file_is_read_whole_with_nothing_unlinked(exported, contents, project):
    importer = bw2io.importers.SimaProLCIACSVImporter(
        str(exported("simapro") / "geopolrisk.csv"), biosphere=BIOSPHERE, normalize_biosphere=True
    )
    ours = "normalize_simapro_biosphere_names"  # ours are ecoinvent's names of today already
    importer.strategies = [one for one in importer.strategies if getattr(one, "__name__", "") != ours]
    importer.apply_strategies(verbose=False)
    wanted = {f"GeoPolRisk {f.importer.name} {f.year}": flow_factors(f) for f in contents.factors()}
    assert len(importer.data) == len(wanted)
    for data in importer.data:
        own = wanted[data["name"][-1]]
        assert {one["name"]: one["amount"] for one in data["exchanges"]} == {flow.name: value for flow, value in own}
        assert len(data["exchanges"]) == len(own)
    assert importer.all_linked


def test_openlca_package_is_read_with_every_reference_inside(exported, contents):
    from olca_schema import zipio

    with zipio.ZipReader(str(exported("openlca") / "geopolrisk.zip")) as package:
        flows = {flow.id: flow.name for flow in package.read_each(olca.Flow)}
        categories = list(package.read_each(olca.ImpactCategory))
        (method,) = package.read_each(olca.ImpactMethod)
        groups = list(package.read_each(olca.UnitGroup))
        masses = list(package.read_each(olca.FlowProperty))
    assert [group.units[0].id for group in groups] == [categories[0].impact_factors[0].unit.id]
    assert [mass.id for mass in masses] == [categories[0].impact_factors[0].flow_property.id]
    assert {one.id for one in method.impact_categories} == {one.id for one in categories}
    wanted = {f"GeoPolRisk, {f.importer.name}, {f.year}": flow_factors(f) for f in contents.factors()}
    assert {one.name for one in categories} == set(wanted)
    for category in categories:
        read = [(factor.flow.id, factor.value) for factor in category.impact_factors]
        assert len(dict(read)) == len(read)
        assert dict(read) == {flow.uuid: value for flow, value in wanted[category.name]}
        assert {code for code, _ in read} <= set(flows)


def test_no_flow_belongs_to_two_minerals():
    uuids = [flow.uuid for of in resource_flows().values() for flow in of]
    assert len(set(uuids)) == len(uuids)


def test_every_mineral_has_flows_or_a_reason_why_not():
    keys = set(open_store(None).minerals)
    assert keys == set(resource_flows()) | set(unmapped_minerals())
    assert not set(resource_flows()) & set(unmapped_minerals())


def test_the_mapping_lists_what_is_unmapped(exported):
    rows = list(csv.DictReader((exported("brightway") / "flow_mapping.csv").read_text().splitlines()))
    (bauxite,) = [row for row in rows if row["mineral"] == "bauxite"]
    assert not bauxite["flow"]
    assert "aluminium" in bauxite["why_unmapped"]
    assert all(row["flow_uuid"] for row in rows if row is not bauxite)
