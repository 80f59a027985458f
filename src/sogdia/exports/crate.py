"""Metadata of an export in RO-Crate 1.1: each file with its hash, the program that made it, and the sources behind it.

https://www.researchobject.org/ro-crate/specification/1.1/
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sogdia.data.provenance import source
from sogdia.files import read_regular

if TYPE_CHECKING:
    from sogdia.exports.contents import ExportContents
    from sogdia.exports.format import ExportFormat, Files

CRATE_FILE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
CONFORMS = "https://w3id.org/ro/crate/1.1"
PROGRAM = "#sogdia"
RUN = "#run"
MAX_BYTES = 16 * 2**20
MEDIA = {
    ".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".json": "application/json",
    ".xml": "application/xml", ".geojson": "application/geo+json", ".zip": "application/zip", ".txt": "text/plain",
}  # fmt: skip


def crate(contents: ExportContents, wanted: ExportFormat, files: Files) -> dict[str, Any]:
    """The metadata as JSON-LD. Equal exports differ in the date alone."""
    made = [_file(name, content) for name, content in sorted(files.items())]
    cited = [_citation(source_id) for source_id in contents.exposure.sources()]
    root = {
        "@id": "./", "@type": "Dataset", "name": contents.title, "description": wanted.title,
        "datePublished": datetime.now(UTC).date().isoformat(),
        "license": "Each source has terms of its own: see the licence of each citation.",
        "hasPart": [{"@id": entity["@id"]} for entity in made],
        "citation": [{"@id": entity["@id"]} for entity in cited],
        "mentions": {"@id": RUN},
    }  # fmt: skip
    run = {
        "@id": RUN, "@type": "CreateAction", "name": f"sogdia export {wanted.key}", "instrument": {"@id": PROGRAM},
        "result": [{"@id": entity["@id"]} for entity in made],
        "description": "importers " + ", ".join(i.key for i in contents.importers)
        + "; years " + ", ".join(map(str, contents.years))
        + "; minerals " + ", ".join(m.key for m in contents.minerals),
        "object": [{"@id": entity["@id"]} for entity in _tables(contents)],
    }  # fmt: skip
    program = {
        "@id": PROGRAM, "@type": "SoftwareApplication", "name": "Sogdia", "version": version("sogdia"),
        "license": "https://spdx.org/licenses/Apache-2.0", "url": "https://github.com/sogdia/sogdia",
    }  # fmt: skip
    descriptor = {
        "@id": CRATE_FILE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": CONFORMS},
    }  # fmt: skip
    return {"@context": CONTEXT, "@graph": [descriptor, root, run, program, *made, *cited, *_tables(contents)]}


def is_ours(folder: Path) -> bool:
    """Whether the folder holds the metadata of an export written by Sogdia."""
    try:
        content = json.loads(read_regular(folder / CRATE_FILE, MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return False
    graph = content.get("@graph") if isinstance(content, dict) else None
    return isinstance(graph, list) and any(isinstance(one, dict) and one.get("@id") == PROGRAM for one in graph)


def _file(name: str, content: bytes) -> dict[str, Any]:
    kind = MEDIA.get(PurePosixPath(name).suffix, "application/octet-stream")
    digest = hashlib.sha256(content).hexdigest()
    return {
        "@id": name, "@type": "File", "name": name, "encodingFormat": kind, "contentSize": str(len(content)),
        "sha256": digest,
    }  # fmt: skip


def _citation(source_id: str) -> dict[str, Any]:
    known = source(source_id)
    entity: dict[str, Any] = {
        "@id": f"#{source_id}", "@type": "CreativeWork", "identifier": source_id, "name": known.title,
        "publisher": known.publisher, "license": known.licence, "description": known.citation(),
    }  # fmt: skip
    return entity | ({"url": known.url} if known.url else {})


def _tables(contents: ExportContents) -> list[dict[str, Any]]:
    """The tables of the store with their hashes."""
    entries = sorted((file.entry for file in contents.store.files), key=lambda entry: (entry.table, entry.file))
    return [
        {
            "@id": f"#store/{e.table}/{e.file}",
            "@type": "CreativeWork",
            "name": f"{e.table}: {e.file}",
            "sha256": e.sha256,
        }
        for e in entries
    ]
