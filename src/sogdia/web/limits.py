"""How much a browser may ask for. Every limit of the web server stands here, with its reason."""

from __future__ import annotations

QUERY_BYTES = 8_192
"""The query of an address: sixty events of a hundred characters fit."""
PATH_BYTES = 512
"""The longest path of a route has forty characters."""
HEADER_BYTES = 16_384
"""Request line and headers together. A browser sends some two thousand."""
HEADERS_AT_MOST = 64
"""Headers of a request. A browser sends some twenty."""

UPLOAD_BYTES = 20 * 2**20
"""A file of purchases."""
UPLOAD_TEXT_BYTES = 8 * 2**20
"""The same where it is text, which takes many times as much memory while it is read."""
UPLOAD_LINES = 40_001
"""Of text with its header; an end of line by two characters counts twice. 20,000 purchases take a second."""
UPLOAD_LINE_BYTES = 16_384
"""Of one line: seven columns, one of which may be a long name."""
UPLOAD_UNPACKED = 10 * 2**20
"""All parts of a workbook, unpacked: 20,000 purchases."""
UPLOAD_SECONDS = 60.0
"""For a file to arrive."""
UPLOADS = 3
"""Files at a time, one of which is read."""
READ_SECONDS = 20.0
"""For a file to be read, of processor and of clock."""
READ_MEMORY = 768 * 2**20
"""Of its own that the process that reads a file may hold; half of it is reserved and never touched."""
OPEN_FILES = 128
"""Of that process."""
COMPANIES = 20
"""Companies of a file, each of which is answered."""


CONNECTIONS = 64
"""Connections at a time. A browser opens six."""
LIGHT_AT_ONCE = 2
"""Light questions that are worked on at a time."""
WAITING = 24
"""Questions that wait; a further one is refused."""
HEAVY_SECONDS = 600.0
"""The longest that a heavy question may take."""
HEAD_SECONDS = 5.0
"""For the head of a request to arrive."""
SEND_SECONDS = 30.0
"""For a client to take the next part of an answer."""
KEPT_BYTES = 96 * 2**20
"""Texts of the answers that are kept, together."""
