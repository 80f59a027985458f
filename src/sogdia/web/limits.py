"""How much a browser may ask for. Every limit of the web server stands here, with its reason."""

from __future__ import annotations

QUERY_BYTES = 8_192
"""The query of an address: sixty events of a hundred characters fit."""
PATH_BYTES = 512
"""The longest path of a route has forty characters."""
HEADER_BYTES = 16_384
"""Request line and headers together. A browser sends some two thousand."""
VALUES = 60
"""Values of all parameters of a question together: events, minerals, closures."""
VALUE_CHARACTERS = 400
"""One value. The longest event of the examples has sixty characters."""
NUMBER_CHARACTERS = 40
"""One number as text."""

UPLOAD_BYTES = 20 * 2**20
"""A file of purchases: half a million rows."""
UPLOAD_SECONDS = 60.0
"""For a file to arrive; and for the process that reads it, of processor and of clock."""
UPLOAD_MEMORY = 1_536 * 2**20
"""Address space of the process that reads a file, most of it reserved and never touched."""

YEARS = 10_000
"""Years that are drawn. The command line takes more."""
DRAWS = 1_000
"""Draws of the elasticities."""
ALTERNATIVES = 20
"""Routes of one answer."""
IMPORTERS = 8
"""Importers side by side."""
GRID = 12
"""Budgets, and prices of risk, of one frontier."""

CONNECTIONS = 64
"""Connections at a time. A browser opens six."""
LIGHT_AT_ONCE = 2
"""Light questions that are worked on at a time."""
WAITING = 24
"""Questions that wait; a further one is refused."""
HEAVY_SECONDS = 600.0
"""The longest that a heavy question may take."""
HEAD_SECONDS = 10.0
"""For the head of a request to arrive."""
SEND_SECONDS = 30.0
"""For a client to take the next part of an answer."""
KEPT_ANSWERS = 128
"""Answers kept in memory, the last ones asked for."""
KEPT_BYTES = 96 * 2**20
"""Of their texts together."""
