"""How much a file of the user's own may hold. Every limit of the readers stands here, with its reason.

A small file can ask for much: a workbook of 30 KB may unpack to rows without end, and a key of a TOML file may cost
gigabytes. The limits are far above what real tables have, and low enough that any file of a few megabytes is read or
refused in seconds.
"""

from __future__ import annotations

TABLE_BYTES = 24 * 2**20
"""A CSV file, which takes forty times as much memory while it is read: 600,000 purchases. The tables read whole are
those of one company or one publisher; releases of trade, which are larger, are read in blocks.
"""
COLUMNS = 1_024
"""Columns of a table. The widest that is read, an older workbook of governance indicators, has some 150."""
HEADER_LINES = 40
"""Lines in which a header is sought: publishers put a title, a date and notes above it."""
LINE_CHARACTERS = 12
"""Characters of a line of CSV, on average over many lines. A name, a year and a figure do not fit into shorter ones."""
MANY_LINES = 50_000
"""Lines over which the average is taken."""
CELL_CHARACTERS = 32_767
"""Characters of one cell, as in spreadsheets."""
NUMBER_CHARACTERS = 100
"""Characters of one number. Longer ones are not measured by anybody, and cost as much as they are long."""

ARCHIVE_MEMBERS = 10_000
"""Files in a zip archive. A release of trade has 30."""
ARCHIVE_BYTES = 64 * 2**30
"""Unpacked size of an archive. A release of all years is 8 GB of text in 2 GB of zip."""
ARCHIVE_RATIO = 200
"""Unpacked by packed size of one file. Empty formatted cells of a workbook shrink a hundredfold."""
RELEASE_RATIO = 12
"""The same for a release of trade, whose figures shrink some fivefold."""
RATIO_BYTES = 2**20
"""Smaller files are not judged by their ratio."""

WORKBOOK_BYTES = 64 * 2**20
"""Unpacked size of all parts of a workbook that are read. World Mining Data has 3 MB."""
WORKBOOK_SHEETS = 1_000
"""Sheets of a workbook. World Mining Data has some 70."""
WORKBOOK_CELLS = 750_000
"""Cells of a workbook as they are written and as lines of a table, the empty ones and the rows too: each counts twice.
50,000 rows of purchases fit. A larger table is a CSV file, which is read several times faster.
"""
WORKBOOK_ELEMENTS = 1_000_000
"""Elements of its XML: a cell has two or three."""
WORKBOOK_CHARACTERS = 32 * 2**20
"""Characters of all its cells; a text that many cells share counts in each."""
XML_DEPTH = 64
"""Levels of XML. Cells lie six deep."""
XML_NAMES = 1_000
"""Different names of elements and attributes. The format has a few hundred."""
XML_TOKEN_BYTES = 2**20
"""Bytes of one tag."""

GOVERNANCE_FIGURES = 200_000
"""Figures of political stability: 214 countries, three measures and 25 years are 16,000."""
EVENT_ROWS = 2_000
"""Events of a file: the model is solved for each."""
LIST_BYTES = 4 * 2**20
"""A list that comes with a release of trade: 5,000 products are 0.7 MB."""
RELEASE_FILES = 10_000
"""Files of a folder that are looked at to find a release in it."""

TOML_BYTES = 256 * 2**10
"""A scenario or a file of regions. All countries of the world in ten regions are 16 KB."""
TOML_LINE_CHARACTERS = 16_384
"""One line: a list of all countries fits."""
TOML_DEPTH = 8
"""Tables or lists inside each other, and parts of a dotted key: a dotted key costs the square of its parts."""
TOML_ITEMS = 4_000
"""Keys and members of lists together."""
JSON_BYTES = 16 * 2**20
"""A drawn network. The roads and railways of a continent, simplified, are less."""
JSON_DEPTH = 32
"""Lists and objects inside each other: points of a line lie seven deep."""
JSON_PARTS = 1_000_000
"""Lists and objects together; every point of a line is one."""
JSON_NAMES = 1_000
"""Names of properties in a drawn network; drawing programs add some dozens of their own."""
DIGITS = 40
"""Digits of a whole number in TOML or JSON."""

NETWORK_ROWS = 20_000
"""Rows of one table of a user's network. The packaged one has 300 links and 250 places."""
MEASURED_SEA_LINKS = 50
"""Sea links without a length in one file: each is measured along the sea lanes, which takes up to seconds."""
