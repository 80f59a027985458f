"""Answers as files for other programs: one module of `formats` for each format, one registry."""

from sogdia.exports.contents import ExportContents
from sogdia.exports.format import ExportFormat
from sogdia.exports.registry import formats, register
from sogdia.exports.write import export

__all__ = ["ExportContents", "ExportFormat", "export", "formats", "register"]
