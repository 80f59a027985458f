"""What flips ask of the markets again, kept beside the solved markets: another budget asks mostly the same."""

from __future__ import annotations

from collections.abc import Mapping

from sogdia.plan import cache

Figures = tuple[float, ...]


def known_flips(key: str | None, count: int) -> dict[str, Figures]:
    """What was kept under the key of solved markets, by question; count: of the figures of each."""
    found = None if key is None else cache.recalled(_key(key))
    if not isinstance(found, dict):
        return {}
    sound = all(isinstance(name, str) and isinstance(own, tuple) and len(own) == count for name, own in found.items())
    return dict(found) if sound else {}


def keep_flips(key: str | None, known: Mapping[str, Figures]) -> None:
    """Keep what is known; nothing where the solved markets are not kept."""
    if key is not None:
        cache.keep(_key(key), dict(known))


def _key(key: str) -> str:
    return cache.key_beside(key, "flips")
