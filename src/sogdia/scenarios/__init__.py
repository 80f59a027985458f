"""Scenarios: the catalogue, years that may come, thousands of them solved, and what they cost by cause."""
