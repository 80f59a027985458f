"""Critical-mineral supply security and partnership planning, from real data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sogdia.data import open_store
    from sogdia.errors import SogdiaError
    from sogdia.study import Study

__version__ = "0.1.0"
__all__ = ["SogdiaError", "Study", "__version__", "open_store"]

_HOMES = {"Study": "sogdia.study", "open_store": "sogdia.data", "SogdiaError": "sogdia.errors"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `import sogdia` and `sogdia --help` stay quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sogdia' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
