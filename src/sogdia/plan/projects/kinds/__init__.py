"""The kinds of projects, one file each. A file declares `KIND`; the registry finds it."""
