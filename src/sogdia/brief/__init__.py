"""Results in, files out: the report as HTML, workbook, figures and data. It computes nothing of its own."""

from sogdia.brief.folder import write
from sogdia.brief.manifest import must_be_replaceable
from sogdia.brief.report import Report

__all__ = ["Report", "must_be_replaceable", "write"]
