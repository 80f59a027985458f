"""SDMX-CSV 2.0 with its data structure definition in SDMX-ML 2.1.

https://github.com/sdmx-twg/sdmx-csv
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import polars as pl

from sogdia.codes import countries
from sogdia.exports.contents import ExportContents
from sogdia.exports.format import ExportFormat, Files
from sogdia.exposure.answer import long_measures

AGENCY, STRUCTURE, FLOW, VERSION = "Sogdia", "EXPOSURE", "EXPOSURE", "1.0"
NOT_APPLICABLE = "_Z"
DIMENSIONS = {
    "IMPORTER": ("importer", "Importer"), "MINERAL": ("mineral", "Mineral"), "STAGE": ("stage", "Stage"),
    "PARTNER": ("partner", "Partner"), "VARIABLE": ("variable", "Variable"), "STAT": ("stat", "Statistic"),
}  # fmt: skip
"""Column and name of each dimension but time."""
ATTRIBUTES = {"UNIT_MEASURE": ("unit", "Unit"), "SOURCE": ("source_id", "Source ids")}
MES = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
STR = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
COM = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def files(contents: ExportContents) -> Files:
    """exposure.csv and structure.xml."""
    frame = contents.long
    return {"exposure.csv": _observations(frame).encode(), "structure.xml": _structure(contents, frame)}


def _observations(frame: pl.DataFrame) -> str:
    dimensions = [pl.col(column).fill_null(NOT_APPLICABLE).alias(name) for name, (column, _) in DIMENSIONS.items()]
    attributes = [pl.col(column).fill_null("").alias(name) for name, (column, _) in ATTRIBUTES.items()]
    return frame.select(
        pl.lit("dataflow").alias("STRUCTURE"), pl.lit(f"{AGENCY}:{FLOW}({VERSION})").alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"), *dimensions, pl.col("year").alias("TIME_PERIOD"),
        pl.col("value").alias("OBS_VALUE"), *attributes,
    ).write_csv()  # fmt: skip


def _structure(contents: ExportContents, frame: pl.DataFrame) -> bytes:
    """Code lists, concepts, the data structure and the data flow."""
    for prefix, space in (("mes", MES), ("str", STR), ("com", COM)):
        ET.register_namespace(prefix, space)
    root = ET.Element(f"{{{MES}}}Structure")
    header = ET.SubElement(root, f"{{{MES}}}Header")
    for name, text in (("ID", FLOW), ("Test", "false"), ("Prepared", "1970-01-01T00:00:00")):
        ET.SubElement(header, f"{{{MES}}}{name}").text = text
    ET.SubElement(header, f"{{{MES}}}Sender", {"id": AGENCY})
    parts = ET.SubElement(root, f"{{{MES}}}Structures")
    flows = ET.SubElement(parts, f"{{{STR}}}Dataflows")
    flow = _maintained(flows, "Dataflow", FLOW, "Exposure of importers")
    _reference(ET.SubElement(flow, f"{{{STR}}}Structure"), "DataStructure", STRUCTURE, "datastructure")
    lists = ET.SubElement(parts, f"{{{STR}}}Codelists")
    for dimension, names in _codes(contents, frame).items():
        codes = _maintained(lists, "Codelist", f"CL_{dimension}", DIMENSIONS[dimension][1])
        for code, name in names.items():
            _named(ET.SubElement(codes, f"{{{STR}}}Code", {"id": code}), name)
    scheme = _maintained(ET.SubElement(parts, f"{{{STR}}}Concepts"), "ConceptScheme", "CONCEPTS", "Concepts")
    concepts = {name: label for name, (_, label) in (DIMENSIONS | ATTRIBUTES).items()}
    for name, label in (concepts | {"TIME_PERIOD": "Year", "OBS_VALUE": "Value"}).items():
        _named(ET.SubElement(scheme, f"{{{STR}}}Concept", {"id": name}), label)
    _data_structure(ET.SubElement(parts, f"{{{STR}}}DataStructures"))
    made = io.BytesIO()
    ET.ElementTree(root).write(made, encoding="UTF-8", xml_declaration=True)
    return made.getvalue()


def _data_structure(parent: ET.Element) -> None:
    whole = _maintained(parent, "DataStructure", STRUCTURE, "Exposure of importers")
    components = ET.SubElement(whole, f"{{{STR}}}DataStructureComponents")
    dimensions = ET.SubElement(components, f"{{{STR}}}DimensionList", {"id": "DimensionDescriptor"})
    for position, name in enumerate(DIMENSIONS, 1):
        one = ET.SubElement(dimensions, f"{{{STR}}}Dimension", {"id": name, "position": str(position)})
        _concept(one, name)
        local = ET.SubElement(one, f"{{{STR}}}LocalRepresentation")
        _reference(ET.SubElement(local, f"{{{STR}}}Enumeration"), "Codelist", f"CL_{name}", "codelist")
    place = {"id": "TIME_PERIOD", "position": str(len(DIMENSIONS) + 1)}
    time = ET.SubElement(dimensions, f"{{{STR}}}TimeDimension", place)
    _concept(time, "TIME_PERIOD")
    local = ET.SubElement(time, f"{{{STR}}}LocalRepresentation")
    ET.SubElement(local, f"{{{STR}}}TextFormat", {"textType": "ObservationalTimePeriod"})
    attributes = ET.SubElement(components, f"{{{STR}}}AttributeList", {"id": "AttributeDescriptor"})
    for name in ATTRIBUTES:
        one = ET.SubElement(attributes, f"{{{STR}}}Attribute", {"id": name, "assignmentStatus": "Conditional"})
        _concept(one, name)
        relation = ET.SubElement(one, f"{{{STR}}}AttributeRelationship")
        ET.SubElement(ET.SubElement(relation, f"{{{STR}}}PrimaryMeasure"), "Ref", {"id": "OBS_VALUE"})
    measure = ET.SubElement(components, f"{{{STR}}}MeasureList", {"id": "MeasureDescriptor"})
    _concept(ET.SubElement(measure, f"{{{STR}}}PrimaryMeasure", {"id": "OBS_VALUE"}), "OBS_VALUE")


def _codes(contents: ExportContents, frame: pl.DataFrame) -> dict[str, dict[str, str]]:
    """The codes of each dimension that the table uses, with their names."""
    minerals = {mineral.key: mineral.name for mineral in contents.minerals}
    names = {iso3: country.name for iso3, country in countries().items()}
    names |= {importer.key: importer.name for importer in contents.importers}
    labels = {name: measure.label for name, measure in long_measures().items()}
    known = {"IMPORTER": names, "MINERAL": minerals, "PARTNER": names, "VARIABLE": labels}
    made = {}
    for dimension, (column, _) in DIMENSIONS.items():
        used = sorted(set(frame[column].fill_null(NOT_APPLICABLE).to_list()))
        of = known.get(dimension, {})
        made[dimension] = {code: "not applicable" if code == NOT_APPLICABLE else of.get(code, code) for code in used}
    return made


def _maintained(parent: ET.Element, tag: str, name: str, label: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{STR}}}{tag}", {"id": name, "agencyID": AGENCY, "version": VERSION})
    _named(made, label)
    return made


def _named(element: ET.Element, label: str) -> None:
    ET.SubElement(element, f"{{{COM}}}Name", {LANG: "en"}).text = label


def _concept(parent: ET.Element, name: str) -> None:
    place = {
        "maintainableParentID": "CONCEPTS", "maintainableParentVersion": VERSION, "agencyID": AGENCY, "id": name,
        "package": "conceptscheme", "class": "Concept",
    }  # fmt: skip
    ET.SubElement(ET.SubElement(parent, f"{{{STR}}}ConceptIdentity"), "Ref", place)


def _reference(parent: ET.Element, kind: str, name: str, package: str) -> None:
    place = {"id": name, "version": VERSION, "agencyID": AGENCY, "package": package, "class": kind}
    ET.SubElement(parent, "Ref", place)


FORMAT = ExportFormat("sdmx", "SDMX-CSV 2.0 with a data structure definition", ("sdmx1",), files)
