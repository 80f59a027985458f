"""The XML parts of a workbook, read as a stream within limits: no entities, no deep nesting, no tag without end.

A part is never held in memory. Expat calls back for every element; names of elements come without their namespace.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from sogdia.errors import Fault, InputError
from sogdia.tabular.limits import (
    CELL_CHARACTERS,
    WORKBOOK_BYTES,
    WORKBOOK_ELEMENTS,
    XML_DEPTH,
    XML_NAMES,
    XML_TOKEN_BYTES,
)

CHUNK_BYTES = 2**16
SEPARATOR = "}"
BROKEN = (expat.ExpatError, LookupError, ValueError)
"""What a damaged or misleading part raises while it is read."""
Attributes = dict[str, str]


@dataclass(slots=True)
class Budget:
    """What may still be read of one workbook, in all its parts together. names: local names of elements by their full
    ones; attributes: full names of attributes.
    """

    file: str
    bytes: int = WORKBOOK_BYTES
    elements: int = WORKBOOK_ELEMENTS
    names: dict[str, str] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)

    def local(self, name: str) -> str:
        """The name of an element without its namespace."""
        local = self.names[name] = name.rpartition(SEPARATOR)[2]
        if len(self.names) + len(self.attributes) > XML_NAMES:
            raise too_much(self.file, f"a workbook has {XML_NAMES} names of elements and attributes at most")
        return local


def too_much(file: str, rule: str, row: int | None = None) -> InputError:
    """The error for a workbook that is larger than any table."""
    remedy = "Remove what does not belong to the table, or save it as CSV."
    return InputError([Fault(file, rule, remedy, row)])


def read_part(
    zipped: zipfile.ZipFile,
    part: str,
    budget: Budget,
    start: Callable[[str, Attributes], bool],
    end: Callable[[str, str], None],
) -> None:
    """Read one part. start: called with the name and attributes of an element, says whether its text is wanted;
    end: called with the name of an element and that text.
    """
    budget.bytes -= zipped.getinfo(part).file_size
    if budget.bytes < 0:
        raise too_much(budget.file, f"a workbook unpacks to {WORKBOOK_BYTES // 2**20} MiB at most")
    parser = expat.ParserCreate(namespace_separator=SEPARATOR, intern=None)
    parser.buffer_text = True
    names, attributes = budget.names, budget.attributes
    texts: list[str] | None = None
    depth = 0

    def started(name: str, its: Attributes) -> None:
        nonlocal texts, depth
        depth += 1
        budget.elements -= 1
        if depth > XML_DEPTH or budget.elements < 0:
            rule = f"a workbook has {WORKBOOK_ELEMENTS} elements at most, {XML_DEPTH} inside each other"
            raise too_much(budget.file, rule)
        if its:
            attributes.update(its)
        texts = [] if start(names.get(name) or budget.local(name), its) else None

    def ended(name: str) -> None:
        nonlocal texts, depth
        depth -= 1
        text = ""
        if texts:
            text = "".join(texts)
            if len(text) > CELL_CHARACTERS:
                raise too_much(budget.file, f"a cell has {CELL_CHARACTERS} characters at most")
        texts = None
        end(names[name], text)

    def data(text: str) -> None:
        if texts is not None:
            texts.append(text)

    def doctype(*_: object) -> None:
        rule, remedy = "a workbook defines no entities", "Do not use this file; get it from its publisher."
        raise InputError([Fault(budget.file, rule, remedy)])

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = doctype
    _feed(parser, zipped, part, budget)


def _feed(parser: expat.XMLParserType, zipped: zipfile.ZipFile, part: str, budget: Budget) -> None:
    """Give a part to the parser; InputError where a tag does not end, or where the attributes have too many names."""
    with zipped.open(part) as stream:
        fed = 0
        while chunk := stream.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > XML_TOKEN_BYTES:
                raise too_much(budget.file, f"a tag of a workbook has {XML_TOKEN_BYTES // 2**20} MiB at most")
            if len(budget.attributes) > XML_NAMES:
                raise too_much(budget.file, f"a workbook has {XML_NAMES} names of elements and attributes at most")
        parser.Parse(b"", True)
