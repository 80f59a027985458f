"""The report of one importer as HTML, workbook, figures and data, made of the answers of the rooms below."""

from sogdia.brief.figure_count import counted
from sogdia.brief.folder import write
from sogdia.brief.manifest import must_be_replaceable
from sogdia.brief.report import Report

__all__ = ["Report", "counted", "must_be_replaceable", "write"]
