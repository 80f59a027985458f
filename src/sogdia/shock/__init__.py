"""Scenarios put on markets: what they do to an importer."""
