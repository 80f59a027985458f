"""The kinds of checks of claims, one file for each."""
