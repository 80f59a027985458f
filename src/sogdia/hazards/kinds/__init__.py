"""The kinds of hazards, one file each. A file declares `KIND`; the registry finds it."""
