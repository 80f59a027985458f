"""Outbursts of glacial lakes: how often they come, how far they reach, and how much water comes at once."""
