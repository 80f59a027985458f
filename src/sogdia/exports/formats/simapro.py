"""GeoPolRisk characterisation factors as a method of SimaPro (CSV): one impact category for each importer and year."""

from __future__ import annotations

from importlib.metadata import version

from sogdia.answer import year_label
from sogdia.exports.contents import ExportContents
from sogdia.exports.factors import METHOD, REFERENCE_UNIT, flow_factors, flow_mapping
from sogdia.exports.flows import ResourceFlow
from sogdia.exports.format import ExportFormat, Files

SUBSTANCE = "Raw"
PLACE = "in ground"
HEADER = (
    "{{SimaPro 9.0}}", "{{methods}}", "{{Date: 1-1-1970}}", "{{Time: 00:00:00}}", "{{Project: Sogdia {version}}}",
    "{{CSV Format version: 8.0.5}}", "{{CSV separator: Semicolon}}", "{{Decimal separator: .}}",
    "{{Date separator: -}}", "{{Short date format: d-M-yyyy}}", "",
)  # fmt: skip


def files(contents: ExportContents) -> Files:
    """geopolrisk.csv and the flow mapping."""
    lines = [line.format(version=version("sogdia")) for line in HEADER]
    factors = list(contents.factors())
    years = year_label(sorted({factor.year for factor in factors})) if factors else ""
    lines += [
        "Method", "", "Name", METHOD, "", "Version", "1;0", "", "Comment",
        f"Geopolitical supply risk, years {years}; made with Sogdia {version('sogdia')}", "", "Category", METHOD, "",
        "Use Damage Assessment", "No", "", "Use Normalization", "No", "", "Use Weighting", "No", "",
        "Use Addition", "No", "", "Weighting unit", "Pt", "",
    ]  # fmt: skip
    for factor in factors:
        name = f"{METHOD} {_plain(factor.importer.name)} {factor.year}"
        lines += ["Impact category", f"{name};{REFERENCE_UNIT}", "", "Substances"]
        lines += [_substance(flow, value) for flow, value in flow_factors(factor)]
        lines += [""]
    text = "\r\n".join([*lines, "End", ""])
    return {"geopolrisk.csv": text.encode("cp1252", errors="replace")} | flow_mapping(contents)


def _substance(flow: ResourceFlow, value: float) -> str:
    """Compartment; subcompartment; name; CAS number; factor; unit."""
    return f"{SUBSTANCE};{PLACE};{_plain(flow.name)};;{value!r};{flow.unit}"


def _plain(text: str) -> str:
    """Without the characters that separate fields and lines."""
    return " ".join(text.replace(";", ",").replace('"', "'").split())


FORMAT = ExportFormat("simapro", "GeoPolRisk factors as a method of SimaPro", ("bw2io",), files)
