"""Blocks, formats, wording, pages, workbooks and pictures, made of the data that other rooms hand in."""
