"""Blocks, formats, wording, pages, workbooks and pictures. It knows no question: rooms below and above hand it data."""
