"""The model against natural experiments: large falls of a main supplier's exports found in the trade data."""
