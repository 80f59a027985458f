"""The store of trade, production, governance and curated tables, with the source of each."""

from sogdia.data.minerals import Code, Mineral
from sogdia.data.provenance import Source, source, sources
from sogdia.data.store import Store, open_store, snapshot_folder, user_folder

__all__ = [
    "Code",
    "Mineral",
    "Source",
    "Store",
    "open_store",
    "snapshot_folder",
    "source",
    "sources",
    "user_folder",
]
